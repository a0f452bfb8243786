import subprocess

import numpy as np
import pytest
from imageio_ffmpeg import get_ffmpeg_exe

from audio import disk, files
from audio.errors import BadAudio, TooLong
from audio.format import RATE

SENT = {
    "ghi-am-iphone.m4a": ["-c:a", "aac"],
    "ghi-am.aac": ["-c:a", "aac"],
    "dien-thoai-cu.amr": ["-ar", "8000", "-ac", "1", "-c:a", "libopencore_amrnb"],
    "dien-thoai-cu.3gp": ["-ac", "2", "-c:a", "aac"],
    "windows.wma": ["-c:a", "wmav2"],
    "phim.mp4": ["-f", "lavfi", "-i", "color=s=64x64:d=3", "-c:a", "aac"],
    "zalo.webm": ["-c:a", "libopus"],
    "apple.caf": ["-c:a", "alac"],
}


@pytest.fixture(scope="module")
def tone(tmp_path_factory):
    path = tmp_path_factory.mktemp("sent") / "tone.wav"
    files.write(path, (0.3 * np.sin(2 * np.pi * 440 * np.arange(3 * RATE) / RATE)).astype(np.float32))
    return path


def sent(tone, name):
    out = tone.with_name(name)
    subprocess.run([get_ffmpeg_exe(), "-v", "error", "-y", "-i", tone, *SENT[name], out], check=True)
    return out


@pytest.mark.parametrize("name", SENT)
def test_what_people_send_is_heard_at_its_pitch_length_and_level(tone, name):
    sound = files.load(sent(tone, name))
    assert len(sound) / RATE == pytest.approx(3, abs=0.06)
    middle = sound[RATE : 2 * RATE]
    assert np.argmax(np.abs(np.fft.rfft(middle))) == pytest.approx(440, abs=1)
    assert np.sqrt(np.mean(middle**2)) == pytest.approx(0.3 / np.sqrt(2), rel=0.3)  # AMR is made for voices


def test_a_phone_recording_becomes_a_recording_at_the_house_level(tone, tmp_path):
    assert files.import_clip(sent(tone, "ghi-am-iphone.m4a"), tmp_path / "o.flac").lufs == pytest.approx(-16, abs=0.2)


def test_a_film_without_sound_holds_no_sound(tmp_path):
    film = tmp_path / "câm.mp4"
    subprocess.run([get_ffmpeg_exe(), "-v", "error", "-f", "lavfi", "-i", "color=s=64x64:d=1", film], check=True)
    with pytest.raises(BadAudio, match="holds no sound"):
        files.load(film)


def test_too_long_is_noticed_while_decoding(tone):
    with pytest.raises(TooLong):
        files.load(sent(tone, "ghi-am-iphone.m4a"), longest_s=1.0)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("playlist.m3u8", b"#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\ntone.wav\n#EXT-X-ENDLIST\n"),
        ("list.txt", b"ffconcat version 1.0\nfile tone.wav\n"),
        ("noise.m4a", np.random.default_rng(1).bytes(50_000)),
    ],
)
def test_lists_of_other_files_and_rubbish_are_refused(tone, name, content):
    path = tone.with_name(name)
    path.write_bytes(content)
    with pytest.raises(BadAudio, match="not decodable"):
        files.load(path)


def test_recordings_of_different_kinds_glued_together_are_refused(tone):
    whole = sent(tone, "ghi-am.aac").read_bytes()
    other = tone.with_name("khac.aac")
    subprocess.run([get_ffmpeg_exe(), "-v", "error", "-y", "-i", tone, "-ar", "22050", "-ac", "2", other], check=True)
    glued = tone.with_name("ghep.aac")
    glued.write_bytes(whole + other.read_bytes())
    with pytest.raises(BadAudio, match="not decodable"):
        list(disk.blocks(glued))


def test_a_phone_recording_cut_off_by_a_full_memory_card_is_refused(tone):
    whole = sent(tone, "ghi-am-iphone.m4a").read_bytes()
    cut = tone.with_name("cut.m4a")
    cut.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(BadAudio, match="not decodable"):
        list(disk.blocks(cut))
