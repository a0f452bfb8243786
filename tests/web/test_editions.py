"""What a bulletin was before, beside what it is."""

import re

from broadcaster import bulletins, versions
from tests.web.test_bulletins import TYPED, plain


def test_an_earlier_text_stands_beside_the_present_one_with_its_words_marked(enter, desk):
    browser = enter("lan", "author")
    found = desk.bulletin(text="Bắt 2 đối tượng.\n<b>Cảm ơn.</b>")
    form = TYPED | {"text": "Bắt 3 đối tượng.\n<b>Cảm ơn.</b>", "version": "1"}
    browser.post(f"/ban-tin/{found}/sua", form)
    page = browser.get(f"/ban-tin/{found}/ban-truoc/").text
    [address] = re.findall(r'href="(/ban-tin/[^"]+/ban-truoc/[^"]+)"', page)
    page = browser.get(address).text
    assert "1 dòng khác nhau" in page
    assert "Bắt <mark>2</mark> đối tượng." in page
    assert "Bắt <mark>3</mark> đối tượng." in page
    assert "&lt;b&gt;Cảm ơn.&lt;/b&gt;" in page


def test_another_week_and_changed_readings_can_be_compared(enter, desk):
    browser = enter("lan", "author")
    old, new = desk.bulletin(text="Tin cũ.", title="Tuần trước"), desk.bulletin(text="Tin 5.")

    def spoil(session):
        row = bulletins.get(session, new)
        bulletins.correct(session, row, "Tin 5.", "Tin số năm.", by="lan", now=desk.clock.now())
        return versions.of_bulletin(session, row)[-1].id

    first = desk.look(spoil)
    assert "“Tuần trước”" in browser.get(f"/ban-tin/{new}/ban-truoc/tuan/{old}").text
    page = plain(browser.get(f"/ban-tin/{new}/ban-truoc/{first}").text)
    assert "Văn bản không khác gì" in page
    assert re.search(r"Trước: đọc như máy\s*Nay: Tin số năm\.\s", page)


def test_a_version_of_another_bulletin_is_not_shown(enter, desk):
    browser = enter("lan", "author")
    one, other = desk.bulletin(), desk.bulletin()
    version = desk.look(lambda s: versions.of_bulletin(s, bulletins.get(s, other))[0].id)
    assert browser.get(f"/ban-tin/{one}/ban-truoc/{version}").status_code == 404
