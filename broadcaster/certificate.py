"""The panel's certificate, made by the station itself: in a commune's network there is nobody else who could."""

from __future__ import annotations

import contextlib
import ipaddress
import socket
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from broadcaster import private, reach
from broadcaster.errors import BroadcasterError
from broadcaster.settings import Settings

LASTS = timedelta(days=820)  # Apple's systems refuse certificates that last longer than 825 days (HT210176)
RENEWED = timedelta(days=60)  # before its end


@dataclass(frozen=True)
class Certificate:
    """PEM files, and the SHA-256 fingerprint as browsers show it."""

    chain: Path
    key: Path
    fingerprint: str


def current(settings: Settings, now: datetime) -> Certificate:
    """The certificate; a new one for the same key when it ends soon, or the machine got another address or name.

    Raises BroadcasterError disk.
    """
    chain, key = settings.data / "panel-tls.pem", settings.data / "panel-tls.key"
    try:
        kept, secret = _read(chain), _key(key)
        if kept is None or kept.public_key() != secret.public_key() or not _fits(kept, now):
            kept = _made(secret, now)
            private.write(chain, kept.public_bytes(serialization.Encoding.PEM))
    except OSError as error:
        raise BroadcasterError("disk", path=error.filename or chain, detail=error.strerror) from error
    return Certificate(chain, key, kept.fingerprint(hashes.SHA256()).hex(":").upper())


def _names() -> list[x509.GeneralName]:
    host = socket.gethostname().encode("ascii", "ignore").decode() or "localhost"
    names = dict.fromkeys(["localhost", host, f"{host.partition('.')[0]}.local"])
    numbers = [
        *reach.addresses(),
        "127.0.0.1",
    ]  # none of IPv6: those change by the day, and each new one would warn again
    return [*map(x509.DNSName, names), *(x509.IPAddress(ipaddress.ip_address(each)) for each in numbers)]


def _read(chain: Path) -> x509.Certificate | None:
    try:
        return x509.load_pem_x509_certificate(chain.read_bytes())
    except (FileNotFoundError, ValueError):
        return None


def _fits(kept: x509.Certificate, now: datetime) -> bool:
    held = kept.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    ends = kept.not_valid_after_utc - RENEWED
    return kept.not_valid_before_utc <= now < ends and set(_names()) <= set(held)


def _key(path: Path) -> ec.EllipticCurvePrivateKey:
    with contextlib.suppress(FileNotFoundError, ValueError, TypeError):
        kept = serialization.load_pem_private_key(path.read_bytes(), None)
        if isinstance(kept, ec.EllipticCurvePrivateKey):
            return kept
    made = ec.generate_private_key(ec.SECP256R1())
    private.write(
        path,
        made.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()),
    )
    return made


def _made(key: ec.EllipticCurvePrivateKey, now: datetime) -> x509.Certificate:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Tiếng Loa")])
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))  # telephones whose clock is slow
        .not_valid_after(now + LASTS)
        .add_extension(x509.SubjectAlternativeName(_names()), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .sign(key, hashes.SHA256())
    )
