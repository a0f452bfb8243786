"""Reverse proxies in front of the panel: of those in the settings it is believed whom they bring, and how."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from werkzeug.middleware.proxy_fix import ProxyFix

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment


def believed(app: WSGIApplication, networks: Sequence[str]) -> WSGIApplication:
    """With none, nobody is: anybody can write X-Forwarded-For. Of several proxies in a row the last hop counts."""
    if not networks:
        return app
    trusted = [ipaddress.ip_network(each) for each in networks]
    brought = ProxyFix(app, x_for=1, x_proto=1, x_host=1)

    def asked(environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        address = ipaddress.ip_address(environ["REMOTE_ADDR"])
        return (brought if any(address in each for each in trusted) else app)(environ, start)

    return asked
