"""What a reader of the document sees is read, in its order; what is not seen is left out, and said."""

import base64
import zlib

import docx
import pytest
from docx.oxml import parse_xml

from audio.errors import BadText
from audio.intake import ocr
from audio.intake.extract import extract, pasted
from audio.intake.numbering import shown
from audio.reading import read
from tests.audio.intake import made

W = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)


def word(*paragraphs):
    """A Word file from the inner XML of its paragraphs."""
    document = docx.Document()
    for inner in paragraphs:
        document.element.body.append(parse_xml(f"<w:p {W}>{inner}</w:p>"))
    return extract(made.saved(document))


def run(text, properties=""):
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


BOX = "<w:txbxContent><w:p><w:r><w:t>Trong khung</w:t></w:r></w:p></w:txbxContent>"


@pytest.mark.parametrize(
    ("inner", "text"),
    [
        (run("một") + f"<w:ins w:id='1' w:author='a'>{run(' hai')}</w:ins>", "một hai"),
        (run("một") + "<w:del w:id='1' w:author='a'><w:r><w:delText> hai</w:delText></w:r></w:del>", "một"),
        (run("một") + f"<w:moveFrom w:id='1' w:author='a'>{run(' hai')}</w:moveFrom>", "một"),
        (run("một") + run(" ẩn", "<w:vanish/>") + run(" hai", '<w:vanish w:val="0"/>'), "một hai"),
        (f"<w:sdt><w:sdtContent>{run('trong ô')}</w:sdtContent></w:sdt>", "trong ô"),
        (f"<w:hyperlink>{run('liên kết')}</w:hyperlink>", "liên kết"),
        (f"<w:fldSimple w:instr='DATE'>{run('25/11')}</w:fldSimple>", "25/11"),
        (
            "<w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>"
            f"<w:r><w:fldChar w:fldCharType='separate'/></w:r>{run('7')}<w:r><w:fldChar w:fldCharType='end'/></w:r>",
            "7",
        ),
        (run("a") + "<w:r><w:tab/></w:r>" + run("b") + "<w:r><w:br/></w:r>" + run("c"), "a\tb\nc"),
        (run("Nội") + "<w:r><w:noBreakHyphen/></w:r>" + run("Hải"), "Nội-Hải"),
        ("<w:r><w:sym w:font='Wingdings' w:char='F028'/></w:r>" + run(" 113"), "☎ 113"),
        (
            run("tr", '<w:rFonts w:ascii=".VnTime" w:hAnsi=".VnTime"/>')
            + '<w:r><w:rPr><w:rFonts w:ascii=".VnTime" w:hAnsi=".VnTime"/></w:rPr><w:softHyphen/></w:r>'
            + run("êng häc", '<w:rFonts w:ascii=".VnTime" w:hAnsi=".VnTime"/>'),
            "trường học",
        ),
        (
            run("Ngoài") + f"<w:r><mc:AlternateContent><mc:Choice Requires='wps'><wps:txbx>{BOX}</wps:txbx></mc:Choice>"
            f"<mc:Fallback><w:pict><v:textbox>{BOX}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>",
            "Ngoài\nTrong khung",
        ),
    ],
)
def test_what_is_seen_of_a_word_paragraph(inner, text):
    assert word(inner).text == text


def test_text_hidden_by_a_style_is_left_out():
    document = docx.Document()
    style = document.styles.add_style("Kín", 2)
    style.font.hidden = True
    paragraph = document.add_paragraph("Thấy ")
    paragraph.add_run("không thấy", style="Kín")
    taken = extract(made.saved(document))
    assert taken.text == "Thấy"
    assert [(left.text, left.reason) for left in taken.dropped] == [("không thấy", "chữ ẩn")]


def test_tcvn3_by_the_font_of_a_style():
    document = docx.Document()
    document.styles["Normal"].font.name = ".VnTime"
    document.add_paragraph("vµ mét")
    assert extract(made.saved(document)).text == "và một"


def test_a_field_that_never_ends_is_damage():
    assert word(run("còn"), "<w:r><w:fldChar w:fldCharType='begin'/></w:r>" + run("mất")).damaged


def numbering(levels):
    rows = "".join(
        f'<w:lvl w:ilvl="{i}"><w:start w:val="{start}"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for i, (kind, text, start) in enumerate(levels)
    )
    return f'<w:abstractNum {W} w:abstractNumId="90">{rows}</w:abstractNum>', [
        f'<w:num {W} w:numId="90"><w:abstractNumId w:val="90"/></w:num>',
        f'<w:num {W} w:numId="91"><w:abstractNumId w:val="90"/><w:lvlOverride w:ilvl="0">'
        '<w:startOverride w:val="1"/></w:lvlOverride></w:num>',
    ]


def test_automatic_numbers_are_those_that_the_reader_sees():
    document = docx.Document()
    abstract, numbers = numbering(
        [("upperRoman", "%1.", 1), ("decimal", "%1.%2.", 1), ("lowerLetter", "%3)", 3), ("bullet", "\uf0b7", 1)]
    )
    root = document.part.numbering_part.element
    root.insert(0, parse_xml(abstract))
    for number in numbers:
        root.append(parse_xml(number))
    for number, level in [(90, 0), (90, 1), (90, 1), (90, 2), (90, 2), (90, 0), (90, 1), (90, 3), (91, 0), (0, 0)]:
        inner = f'<w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr></w:pPr>{run("việc")}'
        document.element.body.append(parse_xml(f"<w:p {W}>{inner}</w:p>"))
    labels = [line.removesuffix("việc").strip() for line in extract(made.saved(document)).text.split("\n")]
    assert labels == ["I.", "I.1.", "I.2.", "c)", "d)", "II.", "II.1.", "•", "I.", ""]


@pytest.mark.parametrize(
    ("kind", "number", "text"),
    [("decimal", 12, "12"), ("zero", 3, "03"), ("lower", 28, "bb"), ("upper", 2, "B"), ("roman", 14, "xiv"),
     ("ROMAN", 1999, "MCMXCIX"), ("none", 5, ""), ("roman", 0, "0")],
)  # fmt: skip
def test_numbers_are_written_in_their_kind(kind, number, text):
    assert shown(kind, number) == text


@pytest.mark.parametrize("style", ["Table Grid", None])
@pytest.mark.parametrize("columns", [2, 3])
def test_a_table_is_read_by_rows_and_a_letterhead_by_cells(style, columns):
    document = docx.Document()
    table = document.add_table(2, columns, style=style)
    for number, cell in enumerate(table._cells):
        cell.text = f"ô {number}"
    cells = [f"ô {i}" for i in range(2 * columns)]
    rows = ["\t".join(cells[:columns]), "\t".join(cells[columns:])]
    expected = cells if columns == 2 and style is None else rows
    assert extract(made.saved(document)).text.split("\n") == expected


def test_an_open_document_is_read_as_it_is_seen():
    styles = (
        '<style:style style:name="H" style:family="text"><style:text-properties text:display="none"/></style:style>'
        '<text:list-style style:name="L"><text:list-level-style-number text:level="1" style:num-format="1" '
        'style:num-suffix="."/><text:list-level-style-bullet text:level="2" text:bullet-char="-"/></text:list-style>'
    )
    body = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>đã xóa</text:p></text:deletion>"
        "</text:changed-region></text:tracked-changes>"
        '<text:p>Một<text:s text:c="2"/>hai<text:tab/>ba <text:span text:style-name="H">ẩn</text:span>bốn'
        "<text:note><text:note-body><text:p>chú thích</text:p></text:note-body></text:note></text:p>"
        '<text:list text:style-name="L"><text:list-item><text:p>đầu</text:p><text:list><text:list-item><text:p>con'
        "</text:p></text:list-item></text:list></text:list-item><text:list-item><text:p>sau</text:p></text:list-item>"
        "</text:list>"
        "<text:p>Khung:<draw:frame><draw:text-box><text:p>trong khung</text:p></draw:text-box></draw:frame></text:p>"
        "<table:table><table:table-row><table:table-cell><text:p>a</text:p></table:table-cell><table:table-cell>"
        "<text:p>b</text:p></table:table-cell><table:table-cell><text:p>c</text:p></table:table-cell>"
        "</table:table-row></table:table>"
    )
    taken = extract(made.odt(body, styles))
    assert taken.text.split("\n") == [
        "Một  hai\tba bốn", "1. đầu", "- con", "2. sau", "Khung:", "trong khung", "a\tb\tc",
    ]  # fmt: skip
    assert {left.text for left in taken.dropped} == {"đã xóa", "ẩn", "chú thích"}


@pytest.mark.parametrize(
    ("inner", "text"),
    [
        (r"m\u7897?t \v gi\u7845?u\v0 hai", "một hai"),
        (r"m\u7897?t {\deleted \'e0}hai", "một hai"),
        (r"{\header d\par}{\footer e\par}xin ch\u224\'e0o", "xin chào"),
        (r"{\field{\*\fldinst HYPERLINK x}{\fldrslt tin}}", "tin"),
        (r"{\*\generator x}{\info{\title y}}tin{\pict 00ff}", "tin"),
        (r"\u8220?tin\u8221? \endash \~\emdash", "“tin” – —"),
        (r"{\uc0\u7841}{\uc2\u7841 ??}", "ạạ"),
        (r"a\par b\line c\tab d", "a\nb\nc\td"),
        (r"{\listtext\f1\'b7\tab}m\u7897?t", "• một"),
        (r"ngo\u224?i {\shp{\*\shpinst{\sp{\sn a}{\sv b}}{\shptxt trong khung\par}}}khung", "trong khung\nngoài khung"),
        (r"\trowd\clbrdrt\brdrs\intbl a\cell b\cell\row", "a\tb"),
        (r"\trowd\intbl a\cell b\cell\row", "a\nb"),
        (r"{\f2 v\'b5 m\'e9t}", "và một"),
        (r"{\f3 \'d0\'e3c bi\'ea\'f2t}", "Đăc biệt"),
    ],
)
def test_what_is_seen_of_rich_text(inner, text):
    fonts = r"{\fonttbl{\f0 Arial;}{\f1\fcharset2 Symbol;}{\f2 .VnTime;}{\f3\fcharset163 Arial;}}"
    data = rf"{{\rtf1\ansi\ansicpg1252\deff0{fonts}{inner}}}".encode("ascii")
    assert extract(data).text == text


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<p>một<script>x</script><style>y</style><p hidden>z<p style='display:none'>t<p>hai", "một\nhai"),
        ("<nav>Trang chủ</nav><p>tin</p><footer>chân</footer>", "tin"),
        ("<p>nh&agrave; &#7903;<br>đây", "nhà ở\nđây"),
        ("<ol start=3><li>ba<li>bốn</ol><ul><li>chấm</ul>", "3. ba\n4. bốn\n• chấm"),
        ("<table border=1><tr><td>a<td>b<tr><td>c<td>d</table>", "a\tb\nc\td"),
        ("<table><tr><td>a<td>b</table>", "a\nb"),
        ("<style>.v{font-family:.VnTime}</style><p class=v>vµ mét", "và một"),
        ("<p>một   hai\n ba</p>  <b>b</b><i>i</i>", "một hai ba\nbi"),
        ("<div>bên<article><p>" + "Công an xã. " * 5 + "</p></article></div>", ("Công an xã. " * 5).strip()),
    ],
)
def test_what_is_seen_of_a_page(body, text):
    assert extract(f"<html><meta charset=utf-8><body>{body}</body></html>".encode()).text == text


def test_a_web_archive_is_its_page():
    head = "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n--b\n"
    body = "Content-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n"
    body += "<html><body>C=C3=B4ng an x=C3=A3</body></html>\n--b--\n"
    assert extract((head + body).encode()).text == "Công an xã"


def test_margins_of_printed_pages_are_dropped_and_columns_read_in_order():
    book = made.Pdf()
    for number in (1, 2, 3):
        lines = [(72, 810, "ĐÀI TRUYỀN THANH XÃ", "Arial"), (290, 30, f"Trang {number}/3", "Arial")]
        for i in range(6):
            left, right = (
                f"cột trái tờ {'abc'[number - 1]} dòng {i} dài",
                f"cột phải tờ {'abc'[number - 1]} dòng {i} dài",
            )
            lines += [(72, 700 - 14 * i, left, "Arial"), (320, 700 - 14 * i, right, "Arial")]
        book.page(lines)
    taken = extract(book.bytes())
    assert "ĐÀI" not in taken.text
    assert "Trang 2" not in taken.text
    assert {left.reason for left in taken.dropped} == {"số trang", "đầu trang, chân trang lặp lại"}
    words = taken.text.split()
    assert words == [
        word
        for number in (1, 2, 3)
        for side in ("trái", "phải")
        for i in range(6)
        for word in f"cột {side} tờ {'abc'[number - 1]} dòng {i} dài".split()
    ]


def test_a_scan_is_refused_with_the_reason(monkeypatch):
    monkeypatch.setattr(ocr, "is_installed", lambda: False)
    scan = made.Pdf()
    scan.page([], image=made.BLANK)
    with pytest.raises(BadText) as refusal:
        extract(scan.bytes())
    assert refusal.value.code == "scan"
    with pytest.raises(BadText) as refusal:
        extract(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(99))
    assert refusal.value.code == "photo"


def test_a_page_that_is_a_picture_is_named(monkeypatch):
    monkeypatch.setattr(ocr, "is_installed", lambda: False)
    mixed = made.Pdf()
    mixed.page([(72, 700, "Công an xã Tam Mỹ thông báo", "Arial")])
    mixed.page([], image=made.BLANK)
    assert extract(mixed.bytes()).damaged == ("trang 2: là ảnh, chữ trong đó chưa đọc được",)


def test_chrome_of_a_web_page_is_set_aside_and_said():
    taken = pasted("Bắt kẻ trộm cau\nLượt xem: 39\nFacebook Zalo\nTối qua công an bắt quả tang.\nTin liên quan")
    assert "Facebook Zalo" not in taken.text
    assert [left.text for left in taken.dropped] == ["Lượt xem: 39", "Facebook Zalo", "Tin liên quan"]
    heard = [sentence.written for sentence in read(taken.text).sentences]
    assert heard == ["Bắt kẻ trộm cau", "Tối qua công an bắt quả tang."]
    assert [warning.split(":")[0] for warning in taken.warnings] == ["dòng 2", "dòng 3", "dòng 5"]


def test_senders_and_times_of_a_chat_are_set_aside():
    taken = pasted(
        "[20:15, 24/11/2026] Anh Hùng CAX: Bà con chú ý nước lên nhanh.\n[Đã thu hồi]\n"
        "[20:17, 24/11/2026] Chị Lan: Đã nhận, cảm ơn anh."
    )
    assert taken.text == "Bà con chú ý nước lên nhanh.\nĐã nhận, cảm ơn anh."
    assert len(taken.dropped) == 3


@pytest.mark.parametrize(
    "text",
    ["17:30", "Lúc 17:30, bà con họp.", "Chia sẻ", "Người đứng đầu: ông Hùng\n5h30: tập thể dục", "Xem thêm tại xã."],
)
def test_what_only_looks_like_chrome_stays(text):
    assert pasted(text).text == text


def test_a_stream_that_is_packed_and_then_written_as_letters_is_no_damage():
    book = made.Pdf(packed=False)
    book.page([(72, 700, "Công an xã Tam Mỹ", "Arial")])
    number = book.pages[0] - 2  # the page's content stands before it
    body = book.objects[number]
    content = body[body.index(b"stream\n") + 7 : body.index(b"\nendstream")]
    packed = base64.a85encode(zlib.compress(content)) + b"~>"
    head = b"<</Filter [/ASCII85Decode /FlateDecode]/Length %d>>stream\n%s\nendstream"
    book.objects[number] = head % (len(packed), packed)
    taken = extract(book.bytes())
    assert (taken.text, taken.damaged) == ("Công an xã Tam Mỹ", ())
