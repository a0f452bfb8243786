from itertools import pairwise

import numpy as np
import pytest
import soundfile

from audio import files
from audio.compose import boundaries, compose
from audio.errors import BadAudio, VoiceUnavailable
from audio.format import RATE
from audio.loudness import measure
from audio.segments import Chime, Clip, Silence, Speech
from audio.voices import open_voice
from tests.audio.ebur128 import ebur128

SENTENCES = (
    ("Kính thưa toàn thể bà con nhân dân trong xã.", 0.7),
    ("Mời bà con nghe chuyên mục an ninh trật tự của công an xã.", 1.0),
    ("Trộm cau, trộm chó, trộm xe máy vào ban đêm, nhất là từ hai mươi hai giờ đến bốn giờ.", 0.6),
    ("Đã uống rượu, bia thì không lái xe.", 0.0),
)


class Murmur:
    """A voice for tests: every syllable a quarter of a second of noise, at a level that wanders."""

    name, version = "murmur", "1"

    def speak(self, text):
        random = np.random.default_rng(len(text))
        return (random.standard_normal(RATE // 4 * len(text.split())) * 0.02 * len(text)).astype(np.float32) / 10

    def close(self):
        """Holds nothing."""


class Broken(Murmur):
    def speak(self, text):
        raise VoiceUnavailable("no network")


@pytest.fixture(scope="module")
def programme(tmp_path_factory):
    folder = tmp_path_factory.mktemp("programme")
    recording = folder / "ghi âm.wav"
    soundfile.write(recording, 0.05 * open_voice().speak("Tôi là công an viên thôn một, xin nhắc bà con."), RATE)
    segments = [
        Chime("Nhạc hiệu", "opening"),
        Speech("Tình hình", SENTENCES),
        Silence(1.5),
        Clip("Lời nhắc", recording),
        Speech("Khuyến cáo", SENTENCES[::-1]),
        Chime("Còi", "siren"),
        Chime("Nhạc kết", "closing"),
    ]
    return segments, compose(segments, folder / "out.flac", voice=open_voice())


def longest_silence_s(path):
    return np.diff(np.flatnonzero(np.abs(files.load(path)) > 0.001)).max() / RATE


def test_the_whole_is_at_the_target_and_below_the_peak_by_ffmpegs_measure(programme):
    _, composed = programme
    lufs, peak = ebur128(composed.path)
    assert lufs == pytest.approx(-16.0, abs=0.5)
    assert peak <= -1.0
    assert composed.lufs == pytest.approx(lufs, abs=0.1)
    assert composed.true_peak_dbtp == pytest.approx(peak, abs=0.2)


def test_speech_chimes_and_recordings_are_equally_loud(programme):
    _, composed = programme
    sound = files.load(composed.path)
    heard = [s for s in composed.segments if s.kind != "silence"]
    levels = [measure(sound[round(s.start_s * RATE) : round(s.end_s * RATE)]).lufs for s in heard]
    assert max(levels) - min(levels) < 1.0


def test_the_file_is_what_it_is_said_to_be(programme):
    _, composed = programme
    info = soundfile.info(composed.path)
    assert (info.samplerate, info.channels, info.format, info.subtype) == (RATE, 1, "FLAC", "PCM_16")
    assert info.frames == composed.frames
    assert composed.duration_s == pytest.approx(composed.frames / RATE)
    assert composed.sha256 == files.sha256(composed.path)
    assert composed.voice.startswith("espeak 1.")


def test_the_segments_are_listed_in_order_without_a_gap(programme):
    segments, composed = programme
    listed = composed.segments
    assert [s.kind for s in listed] == ["chime", "speech", "silence", "clip", "speech", "chime", "chime"]
    assert [s.title for s in listed] == [getattr(segment, "title", "") for segment in segments]
    assert listed[0].start_s == 0.0
    assert listed[-1].end_s == composed.duration_s
    assert all(a.end_s == b.start_s for a, b in pairwise(listed))


def test_the_list_travels_inside_the_file(programme, tmp_path):
    _, composed = programme
    assert boundaries(composed.path) == composed.segments
    files.write(tmp_path / "other.flac", np.ones(10, np.float32))
    assert boundaries(tmp_path / "other.flac") == ()
    (tmp_path / "broken.flac").write_bytes(b"fLaC")
    assert boundaries(tmp_path / "broken.flac") == ()


def test_every_segment_begins_with_sound_softly(programme):
    _, composed = programme
    sound = files.load(composed.path)
    for segment in composed.segments:
        first = round(segment.start_s * RATE)
        if segment.kind != "silence":
            assert np.abs(sound[first : first + RATE // 10]).max() > 0.001
        assert abs(sound[first]) < 0.003


def test_no_silence_inside_is_so_long_that_people_think_it_is_over(programme, tmp_path):
    assert longest_silence_s(programme[1].path) <= 2.5
    gaps = [Speech("a", (("một hai", 9.0),)), Silence(30.0), Silence(2.0), Speech("b", (("ba bốn", 0.0),))]
    composed = compose(gaps, tmp_path / "out.flac", voice=Murmur())
    assert longest_silence_s(composed.path) <= 2.5


def test_sentences_with_nothing_to_say_add_no_silence(tmp_path):
    empty = (("...", 2.0), ("—", 2.0), ("!", 2.0))
    speech = Speech("a", (("Một hai.", 1.0), *empty, ("Ba bốn.", 0.0)))
    composed = compose([speech], tmp_path / "out.flac", voice=open_voice())
    assert longest_silence_s(composed.path) <= 2.5


def test_a_recording_with_a_long_hole_is_closed_up(tmp_path):
    tone = Murmur().speak("một hai ba bốn")
    files.write(tmp_path / "x.wav", np.concatenate([tone, np.zeros(6 * RATE, np.float32), tone]))
    composed = compose([Clip("x", tmp_path / "x.wav")], tmp_path / "out.flac", voice=Murmur())
    assert longest_silence_s(composed.path) <= 2.5


def test_pauses_are_as_long_as_the_sentences_ask(tmp_path):
    speech = Speech("a", (("một hai ba bốn", 0.5), ("một hai ba bốn", 0.0)))
    composed = compose([speech], tmp_path / "out.flac", voice=Murmur())
    assert composed.duration_s == pytest.approx(1 + 0.5 + 1)


def test_segments_are_kept_apart_by_some_air(tmp_path):
    parts = [Speech("a", (("một hai ba bốn", 0.0),)), Speech("b", (("một hai ba bốn", 0.0),))]
    composed = compose(parts, tmp_path / "out.flac", voice=Murmur())
    assert composed.segments[1].start_s == pytest.approx(1.4)


def test_a_recording_from_the_store_is_neither_measured_nor_trimmed_again(tmp_path, monkeypatch):
    files.write(tmp_path / "x.wav", Murmur().speak("một hai ba bốn"))
    kept = files.import_clip(tmp_path / "x.wav", tmp_path / "kept.flac")
    monkeypatch.setattr("audio.compose.clip", lambda path: pytest.fail("read as an upload"))
    composed = compose([Clip("x", kept.path), Clip("y", kept.path)], tmp_path / "out.flac", voice=Murmur())
    assert composed.lufs == pytest.approx(-16, abs=0.1)
    assert composed.duration_s == pytest.approx(2 * kept.duration_s + 0.4)


def test_a_recording_somebody_cut_since_is_measured(tmp_path):
    files.write(tmp_path / "x.wav", Murmur().speak("một hai ba bốn"))
    kept = files.import_clip(tmp_path / "x.wav", tmp_path / "kept.flac")
    with soundfile.SoundFile(tmp_path / "cut.flac", "w", RATE, 1) as cut:
        cut.comment = soundfile.SoundFile(kept.path).comment
        cut.write(0.1 * files.load(kept.path)[: RATE // 2])
    composed = compose([Clip("x", tmp_path / "cut.flac")], tmp_path / "out.flac", voice=Murmur())
    assert composed.lufs == pytest.approx(-16, abs=0.2)


def test_the_same_segments_give_the_same_bytes(programme, tmp_path):
    segments, composed = programme
    again = compose(segments, tmp_path / "again.flac", voice=open_voice())
    assert again.sha256 == composed.sha256


def test_progress_counts_sentences_and_other_segments(tmp_path):
    told = []
    segments = [Chime("a", "closing"), Speech("b", SENTENCES), Silence(0.2)]
    compose(segments, tmp_path / "o.flac", voice=Murmur(), progress=lambda done, total: told.append((done, total)))
    assert told == [(n, 6) for n in range(1, 7)]


def test_another_target_is_met_too(tmp_path):
    composed = compose(
        [Speech("a", SENTENCES)],
        tmp_path / "o.flac",
        voice=open_voice(),
        target_lufs=-20.0,
        max_true_peak=-6.0,
    )
    lufs, peak = ebur128(composed.path)
    assert lufs == pytest.approx(-20, abs=0.5)
    assert peak <= -6.0


def test_one_short_word_is_as_loud_as_the_rest(tmp_path):
    composed = compose([Speech("a", (("Hết.", 0.0),))], tmp_path / "o.flac", voice=open_voice())
    assert composed.lufs == pytest.approx(-16, abs=1.0)


@pytest.mark.parametrize(
    ("segments", "voice", "error"),
    [
        ([Speech("a", SENTENCES)], Broken(), VoiceUnavailable),
        ([Silence(1.0)], Murmur(), BadAudio),
        ([], Murmur(), BadAudio),
        ([Speech("a", (("...", 0.5),))], open_voice(), BadAudio),
        ([Chime("a", "gong")], Murmur(), BadAudio),
    ],
)
def test_when_it_fails_the_old_file_stays_and_nothing_else(tmp_path, segments, voice, error):
    out = tmp_path / "out.flac"
    out.write_bytes(b"old")
    with pytest.raises(error):
        compose(segments, out, voice=voice)
    assert out.read_bytes() == b"old"
    assert [file.name for file in tmp_path.iterdir()] == ["out.flac"]


def test_a_missing_recording_is_named(tmp_path):
    with pytest.raises(BadAudio, match=r"none\.wav"):
        compose([Clip("x", tmp_path / "none.wav")], tmp_path / "out.flac", voice=Murmur())


def test_every_sentence_is_where_it_is_said_to_be(tmp_path):
    parts = [
        Chime("Nhạc hiệu", "opening"),
        Speech("Một", SENTENCES[:2]),
        Silence(1.0),
        Speech("Hai", SENTENCES[2:]),
    ]
    composed = compose(parts, tmp_path / "out.flac", voice=Murmur())
    assert [said.text for said in composed.said] == [text for text, _ in SENTENCES]
    sound, _ = soundfile.read(tmp_path / "out.flac")
    for said, after in pairwise([*composed.said, None]):
        first, last = round(said.start_s * RATE), round(said.end_s * RATE)
        assert last - first == RATE // 4 * len(said.text.split())
        assert abs(sound[first : first + 10]).max() > 0
        assert not sound[last : round(after.start_s * RATE) if after else None].any()
