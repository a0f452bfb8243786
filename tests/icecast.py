"""A real Icecast server on a free port of this machine."""

from __future__ import annotations

import os
import pwd
import socket
import subprocess
import time
from http.client import HTTPConnection, HTTPException
from pathlib import Path

CONFIG = """<icecast>
  <limits><sources>4</sources><source-timeout>5</source-timeout><burst-size>65535</burst-size></limits>
  <authentication>
    <source-password>mat-khau</source-password><admin-user>admin</admin-user><admin-password>q</admin-password>
  </authentication>
  <hostname>localhost</hostname>
  <listen-socket><port>{port}</port><bind-address>127.0.0.1</bind-address></listen-socket>
  <fileserve>0</fileserve>
  <paths>
    <basedir>{folder}</basedir><logdir>{folder}</logdir><webroot>{folder}</webroot><adminroot>{folder}</adminroot>
  </paths>
  <logging><accesslog>access.log</accesslog><errorlog>error.log</errorlog><loglevel>3</loglevel></logging>
  {owner}
</icecast>
"""


class Icecast:
    """`source` is the address to send to, `url` the one to listen at."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.source = f"icecast://source:mat-khau@127.0.0.1:{self.port}/loa"
        self.url = f"http://127.0.0.1:{self.port}/loa"
        self._folder = folder / "icecast"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self._folder.mkdir(exist_ok=True)
        owner = ""
        if os.getuid() == 0:  # it refuses to run as root, and changes to somebody else
            nobody = pwd.getpwnam("nobody")
            os.chown(self._folder, nobody.pw_uid, nobody.pw_gid)
            for above in (self._folder, *self._folder.parents[:4]):  # one more where workers have folders
                above.chmod(above.stat().st_mode | 0o011)
            owner = "<security><changeowner><user>nobody</user><group>nogroup</group></changeowner></security>"
        config = self._folder / "icecast.xml"
        config.write_text(CONFIG.format(port=self.port, folder=self._folder, owner=owner))
        config.chmod(0o644)
        self._process = subprocess.Popen(
            ["icecast2", "-c", str(config)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        for _ in range(200):
            if self._answers():
                return
            time.sleep(0.05)
        raise RuntimeError("Icecast did not start")

    def _answers(self) -> bool:
        """Whether it speaks HTTP: a mere connection to a free port may have met itself."""
        line = HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            line.request("GET", "/")
            return line.getresponse().status > 0
        except (OSError, HTTPException):
            return False
        finally:
            line.close()

    def stop(self) -> None:
        if self._process:
            self._process.kill()
            self._process.wait()
            self._process = None
