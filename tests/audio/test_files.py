import hashlib

import numpy as np
import pytest
import soundfile

from audio import disk, files
from audio.chimes import opening
from audio.errors import BadAudio, TooLong, UnknownFormat
from audio.format import RATE
from tests.audio.ebur128 import ebur128

SECOND = (0.25 * np.sin(2 * np.pi * 440 * np.arange(RATE) / RATE)).astype(np.float32)
SILENCE = np.zeros(RATE, np.float32)


@pytest.mark.parametrize(
    ("suffix", "error"), [("wav", 1e-4), ("flac", 1e-4), ("mp3", 0.03), ("ogg", 0.03), ("opus", 0.03)]
)
def test_what_is_written_is_read_back(tmp_path, suffix, error):
    path = tmp_path / f"bản tin.{suffix}"
    files.write(path, SECOND)
    back = files.load(path)
    assert back.dtype == np.float32
    assert abs(len(back) - RATE) < RATE // 10
    assert np.abs(back).max() == pytest.approx(0.25, abs=error)


@pytest.mark.parametrize(
    ("rate", "channels", "subtype"), [(44_100, 2, "PCM_16"), (22_050, 1, "PCM_U8"), (96_000, 3, "FLOAT")]
)
def test_any_rate_and_any_number_of_channels_become_mono_at_48_khz(tmp_path, rate, channels, subtype):
    tone = 0.25 * np.sin(2 * np.pi * 440 * np.arange(rate) / rate)
    soundfile.write(tmp_path / "x.wav", np.tile(tone[:, None], channels), rate, subtype=subtype)
    back = files.load(tmp_path / "x.wav")
    assert len(back) == RATE
    assert np.abs(back - SECOND)[1000:-1000].max() < 0.01
    assert files.info(tmp_path / "x.wav") == files.AudioInfo(RATE, 1.0)


def breaks_off():
    yield SECOND
    raise RuntimeError("power cut")


def test_a_whole_file_or_none(tmp_path):
    path = tmp_path / "x.flac"
    files.write(path, SECOND)
    before = path.read_bytes()
    with pytest.raises(RuntimeError, match="power cut"):
        disk.write(path, breaks_off())
    assert path.read_bytes() == before
    assert [file.name for file in tmp_path.iterdir()] == ["x.flac"]


def test_a_file_gets_the_rights_any_new_file_gets(tmp_path):
    (tmp_path / "plain").touch()
    files.write(tmp_path / "x.flac", SECOND)
    assert (tmp_path / "x.flac").stat().st_mode == (tmp_path / "plain").stat().st_mode


def test_an_unknown_suffix_is_refused(tmp_path):
    with pytest.raises(UnknownFormat):
        files.write(tmp_path / "x.aac", SECOND)


def spoiled(tmp_path):
    files.write(tmp_path / "good.wav", SECOND)
    whole = (tmp_path / "good.wav").read_bytes()
    yield "missing", None
    yield "empty", b""
    yield "no sound at all", "Kính thưa bà con".encode()
    yield "header only", whole[:20]
    yield "no samples", whole[:40] + b"\0\0\0\0"


def test_what_is_no_sound_is_bad_audio(tmp_path):
    for name, content in spoiled(tmp_path):
        path = tmp_path / f"{name}.wav"
        if content is not None:
            path.write_bytes(content)
        with pytest.raises(BadAudio, match=name):
            files.load(path)


def test_a_file_without_a_byte_is_refused_without_a_word_on_the_screen(tmp_path, capfd):
    for suffix in ("mp3", "wav", "m4a"):
        path = tmp_path / f"empty.{suffix}"
        path.touch()
        with pytest.raises(BadAudio) as refused:
            files.load(path)
        assert refused.value.code == "empty"
    assert capfd.readouterr().err == ""


def test_a_folder_that_is_not_there_is_told_by_the_name_people_gave(tmp_path):
    with pytest.raises(FileNotFoundError) as refused:
        files.write(tmp_path / "nowhere" / "x.wav", SECOND)
    assert refused.value.filename == str(tmp_path / "nowhere" / "x.wav")


def test_values_that_are_no_numbers_are_bad_audio(tmp_path):
    sound = SECOND.copy()
    sound[100] = np.nan
    soundfile.write(tmp_path / "x.wav", sound, RATE, subtype="FLOAT")
    with pytest.raises(BadAudio, match="no numbers"):
        files.load(tmp_path / "x.wav")


def test_what_is_too_long_is_said_to_be(tmp_path):
    files.write(tmp_path / "x.wav", np.tile(SECOND, 3))
    with pytest.raises(TooLong):
        files.load(tmp_path / "x.wav", longest_s=2.0)


def test_sha256_is_that_of_the_bytes(tmp_path):
    (tmp_path / "x").write_bytes(b"loa")
    assert files.sha256(tmp_path / "x") == hashlib.sha256(b"loa").hexdigest()


@pytest.mark.parametrize("level", [0.01, 0.2, 1.9])
def test_a_jingle_is_imported_at_the_house_level_whatever_it_had(tmp_path, level):
    soundfile.write(tmp_path / "jingle.wav", level * opening(), RATE, subtype="FLOAT")
    clip = files.import_clip(tmp_path / "jingle.wav", tmp_path / "clip.flac")
    lufs, peak = ebur128(clip.path)
    assert lufs == pytest.approx(-16, abs=0.5)
    assert peak <= -1.0
    assert clip.lufs == pytest.approx(lufs, abs=0.1)
    assert clip.sha256 == files.sha256(clip.path)
    assert soundfile.info(clip.path).subtype == "PCM_16"


def test_silence_at_the_ends_of_a_recording_is_taken_off(tmp_path):
    files.write(tmp_path / "x.wav", np.concatenate([SILENCE, SECOND, SILENCE, SILENCE]))
    clip = files.import_clip(tmp_path / "x.wav", tmp_path / "clip.flac")
    assert clip.duration_s == pytest.approx(1.0, abs=0.03)
    assert clip.frames == files.info(clip.path).frames
    assert clip.silence_s == pytest.approx(3 * len(SILENCE) / RATE, abs=0.03)


def test_a_silent_recording_is_refused_and_leaves_nothing_behind(tmp_path):
    files.write(tmp_path / "x.wav", SILENCE)
    with pytest.raises(BadAudio, match="silent"):
        files.import_clip(tmp_path / "x.wav", tmp_path / "clip.flac")
    assert [file.name for file in tmp_path.iterdir()] == ["x.wav"]
