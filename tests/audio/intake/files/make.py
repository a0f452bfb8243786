"""How the files beside this script came to be; run where LibreOffice is: python -m tests.audio.intake.files.make

The tests read the files, not this script.
"""

import subprocess
import tempfile
from pathlib import Path

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from tests.audio.intake import made
from tests.audio.intake.corpus import BULLETINS, SENTENCES

HERE = Path(__file__).parent
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
CHANGE = f'{W} w:id="1" w:author="a" w:date="2026-01-01T00:00:00Z"'


def put(paragraph, way, text, font=None):
    encode, usual = made.WAYS[way]
    run = paragraph.add_run(encode(text))
    run.font.name = font or usual
    run._element.rPr.rFonts.set(qn("w:hAnsi"), run.font.name)


def full():
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "ĐẦU TRANG KHÔNG ĐỌC"
    document.sections[0].footer.paragraphs[0].text = "Chân trang"
    table = document.add_table(2, 2)
    letterhead = ("CÔNG AN XÃ TAM MỸ", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Số: 12/TB-CAX", "Độc lập - Tự do")
    for cell, text in zip(table._cells, letterhead, strict=True):
        cell.text = text
    document.add_heading("Tiêu đề thông báo", 1)
    paragraph = document.add_paragraph()
    put(paragraph, "tcvn3", SENTENCES[0] + " ")
    put(paragraph, "tcvn3", "công an xã tam mỹ", ".VnTimeH")
    put(document.add_paragraph(), "vni", SENTENCES[1])
    paragraph = document.add_paragraph(SENTENCES[2])
    paragraph.add_run(" chữ ẩn không đọc").font.hidden = True
    paragraph.add_run(" Và tiếp.")
    paragraph = document.add_paragraph("Trước ")
    paragraph._p.append(parse_xml(f"<w:ins {CHANGE}><w:r><w:t>được thêm</w:t></w:r></w:ins>"))
    paragraph._p.append(parse_xml(f"<w:del {CHANGE}><w:r><w:delText> bị xóa</w:delText></w:r></w:del>"))
    paragraph.add_run(" sau.")
    for sentence in SENTENCES[3:6]:
        document.add_paragraph(sentence, style="List Number")
    for sentence in SENTENCES[6:8]:
        document.add_paragraph(sentence, style="List Bullet")
    document.add_paragraph(SENTENCES[8], style="List Number 2")
    table = document.add_table(2, 3, style="Table Grid")
    for number, cell in enumerate(table._cells):
        cell.text = " ".join(SENTENCES[10 + number].split()[:4])
    for i in range(20, 32):
        document.add_paragraph(" ".join(SENTENCES[i : i + 3]))
    return made.saved(document)


def convert(data, name, kind):
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / f"{name}.docx"
        source.write_bytes(data)
        subprocess.run(["soffice", "--headless", "--convert-to", kind, "--outdir", folder, source], check=True)
        suffix = kind.split(":")[0]
        (HERE / f"{name}.{suffix}").write_bytes((Path(folder) / f"{name}.{suffix}").read_bytes())


def main():
    (HERE / "full.docx").write_bytes(full())
    for kind in ("doc:MS Word 97", "odt", "rtf", "pdf"):
        convert(full(), "full", kind)
    for way in ("unicode", "tcvn3", "vni"):
        convert(made.as_docx(made.paragraphs(way, BULLETINS[0].split("\n"))), way, "doc:MS Word 97")


if __name__ == "__main__":
    main()
