"""What is not voiced in official papers and pastes, and what only looks like it and must be heard."""

import pytest

from audio.reading import read


def heard(text):
    return [sentence.spoken for sentence in read(text).sentences]


@pytest.mark.parametrize("gap", ["\t", "        ", " | ", " "], ids=["tab", "spaces", "bar", "one space"])
def test_a_letterhead_in_two_columns_is_set_aside(gap):
    text = (
        f"UBND XÃ TAM MỸ{gap}CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
        f"CÔNG AN XÃ{gap}Độc lập - Tự do - Hạnh phúc\n"
        f"Số: 12/TB-CAX{gap}Tam Mỹ, ngày 22 tháng 11 năm 2026\n"
        "THÔNG BÁO\nV/v tiêm phòng dại\ncho chó, mèo\nKính thưa bà con!"
    )
    assert heard(text) == ["Thông báo.", "Kính thưa bà con!"]
    assert [dropped.reason for dropped in read(text).dropped] == [
        "tên cơ quan ban hành, Quốc hiệu",
        "tên cơ quan ban hành, tiêu ngữ",
        "số, ký hiệu văn bản, địa danh và ngày ban hành",
        "trích yếu văn bản",
        "trích yếu văn bản",
    ]


@pytest.mark.parametrize(
    "heading",
    [
        "CÔNG AN XÃ TAM MỸ",
        "CÔNG AN XÃ TAM MỸ CẢNH BÁO LỪA ĐẢO QUA MẠNG",
        "HỘI NGHỊ TỔNG KẾT PHONG TRÀO",
        "ĐOÀN KẾT LÀ SỨC MẠNH",
        "TỔ ẤM CỦA CHÚNG TA",
    ],
)
def test_a_heading_that_names_an_issuer_is_heard(heading):
    assert len(heard(f"{heading}\nTHÔNG BÁO\nKính thưa bà con!")) == 3


@pytest.mark.parametrize("heading", ["CÔNG AN XÃ CẢNH BÁO LỪA ĐẢO", "ĐOÀN KẾT LÀ SỨC MẠNH"])
def test_not_even_beside_a_document_number_is_a_heading_lost(heading):
    assert len(heard(f"{heading}\nSố: 12/TB-CAX\nKính thưa bà con!")) == 2


def test_a_text_below_the_recipients_is_heard():
    text = "Tin một.\nNơi nhận:\n- Đài truyền thanh xã;\n- Lưu: VT.\n\nKính thưa bà con!\nTin hai."
    assert heard(text) == ["Tin một.", "Kính thưa bà con!", "Tin hai."]


def test_a_number_to_call_is_no_page_number():
    assert heard("Gọi ngay:\n113\nĐường dây nóng của xã:\n18\nHết.\n7") == [
        "Gọi ngay.",
        "Một một ba.",
        "Đường dây nóng của xã.",
        "Mười tám.",
        "Hết.",
    ]


def test_a_chat_message_is_heard_without_its_pictures():
    text = "📢📢 THÔNG BÁO 📢📢\n👉 Gọi 113\n✅ Không bấm link lạ\n1️⃣ Khóa cửa\n━━━━━\n❗❗❗\n⚠️ Nhớ “5 không” ❤️🙏"
    assert heard(text) == ["Thông báo.", "Gọi một một ba.", "Không bấm linh lạ.", "Một. Khóa cửa.", "Nhớ năm không."]
    assert [dropped.reason for dropped in read(text).dropped] == ["đường kẻ", "không có chữ để đọc"]


def test_a_poem_is_heard_line_by_line():
    poem = "Ai ơi nhớ lấy lời này\nUống rượu thì chớ cầm tay lái xe\nMột mai tai nạn ê chề"
    assert heard(poem) == [f"{line}." for line in poem.split("\n")]


@pytest.mark.parametrize("line", ["Hôm nay, ngày 22 tháng 11 năm 2026", "Số 12 Trần Phú", "Lưu ý: khóa cửa"])
def test_words_like_those_of_a_letterhead_are_heard(line):
    assert len(heard(f"Kính thưa bà con!\n{line}\nXin cảm ơn.")) == 3


@pytest.mark.parametrize("line", ["(Nhạc cắt)", "[nhạc hiệu 10 giây]", "- Lưu: VT, CAX.", "Số 12/TB-CAX"])
def test_directions_and_file_marks_are_not(line):
    assert len(heard(f"Kính thưa bà con!\n{line}\nXin cảm ơn.")) == 2


def test_a_signature_on_behalf_of_a_committee_is_set_aside():
    text = "Bà con chú ý khóa cửa.\nT/M BAN CHỈ ĐẠO\nPHÓ BÍ THƯ THƯỜNG TRỰC\n(Đã ký)\nLê Văn Sinh"
    assert heard(text) == ["Bà con chú ý khóa cửa."]


@pytest.mark.parametrize(
    "direction",
    [
        "(Phát trên hệ thống truyền thanh xã: 17h30 thứ Sáu, phát lại 5h30 thứ Bảy)",
        "(Thời lượng: 5 phút)",
        "[Giọng đọc: Thu Hà]",
        "(Nhạc hiệu 10 giây)",
    ],
)
def test_a_direction_to_the_studio_is_not_voiced(direction):
    assert heard(f"BẢN TIN\n{direction}\nKính thưa bà con!") == ["Bản tin.", "Kính thưa bà con!"]


def test_a_bracketed_sentence_about_people_is_voiced():
    assert heard("(Phát hiện người lạ, bà con báo ngay Công an xã)")
