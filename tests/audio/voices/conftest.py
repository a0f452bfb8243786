import edge_tts.communicate
import pytest

from tests.audio.voices import fake_google
from tests.audio.voices.fake_edge import FakeEdge


@pytest.fixture
def google(monkeypatch):
    """The speech service's stand-in, found by voices through the environment."""
    with fake_google.running() as server:
        monkeypatch.setenv("BROADCASTER_GTTS_URL", server.url)
        monkeypatch.setenv("no_proxy", "127.0.0.1")
        yield server
        assert not server.misunderstood


@pytest.fixture
def edge(monkeypatch):
    """The stand-in for Edge's service; the package has no other way to be sent elsewhere than its own constant."""
    with FakeEdge().running() as server:
        monkeypatch.setattr(edge_tts.communicate, "WSS_URL", server.url)
        monkeypatch.setenv("no_proxy", "127.0.0.1")
        yield server
