"""The station's own certificate: made once, renewed before it ends, its key for the owner alone."""

import ipaddress
import os
import ssl
from datetime import timedelta

import pytest

from broadcaster import certificate, reach
from broadcaster.errors import BroadcasterError
from tests.conftest import NOON


@pytest.fixture(autouse=True)
def at_home(settings, monkeypatch):
    settings.make_folders()
    monkeypatch.setattr(reach, "addresses", lambda: ["192.168.1.5"])


def test_it_is_made_once_and_holds_the_names_of_the_machine(settings):
    made = certificate.current(settings, NOON)
    assert certificate.current(settings, NOON + timedelta(days=300)) == made
    assert len(made.fingerprint) == 32 * 3 - 1
    decoded = ssl._ssl._test_decode_cert(str(made.chain))
    assert ("IP Address", "192.168.1.5") in decoded["subjectAltName"]
    assert ("DNS", "localhost") in decoded["subjectAltName"]
    ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(made.chain, made.key)


@pytest.mark.skipif(os.name != "posix", reason="modes of files")
def test_only_the_owner_reads_the_key(settings):
    assert certificate.current(settings, NOON).key.stat().st_mode & 0o077 == 0


def test_before_it_ends_another_one_for_the_same_key_takes_its_place(settings):
    made = certificate.current(settings, NOON)
    key = made.key.read_bytes()
    renewed = certificate.current(settings, NOON + certificate.LASTS - timedelta(days=59))
    assert renewed.fingerprint != made.fingerprint
    assert made.key.read_bytes() == key


def test_another_address_of_the_machine_asks_for_another_one(settings, monkeypatch):
    made = certificate.current(settings, NOON)
    monkeypatch.setattr(reach, "addresses", lambda: ["192.168.1.77"])
    assert certificate.current(settings, NOON).fingerprint != made.fingerprint


def test_a_clock_that_was_set_back_gets_one_that_is_valid(settings):
    made = certificate.current(settings, NOON)
    assert certificate.current(settings, NOON - timedelta(days=900)).fingerprint != made.fingerprint


@pytest.mark.parametrize("name", ["panel-tls.pem", "panel-tls.key"])
def test_what_a_power_cut_left_is_made_anew(settings, name):
    certificate.current(settings, NOON)
    (settings.data / name).write_bytes(b"")
    made = certificate.current(settings, NOON)
    ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(made.chain, made.key)


def test_a_folder_that_refuses_is_said(settings, monkeypatch):
    def refused(*_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", refused)
    with pytest.raises(BroadcasterError) as error:
        certificate.current(settings, NOON)
    assert error.value.code == "disk"


def test_own_addresses_lead_to_this_machine_from_elsewhere(monkeypatch):
    monkeypatch.undo()
    assert not any(ipaddress.ip_address(each).is_loopback for each in reach.addresses())
