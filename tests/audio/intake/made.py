"""Files made by the tests, a format each, from paragraphs of (text, font) runs; legacy text as it is stored."""

import io
import unicodedata
import zipfile
import zlib
from html import escape

import docx
from docx.oxml.ns import qn

from audio.intake.codepages import CELLS, as_stored
from tests.audio.intake import encoders


def cells(text):
    """Stored characters as bytes, one each."""
    return bytes(CELLS.get(ord(c), ord(c)) for c in text)


def stored(encode):
    return lambda text: as_stored(cells(encode(text)))


# name → (how the text is stored, in which font)
WAYS = {
    "unicode": (str, "Times New Roman"),
    "unicode decomposed": (lambda text: unicodedata.normalize("NFD", text), "Arial"),
    "tcvn3": (stored(encoders.tcvn3), ".VnTime"),
    "tcvn3 in a font that doesn't tell": (stored(encoders.tcvn3), "Times New Roman"),
    "vni": (stored(encoders.vni), "VNI-Times"),
    "vni in a font that doesn't tell": (stored(encoders.vni), "Arial"),
    "cp1258": (stored(encoders.cp1258), "Times New Roman"),
    "mojibake": (encoders.mojibake, "Times New Roman"),
}
LEGACY = {"tcvn3", "tcvn3 in a font that doesn't tell", "vni", "vni in a font that doesn't tell", "cp1258"}


def paragraphs(way, lines):
    encode, font = WAYS[way]
    return [[(encode(line), font)] for line in lines]


def as_docx(paragraphs):
    document = docx.Document()
    for paragraph in paragraphs:
        row = document.add_paragraph()
        for text, font in paragraph:
            run = row.add_run(text)
            run.font.name = font
            run._element.rPr.rFonts.set(qn("w:hAnsi"), font)
    return saved(document)


def saved(document):
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


ODF = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" '
    'xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" '
    'xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"'
)


def odt(body, styles=""):
    """From the XML of its body and of its automatic styles."""
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {ODF}><office:automatic-styles>{styles}'
        f"</office:automatic-styles><office:body><office:text>{body}</office:text></office:body>"
        "</office:document-content>"
    )
    return zipped(
        {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content, "META-INF/manifest.xml": "<m/>"}
    )


def as_odt(paragraphs):
    fonts = sorted({font for paragraph in paragraphs for _, font in paragraph})
    styles = "".join(
        f'<style:style style:name="T{i}" style:family="text"><style:text-properties fo:font-family="{font}"/>'
        "</style:style>"
        for i, font in enumerate(fonts)
    )
    body = "".join(
        "<text:p>"
        + "".join(
            f'<text:span text:style-name="T{fonts.index(font)}">{escape(text)}</text:span>' for text, font in paragraph
        )
        + "</text:p>"
        for paragraph in paragraphs
    )
    return odt(body, styles)


def zipped(parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return out.getvalue()


def rtf_text(text, eight_bit):
    """Codes as \\'hh where they are bytes and that is wanted, else as \\u with a question mark for old readers."""
    out = []
    for char in text:
        if char in "\\{}":
            out.append("\\" + char)
        elif char.isascii():
            out.append(char)
        elif eight_bit:
            out.append(f"\\'{cells(char)[0]:02x}")
        else:
            units = char.encode("utf-16-le")
            codes = [int.from_bytes(units[i : i + 2], "little", signed=True) for i in range(0, len(units), 2)]
            out.append("".join(f"\\u{code}?" for code in codes))
    return "".join(out)


def as_rtf(paragraphs, eight_bit=False):
    fonts = sorted({font for paragraph in paragraphs for _, font in paragraph})
    table = "".join(f"{{\\f{i}\\fnil\\fcharset0 {font};}}" for i, font in enumerate(fonts))
    body = "".join(
        "".join(f"{{\\f{fonts.index(font)} {rtf_text(text, eight_bit)}}}" for text, font in paragraph) + "\\par\n"
        for paragraph in paragraphs
    )
    return f"{{\\rtf1\\ansi\\ansicpg1252\\uc1\\deff0{{\\fonttbl{table}}}\\pard\n{body}}}".encode("ascii")


def as_html(paragraphs):
    body = "\n".join(
        "<p>"
        + "".join(f"<span style='font-family:\"{font}\"'>{escape(text)}</span>" for text, font in paragraph)
        + "</p>"
        for paragraph in paragraphs
    )
    head = "<!DOCTYPE html><html><head><meta charset=utf-8><title>Bản tin</title></head>"
    return f"{head}<body>{body}</body></html>".encode()


def as_eight_bit_html(paragraphs):
    """As old editors saved it: codes as bytes, the font in <font>."""
    body = b"\n".join(
        b"<P>"
        + b"".join(b'<FONT FACE="%s">%s</FONT>' % (font.encode(), cells(escape(text))) for text, font in paragraph)
        for paragraph in paragraphs
    )
    return b"<HTML><BODY>" + body + b"</BODY></HTML>"


LINE, LEFT, TOP, SIZE = 14, 72, 780, 12  # points
BLANK = ((8, 8), bytes(64))  # a picture without anything on it


class Pdf:
    """A PDF without any outline of a letter: fonts have names, widths and, if Unicode, a table of what codes mean."""

    def __init__(self, packed=True):
        self.packed = packed
        self.objects = [b"", b""]
        self.pages = []

    def add(self, body, stream=None):
        if stream is not None:
            packed = zlib.compress(stream) if self.packed else stream
            kind = b"/Filter/FlateDecode" if self.packed else b""
            body = b"<<%s/Length %d>>stream\n%s\nendstream" % (kind + body, len(packed), packed)
        self.objects.append(body)
        return len(self.objects)

    def page(self, lines, image=None):
        """Lines of (x, y, text, font); `image`: a grey picture over the page, its own or ((width, height), pixels)."""
        texts, fonts = {}, {}
        for _, _, text, font in lines:
            texts[font] = texts.get(font, "") + text
        for font, text in texts.items():
            fonts[font] = (f"F{len(fonts)}", *self.font(font, text))
        content = []
        for x, y, text, font in lines:
            name, _, codes = fonts[font]
            content.append(
                b"BT /%s %d Tf 1 0 0 1 %g %g Tm <%s> Tj ET" % (name.encode(), SIZE, x, y, codes(text).hex().encode())
            )
        if image:
            (width, height), grey = image
            content.append(b"q 500 0 0 700 40 40 cm /Im Do Q")
            kind = b"/Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/DeviceGray/BitsPerComponent 8"
            pixels = self.add(kind % (width, height), grey)
        names = b"".join(b"/%s %d 0 R" % (name.encode(), number) for name, number, _ in fonts.values())
        resources = b"/Font<<%s>>" % names + (b"/XObject<</Im %d 0 R>>" % pixels if image else b"")
        stream = self.add(b"", b"\n".join(content))
        self.pages.append(
            self.add(
                b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents %d 0 R/Resources<<%s>>>>"
                % (stream, resources)
            )
        )

    def font(self, name, text):
        base = b"/ABCDEF+%s" % name.replace(" ", "").encode()
        if name.startswith((".Vn", "VNI")):
            widths = b" ".join([b"500"] * 224)
            number = self.add(
                b"<</Type/Font/Subtype/TrueType/BaseFont%s/Encoding/WinAnsiEncoding"
                b"/FirstChar 32/LastChar 255/Widths[%s]>>" % (base, widths)
            )
            return number, cells
        letters = {char: i + 1 for i, char in enumerate(sorted(set(text)))}
        rows = b"".join(b"<%04x><%s>\n" % (i, char.encode("utf-16-be").hex().encode()) for char, i in letters.items())
        meaning = self.add(
            b"",
            b"begincmap 1 begincodespacerange <0000><ffff> endcodespacerange %d beginbfchar\n%sendbfchar endcmap"
            % (len(letters), rows),
        )
        inner = self.add(
            b"<</Type/Font/Subtype/CIDFontType2/BaseFont%s"
            b"/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/DW 500>>" % base
        )
        number = self.add(
            b"<</Type/Font/Subtype/Type0/BaseFont%s/Encoding/Identity-H/DescendantFonts[%d 0 R]/ToUnicode %d 0 R>>"
            % (base, inner, meaning)
        )
        return number, lambda text: b"".join(letters[char].to_bytes(2, "big") for char in text)

    def bytes(self):
        kids = b" ".join(b"%d 0 R" % page for page in self.pages)
        self.objects[0] = b"<</Type/Catalog/Pages 2 0 R>>"
        self.objects[1] = b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, len(self.pages))
        out, places = b"%PDF-1.5\n", []
        for number, body in enumerate(self.objects, 1):
            places.append(len(out))
            out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
        table = b"".join(b"%010d 00000 n \n" % place for place in places)
        end = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(places) + 1, len(out))
        return out + b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1) + table + end


def wrapped(text, width):
    """Lines of at most `width` letters."""
    lines = [""]
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}".strip(" ")
        if len(longer) > width and lines[-1]:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def as_pdf(paragraphs, width=70, packed=True):
    """Paragraphs of one run each, wrapped, half a line apart."""
    pdf, lines, y = Pdf(packed), [], TOP
    for [(text, font)] in paragraphs:
        rows = wrapped(text, width)
        if y - LINE * len(rows) < 60:
            pdf.page(lines)
            lines, y = [], TOP
        for row in rows:
            lines.append((LEFT, y, row, font))
            y -= LINE
        y -= LINE / 2
    pdf.page(lines)
    return pdf.bytes()
