"""A web page as a tree, however badly it is written; the library's tokeniser and the endings people leave out."""

from __future__ import annotations

from html.parser import HTMLParser
from xml.etree.ElementTree import Element, SubElement

VOID_TABLE = "area base br col embed hr img input link meta param source track wbr"
VOID = frozenset(VOID_TABLE.split())
BLOCKS_TABLE = """
    address article aside blockquote body center dd details div dl dt fieldset figcaption figure footer form h1 h2 h3
    h4 h5 h6 header hr html li main nav ol p pre section summary table tbody td tfoot th thead tr ul caption
"""
BLOCKS = frozenset(BLOCKS_TABLE.split())
# Opening one of these ends the open ones of its kind, up to the element that holds such.
ENDS = {
    "li": ({"li", "p"}, {"ul", "ol", "menu"}), "dt": ({"dt", "dd", "p"}, {"dl"}), "dd": ({"dt", "dd", "p"}, {"dl"}),
    "td": ({"td", "th", "p"}, {"tr", "table"}), "th": ({"td", "th", "p"}, {"tr", "table"}),
    "tr": ({"tr", "td", "th", "p"}, {"table"}), "option": ({"option"}, {"select"}),
    "tbody": ({"tbody", "thead", "tfoot", "tr", "td", "th", "p"}, {"table"}),
}  # fmt: skip
DEEPEST = 200  # elements inside one another; what lies deeper counts as lying there


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("page")
        self.open = [self.root]
        self.sheets: list[str] = []
        self.closed = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        kinds, border = ENDS.get(tag, ({"p"} if tag in BLOCKS else set(), BLOCKS - {"p"}))
        self._end(kinds, border)
        element = SubElement(self.open[-1], tag, {name: value or "" for name, value in attrs})
        if tag not in VOID and len(self.open) < DEEPEST:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID and ":" in tag:  # <o:p/> of Word; HTML has no other elements that end themselves
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        self.closed |= tag in ("html", "body")
        for i in range(len(self.open) - 1, 0, -1):
            if self.open[i].tag == tag:
                del self.open[i:]
                return

    def handle_data(self, data: str) -> None:
        within = self.open[-1]
        if within.tag == "style":
            self.sheets.append(data)
        elif within.tag == "script":
            return
        elif len(within):
            within[-1].tail = (within[-1].tail or "") + data
        else:
            within.text = (within.text or "") + data

    def _end(self, kinds: set[str], border: set[str] | frozenset[str]) -> None:
        cut = len(self.open)
        for i in range(len(self.open) - 1, 0, -1):
            tag = self.open[i].tag
            if tag in kinds:
                cut = i
            elif tag in border:
                break
        del self.open[cut:]


def page(text: str) -> tuple[Element, str, bool]:
    """(tree, style sheets, whether its end is there)."""
    builder = _Builder()
    builder.feed(text)
    builder.close()
    return builder.root, "\n".join(builder.sheets), builder.closed
