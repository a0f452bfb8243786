"""Under which addresses the panel is found: on this machine, and from others."""

from __future__ import annotations

import ipaddress

from broadcaster import certificate

EVERYWHERE = ("0.0.0.0", "::")  # by IPv4 alone, by both: web.server
HERE = "127.0.0.1"


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
    known = certificate.addresses(sixes=host == "::") if host in EVERYWHERE else [host]
    return [f"{scheme}://{bracketed(each)}:{port}" for each in known]


def bracketed(host: str) -> str:
    """As a host stands in an address: [::1]."""
    return f"[{host}]" if ":" in host else host
