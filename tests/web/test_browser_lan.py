"""A telephone in the station's network: by HTTPS, with a microphone, logged in."""

import ssl

import pytest
from playwright.sync_api import expect

from broadcaster import certificate, passcodes, reach
from tests.web.conftest import NOW, PASSWORD
from tests.web.test_server import serving
from web.front import Front

pytestmark = pytest.mark.slow


@pytest.fixture
def base(app, desk):
    own = reach.addresses()
    if not own:
        pytest.skip("this machine has no address of its own")
    held = certificate.current(desk.settings, desk.clock.now())
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(held.chain, held.key)
    with serving(app, Front(context), host="0.0.0.0") as ask:
        yield f"{own[0]}:{ask.port}"


def test_a_telephone_opens_the_panel_by_its_address(base, browser, desk):
    code = desk.look(lambda s: passcodes.create(s, "Chủ tịch xã", "quan.tri", NOW)[1])
    desk.person("truc", "operator")
    desk.beat()
    page = browser.new_context(locale="vi-VN", ignore_https_errors=True).new_page()
    page.goto(f"http://{base}/loa/")
    assert page.url == f"https://{base}/loa/"
    page.locator("[name=code]").fill(code)
    page.locator("main button").first.click()
    expect(page.get_by_role("button", name="Thu bằng micro")).to_be_visible()
    assert page.evaluate("isSecureContext")
    page.goto(f"https://{base}/dang-nhap")
    page.get_by_label("Tên tài khoản").fill("truc")
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()
    expect(page.get_by_role("link", name="Hàng chờ").first).to_be_attached()
    cookie = next(each for each in page.context.cookies() if each["name"] == "tieng_loa")
    assert cookie["secure"]
    page.context.close()
