"""A whole bulletin: what is heard, what is set aside and why."""

from pathlib import Path

import pytest

from audio.reading import Preferences, bulletin, read, read_line

SAMPLES = sorted((Path(__file__).parents[3].parent / "shared" / "samples").glob("*.txt"))

WEEKLY = """CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
---------------
UBND XÃ TAM MỸ
CÔNG AN XÃ
Số: 12/BT-CAX
Tam Mỹ, ngày 22 tháng 11 năm 2026

BẢN TIN AN NINH TRẬT TỰ TUẦN
V/v phòng, chống tội phạm

I. TÌNH HÌNH ANTT
Trong tuần xảy ra 02 vụ, giảm 01 vụ. Chị T. mất 5 triệu đồng. Đến 9h30 hôm sau
chị mới trình báo.
- Gọi 113; không mở cửa cho người lạ.
2
Cảm ơn bà con đã lắng nghe./.

Nơi nhận:
- Đài truyền thanh xã;
- Lưu: CAX.
KT. TRƯỞNG CÔNG AN XÃ
PHÓ TRƯỞNG CÔNG AN XÃ
Thiếu tá Nguyễn Văn An
"""


def test_a_weekly_bulletin_is_heard_without_its_letterhead_and_signature():
    assert [sentence.spoken for sentence in read(WEEKLY).sentences] == [
        "Bản tin an ninh trật tự tuần.",
        "Một. tình hình an ninh trật tự.",
        "Trong tuần xảy ra hai vụ, giảm một vụ.",
        "Chị tê mất năm triệu đồng.",
        "Đến chín giờ ba mươi phút hôm sau chị mới trình báo.",
        "Gọi một một ba; không mở cửa cho người lạ.",
        "Cảm ơn bà con đã lắng nghe.",
    ]


def test_every_drop_has_its_reason():
    reasons = [dropped.reason for dropped in read(WEEKLY).dropped]
    assert reasons[:8] == [
        "Quốc hiệu", "tiêu ngữ", "đường kẻ", "tên cơ quan ban hành", "tên cơ quan ban hành", "số, ký hiệu văn bản",
        "địa danh và ngày ban hành", "trích yếu văn bản",
    ]  # fmt: skip
    assert reasons[8] == "số trang"
    assert set(reasons[9:]) == {"nơi nhận và chữ ký"}


def test_kinds_carry_their_pauses():
    sentences = read(WEEKLY).sentences
    assert [sentence.kind for sentence in sentences[:3]] == ["heading", "heading", "sentence"]
    assert sentences[5].kind == "item"
    assert sentences[1].pause_s > sentences[2].pause_s > 0


def test_a_signature_without_recipients_is_set_aside():
    reading = read("Bà con chú ý khóa cửa.\nTM. BAN CHỈ HUY\nTRƯỞNG CÔNG AN XÃ\n(Đã ký)\nNguyễn Văn An")
    assert [sentence.spoken for sentence in reading.sentences] == ["Bà con chú ý khóa cửa."]


@pytest.mark.parametrize(
    "line",
    [
        "Công an xã Tam Mỹ đề nghị bà con khóa cửa.",
        "Số người bị lừa tăng 3 vụ.",
        "Ngày 5/11, tại thôn 3 xảy ra cháy.",
        "Nguyễn Văn An",
        "Đề nghị bà con lưu ý:",
        "BÀ CON CHÚ Ý KHÓA CỬA",
        "113",
    ],
)
def test_content_is_never_dropped_inside_a_text(line):
    reading = read(f"Kính thưa bà con!\n{line}\nXin cảm ơn.")
    assert len(reading.sentences) == 3
    assert not reading.dropped


def test_the_chrome_of_a_web_page_is_set_aside():
    page = (
        "Đăng nhập\n(10/05/2018). Số lượt xem:82\nNgày đăng: 8:03 | 29/04 Lượt xem: 39\n"
        "Nội dung bài.\n[Trở về]\nĐiện thoại: 0235.36502361"
    )
    reading = read(page)
    assert [sentence.spoken for sentence in reading.sentences] == ["Nội dung bài."]
    assert len(reading.dropped) == 5


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_samples_leave_nothing_unsaid(path):
    reading = read(path.read_text("utf-8"))
    assert reading.sentences
    assert not [s.spoken for s in reading.sentences if any(c.isdigit() or c in "()/%&+@#–“”" for c in s.spoken)]
    assert {w.kind for w in reading.warnings} <= {"unknown-word"}


def test_preferences_reach_every_sentence():
    reading = read("Có 1.024 hộ và 305 người.", Preferences(thousand="ngàn", odd="lẻ", four="bốn"))
    assert reading.sentences[0].spoken == "Có một ngàn không trăm hai mươi bốn hộ và ba trăm lẻ năm người."


def test_a_long_paste_without_line_breaks_is_looked_at_once_not_once_a_sentence(monkeypatch):
    asked = []
    monkeypatch.setattr(bulletin, "kind_of", lambda line: asked.append(line) or "sentence")
    assert len(read("Hôm nay trời đẹp. Ngày mai có mưa. " * 50).sentences) == 100
    assert len(asked) == 1


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Theo TXQK", "unknown-abbreviation"),
        ("Theo TTANXH", "unknown-abbreviation"),
        ("mua xe Mercedes", "unknown-word"),
        ("chữ 中文", "unreadable"),
    ],
)
def test_the_author_is_warned_of_what_the_voice_may_get_wrong(line, kind):
    sentence = read_line(line)
    assert [warning.kind for warning in sentence.warnings] == [kind]
    warning = sentence.warnings[0]
    assert line[warning.start : warning.end] in warning.text


def test_each_piece_names_its_rule():
    pieces = read_line("Ngày 15/4, CAX bắt 02 đối tượng").pieces
    assert [(piece.text, piece.rule) for piece in pieces] == [
        ("mười lăm tháng tư", "dated-day"),
        ("Công an xã", "abbreviation"),
        ("hai", "number"),
    ]
