"""What tests in a real browser share: a station or a served panel to look at, people who log in, and pictures."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import sync_playwright
from werkzeug.serving import make_server

QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"]
QUIET += ["--disable-background-networking", "--disable-component-update"]
MICROPHONE = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]
DEVICES = {"dien-thoai": (360, 780), "may-tinh": (1366, 768)}
THEMES = ("light", "dark")
PORT = "DevToolsActivePort"  # the file in which Chromium says where it listens
PASSWORD = "một câu dễ nhớ"


@contextmanager
def chromium():
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    assert path, "chromium is missing: run make test, which installs it"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=QUIET + MICROPHONE)
        yield browser
        browser.close()


@contextmanager
def own_chromium(playwright, profile):
    """(a page, a way to cut its power) of a browser with a profile of its own on disk; nothing gets to say goodbye."""
    (profile / PORT).unlink(missing_ok=True)
    command = [shutil.which("chromium") or shutil.which("chromium-browser"), *QUIET, "--headless=new"]
    command += [f"--user-data-dir={profile}", "--remote-debugging-port=0", "about:blank"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)

    def cut():
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    try:
        for _ in range(300):
            if (profile / PORT).exists() and (said := (profile / PORT).read_text().split()):
                break
            time.sleep(0.1)
        browser = playwright.chromium.connect_over_cdp(f"http://127.0.0.1:{said[0]}")
        yield browser.contexts[0].pages[0], cut
    finally:
        if process.poll() is None:
            cut()


@contextmanager
def running(data):
    """(base URL, one-time link) of a fresh station with panel."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        [
            *(sys.executable, "-m", "broadcaster", "run", "--data", str(data)),
            *("--port", str(port), "--output", f"file:{data / 'heard'}"),
        ],
        stdout=subprocess.PIPE,
        text=True,
        env=dict(os.environ, PYTHONUNBUFFERED="1"),
    )
    link = next(found[0] for line in process.stdout if (found := re.search(r"http://\S+/moi/\S+", line)))
    yield f"http://127.0.0.1:{port}", link
    process.terminate()
    assert process.wait(20) == 0
    process.stdout.close()


@contextmanager
def served(app):
    """The address of a panel served by a thread of this process."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:  # or a test that fails would never end
        server.shutdown()
        thread.join()
        server.server_close()


def first_account(browser, link, name="lan"):
    """The page of whoever opens the one-time link and makes an account with it."""
    page = browser.new_context(locale="vi-VN").new_page()
    page.goto(link)
    shoot(page, "tao-tai-khoan")
    page.get_by_label("Tên tài khoản").fill(name)
    page.get_by_label("Mật khẩu", exact=True).fill(PASSWORD)
    page.get_by_label("Nhập lại mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Tạo tài khoản").click()
    return page


def login(browser, base, name, password=PASSWORD, **context):
    return enter(browser.new_context(locale="vi-VN", **context).new_page(), base, name, password)


def enter(page, base, name, password=PASSWORD):
    page.goto(f"{base}/dang-nhap")
    page.get_by_label("Tên tài khoản").fill(name)
    page.get_by_label("Mật khẩu").fill(password)
    page.get_by_role("button", name="Đăng nhập").click()
    return page


def looks(page):
    """Shows a page on a phone and on an old PC, in light and dark, one after the other: (device, theme)."""
    for device, (width, height) in DEVICES.items():
        for theme in THEMES:
            page.set_viewport_size({"width": width, "height": height})
            page.emulate_media(color_scheme=theme)
            yield device, theme
    page.emulate_media(color_scheme="light")


def shoot(page, name):
    """Pictures of a page, written only when BROADCASTER_SCREENSHOTS names a folder."""
    folder = os.environ.get("BROADCASTER_SCREENSHOTS")
    if not folder:
        return
    for device, theme in looks(page):
        page.screenshot(path=Path(folder) / f"{name}-{device}-{theme}.png")


def no_sideways_scrolling(page):
    page.set_viewport_size({"width": 360, "height": 780})
    assert page.locator("html").evaluate("html => html.scrollWidth") <= 360  # waits where a page is just coming
