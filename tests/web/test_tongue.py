"""The two languages: everything is translated, and neither shows up in the other's pages."""

import inspect
import re
from string import Formatter
from zoneinfo import ZoneInfo

import pytest

from audio.errors import VoiceUnavailable
from audio.reading import layout, official
from broadcaster import tongue, words
from broadcaster.errors import BroadcasterError
from broadcaster.phrases_text import LEFT_OUT
from web import catalogue, collect

TAG = re.compile(r"</?[a-z]+[^>]*>")
JINJA = re.compile(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)


@pytest.fixture(scope="module")
def known():
    return catalogue.read()


def blanks(text):
    return sorted(name for _, name, _, _ in Formatter().parse(text) if name)


def test_every_text_has_its_english_and_nothing_else_is_kept(known):
    assert collect.texts() == set(known), "run: python -m web.collect"
    assert [text for text, english in known.items() if not english.strip()] == []
    assert "fuzzy" not in catalogue.PATH.read_text("utf-8")


def test_translations_keep_the_blanks_and_the_marks(known):
    for text, english in known.items():
        assert blanks(text) == blanks(english), text
        assert sorted(TAG.findall(text)) == sorted(TAG.findall(english)), text


def test_no_text_stands_in_a_template_outside_the_catalogue():
    for path in (collect.ROOT / "web/templates").rglob("*.html"):
        bare = JINJA.sub("", path.read_text("utf-8")).replace("Tiếng Loa", "")
        assert collect.VIETNAMESE.search(bare) is None, path


def test_a_visitor_chooses_a_language_and_keeps_it(visitor):
    assert '<html lang="vi">' in visitor.get("/dang-nhap").text
    visitor.post("/ngon-ngu", {"tieng": "en"})
    page = visitor.get("/dang-nhap").text
    assert '<html lang="en">' in page
    assert "Log in" in page
    assert "Đăng nhập" not in page
    visitor.post("/ngon-ngu", {"tieng": "vi"})
    assert "Đăng nhập" in visitor.get("/dang-nhap").text


def test_the_choice_leads_back_to_the_page(enter):
    lan = enter("lan", "author")
    for page, back in {"/ban-tin/moi": "/ban-tin/moi", "/ban-tin/x/nop": "/", "/khong-co/gi": "/"}.items():
        answer = lan.post("/ngon-ngu", {"tieng": "en"}, headers={"Referer": f"http://localhost{page}"})
        assert answer.location == back


def test_an_unknown_language_changes_nothing(visitor):
    assert visitor.post("/ngon-ngu", {"tieng": "<script>"}).headers.getlist("Set-Cookie") == []
    visitor.client.set_cookie("tieng", "../../etc/passwd")
    assert '<html lang="vi">' in visitor.get("/dang-nhap").text


def test_refusals_and_messages_are_english_too(enter):
    lan = enter("lan", "author")
    lan.post("/ngon-ngu", {"tieng": "en"})
    assert "This account may not do that" in lan.get("/tai-khoan/").text
    assert "There is no such page" in lan.get("/khong-co").text
    page = lan.post("/ban-tin/moi", {"title": "x", "text": ""}, follow_redirects=True).text
    assert "This programme is gone" in page


def test_english_ends_with_its_request(visitor):
    visitor.post("/ngon-ngu", {"tieng": "en"})
    visitor.get("/dang-nhap")
    assert words.status("planned") == "dự kiến"


def test_what_fills_a_blank_of_a_template_is_escaped(enter, desk):
    desk.person("<b>an</b>", "author")
    page = enter("chu", "admin").get("/tai-khoan/").text
    assert "&lt;b&gt;an&lt;/b&gt; sẽ không đăng nhập được nữa." in page
    assert "<b>an</b>" not in page


@pytest.mark.parametrize(
    ("value", "digits", "said"), [(1234.5, 1, "1.234,5"), (-16.0, 1, "−16,0"), (1e6, 0, "1.000.000")]
)
def test_numbers_are_written_the_vietnamese_way(value, digits, said):
    assert words.number(value, digits) == said


def test_numbers_are_written_as_the_catalogue_has_them():
    with tongue.speaking({"1.234,5": "1,234.5"}.__getitem__):
        assert words.number(1234.5, 1) == "1,234.5"


TRANSLATED = {
    "“{word}” có ký tự không đọc được": "“{word}” has unreadable signs",
    "dòng {line}: “{words}” có vẻ là {reason}, đã bỏ ra": "line {line}: “{words}” looks like {reason}, taken out",
    "số trang": "page number",
}


def test_remarks_of_audio_are_known_again_by_their_form():
    with tongue.speaking(lambda text: TRANSLATED.get(text, text)):
        assert words.retold("“a” b” có ký tự không đọc được") == "“a” b” has unreadable signs"
        assert words.retold("dòng 3: “- 2 -” có vẻ là số trang, đã bỏ ra") == (
            "line 3: “- 2 -” looks like page number, taken out"
        )
        assert words.left_out("tiêu ngữ, số trang") == "tiêu ngữ, page number"
        assert words.retold("Chưa ai viết câu này.") == "Chưa ai viết câu này."


@pytest.mark.parametrize(
    "error",
    [
        BroadcasterError("render-died", detail="mã 9"),
        BroadcasterError(
            "render-failed", detail=words.explain(VoiceUnavailable("gtts", "busy"), ZoneInfo("Asia/Ho_Chi_Minh"))
        ),
        VoiceUnavailable("gtts", "offline"),
        BroadcasterError("disk"),
    ],
)
def test_an_error_kept_in_vietnamese_is_read_in_english(known, error):
    tz = ZoneInfo("Asia/Ho_Chi_Minh")
    kept = words.explain(error, tz)
    assert words.retold(kept) == kept
    with tongue.speaking(lambda text: known.get(text) or text):
        assert collect.VIETNAMESE.search(words.retold(kept).replace("mã 9", "")) is None


def test_hours_name_their_days_in_the_language_of_who_reads_them(known):
    typed = "T2-T6 05:30-06:30; T7,CN 06:00-07:00"
    assert words.hours_text(typed) == typed
    with tongue.speaking(lambda text: known.get(text) or text):
        assert words.hours_text(typed) == "Mon-Fri 05:30-06:30; Sat,Sun 06:00-07:00"


def test_every_reason_for_leaving_a_line_out_is_known():
    reasons = {reason for _, reason in official.ANYWHERE} | {official.ISSUER_REASON, official.single("# Nguồn: báo")}
    reasons |= set(re.findall(r'= (?:reasons\[\w+\] or )?"([^"]+)"', inspect.getsource(layout)))
    assert reasons <= set(LEFT_OUT)
    assert len(reasons) > 15
