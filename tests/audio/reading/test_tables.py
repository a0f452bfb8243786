"""Tables are said row by row with the names of their columns, or read with a warning; lists with tabs are lists."""

import pytest

from audio.reading import read

TABBED = "STT\tThôn\tThời gian\n1\tThôn 1\t7h30 ngày 28/11\n2\tTịnh Sơn\t14h"
PIPED = "| STT | Thôn | Thời gian |\n|---|---|---|\n| 1 | Thôn 1 | 7h30 ngày 28/11 |\n| 2 | Tịnh Sơn | 14h |"


@pytest.mark.parametrize("written", [TABBED, PIPED], ids=["tabs", "bars"])
def test_each_row_is_a_sentence_with_the_names_of_its_columns(written):
    reading = read(f"Lịch tiêm:\n{written}\nXin cảm ơn.")
    assert [sentence.spoken for sentence in reading.sentences] == [
        "Lịch tiêm.",
        "Một. Thôn một; Thời gian: bảy giờ ba mươi phút ngày hai mươi tám tháng mười một.",
        "Hai. Thôn: Tịnh Sơn; Thời gian: mười bốn giờ.",
        "Xin cảm ơn.",
    ]
    assert not reading.warnings


def test_two_columns_without_a_head_are_named_by_the_first():
    reading = read("Lệ phí:\t20.000đ\nLiên hệ\t0905.123.456")
    assert [sentence.spoken for sentence in reading.sentences] == [
        "Lệ phí: hai mươi nghìn đồng.",
        "Liên hệ: không chín không năm một hai ba bốn năm sáu.",
    ]
    assert not reading.warnings


def test_an_empty_cell_is_silent():
    assert read("Thôn\tGiờ\tNơi\nMột\t\tNVH").sentences[0].spoken == "Thôn: Một; Nơi: Nhà văn hóa."


def test_an_uneven_table_is_read_with_a_warning_on_every_row():
    reading = read("Mai\tLan\tCúc\nĐào\tHồng")
    assert [sentence.spoken for sentence in reading.sentences] == ["Mai, Lan, Cúc.", "Đào, Hồng."]
    assert [warning.kind for warning in reading.warnings] == ["table", "table"]


def test_a_list_with_tabs_is_a_list():
    reading = read("1.\tKhóa cửa\n2.\tTắt bếp\n-\tGọi 113")
    assert [sentence.spoken for sentence in reading.sentences] == ["Một. Khóa cửa.", "Hai. Tắt bếp.", "Gọi một một ba."]
    assert not reading.warnings


def test_the_pieces_of_a_cell_lead_back_to_it():
    text = "Thôn\tGiờ\tXe\nHai\t7h30\t02"
    (row,) = read(text).sentences
    assert [text[piece.start : piece.end] for piece in row.pieces] == ["7h30", "02"]
