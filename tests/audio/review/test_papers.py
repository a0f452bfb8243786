"""Identity numbers and bank accounts."""

import pytest

from tests.audio.review.asked import found, quoted


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("số CCCD 049090001234", "049090001234"),
        ("CMND số: 205 123 456 do Công an cấp", "205 123 456"),
        ("căn cước công dân: 049.090.001.234", "049.090.001.234"),
        ("hộ chiếu số B1234567", "B1234567"),
    ],
)
def test_identity_numbers_are_serious(text, number):
    assert found(text, "number-") == [(number, "serious")]


def test_twelve_digits_that_look_like_a_citizens_number_are_worth_a_look():
    assert found("mang số 049090001234.", "number-") == [("049090001234", "warn")]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("STK 0123456789 Vietcombank", "0123456789"),
        ("số tài khoản 5601 2050 12345 tại Agribank", "5601 2050 12345"),
        ("chuyển khoản: 0071000123456 - Vietcombank", "0071000123456"),
        ("chuyển vào TK ngân hàng: 19036789", "19036789"),
    ],
)
def test_bank_accounts_are_worth_a_look_and_are_no_phone_numbers(text, number):
    assert found(text) == [(number, "warn")]


@pytest.mark.parametrize(
    "text",
    [
        "tài khoản bị trừ 129.000.000 đồng",
        "tài khoản bị trừ 129000000đ",
        "không cung cấp CCCD, STK; gọi 113",
        "CCCD 0490xxxxx234",
        "tài khoản bị hack, liên hệ 0905.123.456",
        "chi 350.000.000 cho 1.200 hộ",
    ],
)
def test_money_hidden_numbers_and_phones_are_none(text):
    assert quoted(text, "number-") == []
