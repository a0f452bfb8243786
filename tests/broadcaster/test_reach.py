"""Under which addresses the panel is found, from here and from elsewhere."""

import pytest

from broadcaster import reach


@pytest.fixture(autouse=True)
def network(monkeypatch):
    monkeypatch.setattr(reach, "addresses", lambda sixes=False: ["192.168.1.5", *(["2001:db8::5"] if sixes else [])])


@pytest.mark.parametrize(
    ("host", "lan", "here", "others"),
    [
        ("127.0.0.1", False, "http://127.0.0.1:80", []),
        ("localhost", False, "http://localhost:80", []),
        ("::1", False, "http://[::1]:80", []),
        ("0.0.0.0", False, "http://127.0.0.1:80", ["http://192.168.1.5:80"]),
        ("0.0.0.0", True, "http://127.0.0.1:80", ["https://192.168.1.5:80"]),
        ("::", True, "http://127.0.0.1:80", ["https://192.168.1.5:80", "https://[2001:db8::5]:80"]),
        ("192.168.1.5", False, "http://192.168.1.5:80", ["http://192.168.1.5:80"]),
        ("192.168.1.5", True, "https://192.168.1.5:80", ["https://192.168.1.5:80"]),
        ("2001:db8::5", True, "https://[2001:db8::5]:80", ["https://[2001:db8::5]:80"]),
    ],
)
def test_each_way_of_listening_has_its_addresses(host, lan, here, others):
    assert reach.here(host, 80, lan=lan) == here
    assert reach.others(host, 80, lan=lan) == others


@pytest.mark.parametrize("address", ["127.0.0.1", "127.8.9.1", "::1", "::ffff:127.0.0.1", "localhost"])
def test_this_machine_is_known_in_every_spelling(address):
    assert reach.loopback(address)


@pytest.mark.parametrize("address", ["192.168.1.5", "2001:db8::5", "fe80::1%eth0", "::ffff:10.0.0.1", "0.0.0.0", "::"])
def test_others_are_not_taken_for_it(address):
    assert not reach.loopback(address)
