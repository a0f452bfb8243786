"""What can happen to sound between the mixer and the ear, made to order."""

import numpy as np

from audio.disk import to_int16
from audio.dsp import joined, low_pass, resampled
from audio.edit import phrase
from audio.format import RATE
from audio.proof.tape import LOBES, LOW, Tape
from audio.voices import open_voice


def tape(sound):
    low = joined(resampled([sound], RATE, LOW, LOBES))
    return Tape(to_int16(sound), low - low.mean())


WORDS = (
    "bà con xã thôn đường làng trộm cắp mất xe máy đêm qua công an nhắc nhở khóa cửa cẩn thận người lạ gọi điện "
    "lừa đảo chuyển tiền mưa lũ nước lên sông suối trường học trẻ em an toàn giao thông uống rượu lái gương tốt "
    "việc nhặt được của rơi trả lại kính mời họp chiều mai hội trường tổ trưởng phòng cháy chữa rừng khô nắng"
)
SYLLABLES = WORDS.split()


def talk(seconds, seed=1):
    """A voice that never says the same twice."""
    random, parts, voice = rng(seed), [], open_voice("espeak")
    while sum(map(len, parts)) < seconds * RATE:
        words = random.choice(SYLLABLES, random.integers(6, 14))
        parts.append(phrase(voice.speak(" ".join(words)), float(random.uniform(0.3, 0.9))))
    sound = np.concatenate(parts)[: round(seconds * RATE)]
    return (0.9 * sound / np.abs(sound).max()).astype(np.float32)


def rng(seed=1):
    return np.random.default_rng(seed)


def level(sound):
    return float(np.sqrt(np.mean(np.square(sound))))


def between(sound, before_s=2.0, after_s=2.0):
    """The recorder ran before and after."""
    return np.concatenate(
        [np.zeros(round(before_s * RATE), np.float32), sound, np.zeros(round(after_s * RATE), np.float32)]
    )


def noisy(sound, snr_db, seed=1):
    noise = rng(seed).standard_normal(len(sound)).astype(np.float32)
    return sound + noise * np.float32(level(sound) * 10 ** (-snr_db / 20))


def drifted(sound, ppm):
    """A recorder whose clock runs faster by `ppm`: it takes more samples of the same sound."""
    places = np.arange(int(len(sound) * (1 + ppm * 1e-6))) / (1 + ppm * 1e-6)
    return np.interp(places, np.arange(len(sound)), sound).astype(np.float32)


def holed(sound, at_s, seconds):
    out = sound.copy()
    out[round(at_s * RATE) : round((at_s + seconds) * RATE)] = 0
    return out


def skipped(sound, at_s, frames):
    at = round(at_s * RATE)
    return np.concatenate([sound[:at], sound[at + frames :]])


def repeated(sound, at_s, frames):
    at = round(at_s * RATE)
    return np.concatenate([sound[:at], sound[at - frames :]])


def paused(sound, at_s, frames):
    at = round(at_s * RATE)
    return np.concatenate([sound[:at], np.zeros(frames, np.float32), sound[at:]])


def convolved(sound, response):
    size = 1 << (len(sound) + len(response)).bit_length()
    product = np.fft.irfft(np.fft.rfft(sound, size) * np.fft.rfft(response, size), size)
    return product[: len(sound)].astype(np.float32)


def through_a_horn(sound, echo_s=1.0, snr_db=10.0, seed=1):
    """A horn passes 400 to 4000 Hz with a peak, a second horn follows 90 ms later, and a square answers for a second
    (the direct sound no louder than the echoes); wind and motorbikes are the noise."""
    random = rng(seed)
    half = 400
    band = low_pass(half, 8000 / RATE) - low_pass(half, 800 / RATE)
    ring = np.exp(-np.arange(400) / 60) * np.sin(2 * np.pi * 1300 * np.arange(400) / RATE)
    frames = round(echo_s * RATE)
    room = random.standard_normal(frames) * np.exp(-6.9 * np.arange(frames) / frames)
    room /= np.sqrt(np.sum(room**2))
    room[0] += 0.7
    room[round(0.09 * RATE)] += 0.6
    horn = np.convolve(band, np.concatenate([[1.0], 0.3 * ring]))
    heard = convolved(convolved(sound, horn), room)
    rumble = np.cumsum(random.standard_normal(len(heard)))
    rumble -= np.convolve(rumble, np.ones(2001) / 2001, "same")
    noise = random.standard_normal(len(heard)) / 2 + rumble / level(rumble)
    return (heard + noise * level(heard) / level(noise) * 10 ** (-snr_db / 20)).astype(np.float32)
