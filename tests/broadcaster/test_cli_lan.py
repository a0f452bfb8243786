"""What `broadcaster run --lan` tells whoever holds a telephone, and the setting that stands for it."""

from broadcaster import certificate
from broadcaster.cli import running
from broadcaster.settings import Settings


def test_the_address_the_warning_and_the_fingerprint_are_told(monkeypatch, capsys):
    monkeypatch.setattr(certificate, "addresses", lambda: ["192.168.1.5", "10.0.0.7"])
    running._tell_telephones("AB:CD", 8370)
    said = capsys.readouterr().out
    assert "mở: https://192.168.1.5:8370\n" in said
    assert "“Nâng cao”" in said
    assert "AB:CD" in said


def test_without_a_network_it_says_what_to_do(monkeypatch, capsys):
    monkeypatch.setattr(certificate, "addresses", list)
    running._tell_telephones("AB:CD", 8370)
    assert "Hãy nối Wi-Fi hoặc dây mạng" in capsys.readouterr().out


def test_the_setting_survives_a_restart(monkeypatch, tmp_path):
    assert not Settings.load(str(tmp_path)).lan
    monkeypatch.setenv("BROADCASTER_LAN", "1")
    assert Settings.load(str(tmp_path)).lan
