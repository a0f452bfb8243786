"""Under which addresses the panel is found: on this machine, and from others."""

from __future__ import annotations

import contextlib
import ipaddress
import socket

EVERYWHERE = ("0.0.0.0", "::")  # by IPv4 alone, by both: web.server
HERE = "127.0.0.1"
PROBES = ("192.0.2.1", "192.168.1.1", "10.0.0.1", "172.16.0.1")  # nothing is sent there; the first: the way out
SIXES = ("2001:db8::1", "fd00::1")  # the same by IPv6


def loopback(address: str) -> bool:
    """Whether it is this machine that asks, or is asked."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address == "localhost"
    mapped = getattr(found, "ipv4_mapped", None)  # Python before 3.13 does not look into ::ffff:127.0.0.1
    return (mapped or found).is_loopback


def here(host: str, port: int, *, lan: bool = False) -> str:
    """For a browser on this machine."""
    secure = lan and host not in EVERYWHERE and not loopback(host)
    near = HERE if host in EVERYWHERE else bracketed(host)
    return f"http{'s' if secure else ''}://{near}:{port}"


def others(host: str, port: int, *, lan: bool = False) -> list[str]:
    """For browsers on other machines, the likeliest first; none when nobody gets in, or there is no network."""
    if loopback(host):
        return []
    scheme = "https" if lan else "http"
    known = addresses(sixes=host == "::") if host in EVERYWHERE else [host]
    return [f"{scheme}://{bracketed(each)}:{port}" for each in known]


def bracketed(host: str) -> str:
    """As a host stands in an address: [::1]."""
    return f"[{host}]" if ":" in host else host


def addresses(*, sixes: bool = False) -> list[str]:
    """This machine's own IPv4 addresses, the one that others reach it at first; then, if asked for, those of IPv6."""
    found: list[str] = []
    for probe in (*PROBES, *(SIXES if sixes else ())):
        family = socket.AF_INET6 if ":" in probe else socket.AF_INET
        with contextlib.suppress(OSError), socket.socket(family, socket.SOCK_DGRAM) as line:
            line.connect((probe, 9))
            found.append(line.getsockname()[0])
    numbers = {each: ipaddress.ip_address(each) for each in found}
    return [each for each, number in numbers.items() if not (number.is_loopback or number.is_link_local)]
