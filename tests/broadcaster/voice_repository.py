"""A local repository of voices, served as the public one is (index, ranges), which breaks on demand."""

import hashlib
import json
import re
import threading
from collections import deque
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path


class Repository(ThreadingHTTPServer):
    """`files` by place; `faults` are used up one a request: an HTTP status, "cut" (half, then the line breaks),
    "flip" (one bit), "whole" (ranges are not understood)."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.files, self.faults, self.asked = {}, deque(), []
        self.url = f"http://127.0.0.1:{self.server_port}/voices"

    def offer(self, name, model, description):
        """Put a voice on offer, as the index of Piper voices lists it."""
        language, voice, quality = name.split("-")
        folder = f"{language[:2]}/{language}/{voice}/{quality}"
        parts = {
            f"{folder}/{name}.onnx": model,
            f"{folder}/{name}.onnx.json": description,
            f"{folder}/MODEL_CARD": b"x",
        }
        self.files |= parts
        index = json.loads(self.files.get("voices.json", "{}"))
        index[name] = {
            "key": name,
            "files": {
                place: {"size_bytes": len(data), "md5_digest": hashlib.md5(data).hexdigest()}
                for place, data in parts.items()
            },
        }
        self.files["voices.json"] = json.dumps(index).encode()


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        place = self.path.removeprefix("/voices/")
        start = int(re.fullmatch(r"bytes=(\d+)-", self.headers.get("Range", "bytes=0-"))[1])
        self.server.asked.append((Path(place).name, start))
        fault = self.server.faults.popleft() if self.server.faults else None
        if isinstance(fault, int):
            return self.send_error(fault)
        data = self.server.files.get(place)
        if data is None:
            return self.send_error(404)
        if fault == "whole":
            start = 0
        if fault == "flip":
            data = data[:-1] + bytes([data[-1] ^ 1])
        self.send_response(206 if start else 200)
        self.send_header("Content-Length", str(len(data) - start))
        self.end_headers()
        end = start + (len(data) - start) // 2 if fault == "cut" else len(data)
        self.wfile.write(data[start:end])
        self.close_connection = True
        return None

    def log_message(self, *_):
        """The test's output is enough."""


@contextmanager
def running():
    server = Repository()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
