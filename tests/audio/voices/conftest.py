import pytest

from tests.audio.voices import fake_google


@pytest.fixture
def google(monkeypatch):
    """The speech service's stand-in, found by voices through the environment."""
    with fake_google.running() as server:
        monkeypatch.setenv("BROADCASTER_GTTS_URL", server.url)
        monkeypatch.setenv("no_proxy", "127.0.0.1")
        yield server
        assert not server.misunderstood
