import multiprocessing
import os

import numpy as np
import pytest

from audio.errors import VoiceUnavailable
from audio.format import RATE
from audio.voices.cache import CachedVoice, size_of


class Counted:
    """A voice for tests: noise that depends on the text, and a count of what was asked."""

    name = "counted"

    def __init__(self, version="1"):
        self.version, self.asked = version, []

    def speak(self, text):
        self.asked.append(text)
        noise = np.random.default_rng(len(text)).standard_normal(RATE // 4 * len(text.split()))
        return (0.1 * noise).astype(np.float32)

    def close(self):
        """Holds nothing."""


class Mute(Counted):
    def speak(self, text):
        raise VoiceUnavailable("no network", "offline")


def say_all(folder, texts):
    voice = CachedVoice(Counted(), folder, budget=400_000)
    for text in texts:
        voice.speak(text)


def test_a_sentence_is_made_once_and_found_again_the_same(tmp_path):
    first, again = CachedVoice(Counted(), tmp_path), CachedVoice(Counted(), tmp_path)
    assert np.array_equal(first.speak("một hai"), again.speak("một hai"))
    assert (first.made, first.found, again.made, again.found) == (1, 0, 0, 1)


def test_another_text_another_version_and_another_voice_are_made_anew(tmp_path):
    CachedVoice(Counted(), tmp_path).speak("một hai")
    other = Counted("2")
    CachedVoice(other, tmp_path).speak("một hai")
    same = Counted()
    CachedVoice(same, tmp_path).speak("một ba")
    assert (other.asked, same.asked) == (["một hai"], ["một ba"])


def test_it_is_as_good_as_sixteen_bits(tmp_path):
    kept = CachedVoice(Counted(), tmp_path).speak("một hai ba")
    assert np.abs(kept - Counted().speak("một hai ba")).max() < 1 / 32768


@pytest.mark.parametrize("damage", [b"", b"x", b"fLaC" + bytes(1000), None])
def test_a_damaged_entry_is_thrown_away_and_made_again(tmp_path, damage):
    sound = CachedVoice(Counted(), tmp_path).speak("một hai")
    [entry] = tmp_path.iterdir()
    content = bytearray(entry.read_bytes())
    content[len(content) // 2] ^= 1
    entry.write_bytes(content if damage is None else damage)
    voice = CachedVoice(Counted(), tmp_path)
    assert np.array_equal(voice.speak("một hai"), sound)
    assert voice.made == 1
    assert np.array_equal(voice.speak("một hai"), sound)
    assert voice.found == 1


def test_the_budget_holds_and_the_least_recently_used_goes_first(tmp_path):
    voice = CachedVoice(Counted(), tmp_path, budget=200_000)
    for number in range(12):
        voice.speak("câu quen")
        voice.speak(f"câu {number}")
        assert size_of(tmp_path) <= 200_000
    assert (voice.made, voice.found) == (13, 11)


def test_what_a_killed_process_left_half_written_goes_too(tmp_path):
    (tmp_path / "abc.part").write_bytes(bytes(300_000))
    os.utime(tmp_path / "abc.part", (0, 0))
    CachedVoice(Counted(), tmp_path, budget=200_000).speak("một hai")
    assert [file.suffix for file in tmp_path.iterdir()] == [".voice"]


def test_a_disk_that_refuses_costs_no_sentence(tmp_path):
    (tmp_path / "file").touch()
    voice = CachedVoice(Counted(), tmp_path / "file" / "below")
    assert len(voice.speak("một hai")) == len(voice.speak("một hai"))
    assert voice.made == 2


def test_a_voice_that_fails_leaves_nothing(tmp_path):
    with pytest.raises(VoiceUnavailable):
        CachedVoice(Mute(), tmp_path).speak("một hai")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
def test_several_processes_share_one_folder(tmp_path):
    texts = [f"câu số {n} " * 3 for n in range(20)]
    context = multiprocessing.get_context("spawn")
    workers = [context.Process(target=say_all, args=(tmp_path, texts[n:] + texts[:n])) for n in (0, 7, 14)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert [worker.exitcode for worker in workers] == [0, 0, 0]
    assert 0 < size_of(tmp_path) <= 3 * 400_000
    voice = CachedVoice(Counted(), tmp_path)
    for text in texts:
        assert np.abs(voice.speak(text) - Counted().speak(text)).max() < 1 / 32768
