"""What every page stands on: this application's settings, clock and database, and the person at the screen."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path
from urllib.parse import urlsplit

from flask import Response, current_app, flash, g, request, send_file, url_for
from sqlalchemy.orm import Session
from werkzeug.exceptions import MethodNotAllowed, NotFound
from werkzeug.routing import RequestRedirect

from broadcaster import presence, words
from broadcaster.clock import Clock
from broadcaster.database import Sessions, looking
from broadcaster.editorial import station_is_alive
from broadcaster.errors import BroadcasterError
from broadcaster.settings import Settings
from broadcaster.tongue import say

STRANGER = "người chưa đăng nhập"
OWN_WORDS = {
    "alert-unsure": "Chưa đánh dấu ô xác nhận nên chưa phát. Hãy đánh dấu rồi bấm lại.",
    "body-bad": "Nội dung gửi lên chưa đúng: {what}. Xem mô tả tại /api/v1/openapi.json.",
    "changed-meanwhile": "Bản tin vừa được người khác sửa hoặc duyệt. Hãy mở lại bản tin để xem bản mới nhất.",
    "file-empty": "Chưa chọn tệp âm thanh. Hãy chọn một tệp WAV, FLAC, MP3 hoặc OGG.",
    "mic-open": "Micrô đang mở rồi. Hãy bấm “Nói xong” trước khi mở lại.",
    "minutes-bad": "Số phút phải từ 1 đến {most}.",
    "output-address": "Địa chỉ Icecast chưa đúng. Ví dụ: 10.0.0.5:8000/thon-mot",
    "output-folder": "Chưa ghi thư mục để ghi tiếng. Ví dụ: /home/tram/ghi-lai",
    "output-kind": "Đầu ra này không còn ở đây. Hãy chọn lại.",
    "output-none": "Cụm loa phải có ít nhất một đầu ra. Hãy chọn một thiết bị.",
    "output-password": "Chưa có mật khẩu cho {address}. Hãy nhập mật khẩu của máy chủ Icecast.",
    "restore-alone": "Trang này không tắt trạm được (chạy riêng). Hãy dùng lệnh: broadcaster restore TỆP.zip",
    "restore-none": "Chưa chọn bản sao lưu. Hãy chọn một bản trên máy hoặc một tệp đã tải về.",
    "restore-unsure": "Chưa đánh dấu ô xác nhận nên chưa khôi phục. Hãy đánh dấu rồi bấm lại.",
    "station-held": "Trạm đang dừng phát nên chưa ra loa được. Hãy bấm “Phát tiếp” trước.",
    "stick-gone": "Không còn thấy giọng này trên USB nào cắm vào máy trạm. Hãy cắm lại rồi tải lại trang.",
    "voice-damaged": "Tệp giọng đọc tải về bị hỏng nên đã bỏ. Hãy bấm cài lại; nếu vẫn vậy, cài từ USB.",
    "voice-missing": "Kho giọng trên mạng không có giọng này nữa. Hãy cài từ USB.",
    "voice-unusable": "Giọng {name} không đọc được: tệp hỏng hoặc không phải giọng Piper. Hãy tải hoặc chép lại.",
    "voice-disk-full": "Đĩa của máy trạm không đủ chỗ: cần {need} MB, còn {free} MB. Hãy xóa bớt tệp rồi bấm cài lại.",
    "voice-network": "Chưa lấy được giọng từ mạng. Có mạng thì bấm cài lại (phần đã tải không mất), hoặc cài từ USB.",
    "voice-running": "Đang cài một giọng rồi. Hãy chờ lần đó xong.",
    "zone-name": "Chưa có tên cụm loa. Hãy nhập tên.",
    "hours-refused": "{refusal} ({at}) Buổi này dài khoảng {minutes} phút. Hãy chọn giờ khác, hoặc ghi lý do.",
    "lexicon-changed": "Mục này vừa được người khác sửa. Hãy xem lại rồi sửa tiếp.",
    "day-bad": "Ngày chưa đúng. Hãy nhập lại, ví dụ 2026-11-27.",
    "occurrence-unknown": "Khung giờ này không còn lần phát nào vào {at}. Hãy tải lại lịch phát.",
    "roles-empty": "Chưa chọn quyền nào. Hãy chọn ít nhất một quyền.",
    "sample-unknown": "Không có lần nghe thử này. Hãy về trang chủ và bấm “Nghe thử chương trình mẫu”.",
    "rehearsal-unknown": "Không có lần nghe thử này. Hãy mở chương trình rồi bấm “Nghe thử cả buổi”.",
    "rule-empty": "Chưa ghi ngày phát. Hãy điền vào ô của cách lặp đã chọn.",
    "reason-outside": "{refusal} Muốn phát bây giờ, hãy ghi lý do vào ô “Lý do phát” rồi bấm lại.",
    "shift-impossible": "Khung giờ này không dời mọi lần sang ngày đó được. Hãy chọn “Chỉ lần này” hoặc sửa khung giờ.",
    "slot-changed": "Khung giờ này vừa được người khác sửa. Hãy xem lại rồi sửa tiếp.",
    "slot-clash": "Giờ này trùng với {other} lúc {at}. Hãy chọn giờ khác, hoặc ghi lý do để phát nối tiếp.",
    "slot-clashes": "Khung giờ trùng {count} lần trong năm tới: {clashes}. Hãy chọn giờ khác, hoặc ghi lý do.",
    "slot-unknown": "Khung giờ này không còn. Hãy tải lại lịch phát.",
    "weekdays-empty": "Chưa chọn ngày nào trong tuần.",
    "text-twice": "Vừa có chữ trong ô vừa có tệp tải lên. Hãy chỉ dùng một trong hai.",
    "too-many-tries": "Đã nhập sai nhiều lần. Hãy chờ 15 phút rồi thử lại.",
    "passwords-differ": "Hai lần nhập mật khẩu chưa giống nhau. Hãy nhập lại.",
}


@dataclass(frozen=True)
class Person:
    """Who is logged in."""

    name: str
    roles: frozenset[str]

    def may(self, *roles: str) -> bool:
        return bool(self.roles & set(roles))


def settings() -> Settings:
    found: Settings = current_app.config["SETTINGS"]
    return found


def clock() -> Clock:
    found: Clock = current_app.config["CLOCK"]
    return found


def now() -> datetime:
    return clock().now()


def sessions() -> Sessions:
    found: Sessions = current_app.config["SESSIONS"]
    return found


def reading() -> AbstractContextManager[Session]:
    return looking(sessions())


@contextmanager
def writing() -> Iterator[Session]:
    """One transaction: all of it or nothing. Who is at the screen, or the machine that asks, stands in the trail."""
    with sessions().begin() as session:
        who = g.get("person")
        session.info.update(actor=who.name if who else g.get("machine", STRANGER), clock=clock())
        yield session


def person() -> Person:
    """The one who is logged in; the door has seen to it that there is one."""
    found: Person = g.person
    return found


def tell(error: BroadcasterError) -> None:
    """Show an error in words on the next page."""
    flash(in_words(error), "error")


def in_words(error: BroadcasterError) -> str:
    own = OWN_WORDS.get(error.code)
    return say(own, **words.values(error, settings().tz)) if own else words.explain(error, settings().tz)


def expect_station() -> None:
    """Raises BroadcasterError station-dead, -mute, -stuck: what is queued now must not sound at some later morning."""
    if not station_is_alive(sessions(), clock()):
        raise presence.why_silent(settings())


def local(target: str | None) -> str | None:
    """The target, if it is a path of this very panel."""
    if not target or not target.startswith("/") or target.startswith("//") or "\\" in target:
        return None
    if any(ord(c) <= 32 for c in target) or urlsplit(target).netloc:
        return None
    return target


def download(name: str, write: Callable[[Path], None]) -> Response:
    """What `write` puts into the file it is given, as a file to keep."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        write(path)
        return send_file(BytesIO(path.read_bytes()), as_attachment=True, download_name=name)


def asked(*names: str) -> dict[str, str]:
    """What was filled in of a list's filter."""
    return {name: found for name in names if (found := request.args.get(name, "").strip())}


def page_number() -> int:
    """Which page of a list is asked for."""
    return request.args.get("trang", 1, type=int)


def back() -> str:
    """The page the form was on."""
    came = urlsplit(request.referrer or "")
    path = local(came.path) if came.netloc == request.host and _opens(came.path) else None
    return (f"{path}?{came.query}" if came.query else path) if path else url_for("home.dashboard")


def _opens(path: str) -> bool:
    """Whether a page stands there, and not only the answer to a form."""
    try:
        current_app.url_map.bind_to_environ(request.environ).match(path, "GET")
    except (MethodNotAllowed, NotFound):
        return False
    except RequestRedirect:
        pass
    return True
