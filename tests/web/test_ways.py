"""The head of every page: where it leads, and to whom."""

import re

import pytest

from web import ways

EVERYWHERE = {"/", "/ban-tin/", "/lich-phat", "/hang-cho/", "/nhat-ky", "/chuong-trinh/", "/thu-vien/", "/duyet/"}
OWN = {
    "author": {"/tu-dien/"},
    "approver": set(),
    "operator": {"/truc-tiep/", "/khu-vuc/"},
    "admin": {"/tu-dien/", "/khu-vuc/", "/quan-tri"},
}
LINK = re.compile(r'<a(?: class="(\w+)")? href="([^"]+)"( aria-current="page")?')


def links(page):
    return LINK.findall(page[page.index("<nav") : page.index("</nav>")])


@pytest.mark.parametrize("role", OWN)
def test_each_role_is_led_to_its_pages_and_every_one_of_them_opens(enter, role):
    browser = enter("lan", role)
    offered = {address for _, address, _ in links(browser.get("/").text)}
    assert offered == EVERYWHERE | OWN[role]
    assert [address for address in offered if browser.get(address).status_code != 200] == []


def test_a_phone_shows_three_ways_and_folds_the_rest(enter):
    page = links(enter("lan", "author").get("/").text)
    shown = [address for kind, address, _ in page if not kind]
    folded = [address for kind, address, _ in page if kind == "near"]
    assert shown[:3] == ["/", "/ban-tin/", "/lich-phat"]
    assert folded == [address for kind, address, _ in page if kind == "far"] == ["/hang-cho/", "/nhat-ky"]


@pytest.mark.parametrize(
    ("path", "room"),
    [("/", "/"), ("/ban-tin/moi", "/ban-tin/"), ("/khung-gio/", "/lich-phat"), ("/so-thang/2026-11", "/nhat-ky")],
)
def test_a_page_belongs_to_one_room(enter, path, room):
    page = enter("lan", "author", "operator").get(path).text
    assert {address for _, address, here in links(page) if here} == {room}


def test_what_was_decided_is_every_day_for_who_decides_and_folded_for_the_others(enter):
    approver, operator = links(enter("minh", "approver").get("/").text), links(enter("truc", "operator").get("/").text)
    assert [address for _, address, _ in approver].count("/duyet/") == 1
    assert [address for kind, address, _ in approver if not kind][1] == "/duyet/"
    assert [address for kind, address, _ in operator if not kind][3:] == [
        "/duyet/",
        "/chuong-trinh/",
        "/thu-vien/",
        "/khu-vuc/",
    ]


def test_a_folded_room_shows_on_what_folds_it(enter):
    browser = enter("lan", "admin")
    assert '<details class="menu here">' in browser.get("/quan-tri").text
    assert '<details class="menu near-here">' in browser.get("/nhat-ky").text
    assert '<details class="menu">' in browser.get("/").text


def test_every_page_of_a_part_has_a_room_that_exists(app):
    rooms = {endpoint.partition(".")[0] for endpoint in (*ways.DAILY, *ways.SELDOM)}
    assert set(ways.PART_OF) | rooms <= set(app.blueprints)
    assert set(ways.PART_OF.values()) <= rooms
