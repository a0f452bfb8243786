"""Laws that others have replaced, in the ways people write them."""

from datetime import date

import pytest

from audio.review import review
from tests.audio.review.asked import TODAY, found, quoted

DECREE = (
    "Nghị định 144/2021/NĐ-CP|Nghị định số 144/2021/NĐ-CP|NĐ số 144/2021|NĐ 144/2021|NĐ144/2021/NĐ-CP|144/2021/NĐ-CP"
    "|144/2021/ND-CP|nghị định 144 năm 2021|Nghị định 144/2021/NĐ–CP|NGHỊ ĐỊNH 144/2021/NĐ-CP"
    "|Nghị định 144 /2021/ NĐ-CP|Nghị định số: 144/2021"
)
CIRCULAR = "Thông tư số 23/2012/TT-BCA|TT 23/2012/TT-BCA|Thông tư 23/2012|23/2012/TT-BCA"
DECISION = "Quyết định số 52/2016/QĐ-TTg|QĐ 52/2016/QĐ-TTg|52/2016/QĐ-TTg|Quyết định 52/2016"
NOISE = "QCVN 26:2010/BTNMT|QCVN 26:2010|QCVN 26 : 2010|QCVN 26/2010/BTNMT|QCVN26-2010|Quy chuẩn QCVN 26:2010/BTNMT"


@pytest.mark.parametrize("written", [w for forms in (DECREE, CIRCULAR, DECISION, NOISE) for w in forms.split("|")])
def test_a_replaced_document_is_found_however_it_is_written(written):
    assert found(f"Căn cứ {written}, xử phạt nghiêm.", "law-") == [(written, "warn")]


@pytest.mark.parametrize("written", ["Nghị định 144", "TT 23", "Thông tư số 23/TT-BCA", "QĐ 52"])
def test_without_its_year_it_is_a_hint(written):
    assert found(f"Theo {written} thì", "law-") == [(written, "info")]


@pytest.mark.parametrize(
    "text",
    [
        "Nghị định 282/2025/NĐ-CP thay thế Nghị định 144/2021/NĐ-CP.",
        "Nghị định 144/2021/NĐ-CP đã hết hiệu lực.",
        "Nghị định 1445/2021/NĐ-CP; Nghị định 144/2020/NĐ-CP; Thông tư 23/2012/TT-BCT; công văn 144/2021/UBND",
        "QCVN 26:2025/BNNMT; QCVN 126:2010; số 52/2016",
        "144 vụ, 23 người, 52 hộ",
    ],
)
def test_the_new_law_and_other_numbers_are_left_alone(text):
    assert quoted(text, "law-") == []


def test_it_says_what_holds_instead_and_since_when():
    (only,) = review("NĐ 144/2021/NĐ-CP", TODAY)
    assert dict(only.values) == {"instead": "Nghị định 282/2025/NĐ-CP", "since": "15/12/2025"}


def test_before_the_new_law_the_old_one_was_right():
    assert quoted("NĐ 144/2021/NĐ-CP", "law-", today=date(2025, 12, 14)) == []
