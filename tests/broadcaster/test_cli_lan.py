"""What `broadcaster run --lan` tells whoever holds a telephone, and the setting that stands for it."""

import pytest

from broadcaster.cli import running
from broadcaster.errors import BroadcasterError
from broadcaster.settings import Settings


def test_the_address_the_warning_and_the_fingerprint_are_told(capsys):
    running._tell_telephones("AB:CD", ["https://192.168.1.5:8370", "https://10.0.0.7:8370"])
    said = capsys.readouterr().out
    assert "mở: https://192.168.1.5:8370\n" in said
    assert "“Nâng cao”" in said
    assert "AB:CD" in said


def test_without_a_network_it_says_what_to_do(capsys):
    running._tell_telephones("AB:CD", [])
    assert "Hãy nối Wi-Fi hoặc dây mạng" in capsys.readouterr().out


@pytest.mark.parametrize(("port", "again"), [(8370, "broadcaster run --lan\n"), (8371, "run --lan --port 8371\n")])
def test_plain_http_for_others_says_what_it_costs_and_what_to_type_instead(capsys, port, again):
    running._warn_of_plain_http(f"http://192.168.1.5:{port}", port)
    said = capsys.readouterr().out
    assert "mật khẩu và mã lãnh đạo đi trần" in said
    assert "micro" in said
    assert said.endswith(again)


def test_proxies_that_are_believed_are_addresses_or_networks(monkeypatch, tmp_path):
    assert Settings.load(str(tmp_path)).proxies == ()
    monkeypatch.setenv("BROADCASTER_PROXIES", "127.0.0.1, 10.0.0.7/24,::1")
    assert Settings.load(str(tmp_path)).proxies == ("127.0.0.1/32", "10.0.0.0/24", "::1/128")
    monkeypatch.setenv("BROADCASTER_PROXIES", "nginx")
    with pytest.raises(BroadcasterError, match="proxies-bad"):
        Settings.load(str(tmp_path))


def test_the_setting_survives_a_restart(monkeypatch, tmp_path):
    assert not Settings.load(str(tmp_path)).lan
    monkeypatch.setenv("BROADCASTER_LAN", "1")
    assert Settings.load(str(tmp_path)).lan
