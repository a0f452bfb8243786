"""Sound that libsndfile can't read: phone recordings (M4A, AAC, AMR, 3GP), WMA, films. The only module that knows PyAV,
and loaded only for such a file."""

from collections.abc import Iterator
from io import BufferedIOBase

import av

from audio.errors import BadAudio
from audio.format import RATE, Samples

# What people send. Playlists and the like stay out: they would make the library open other files and addresses.
KNOWN = "aac,ac3,aiff,amr,ape,asf,avi,caf,flac,flv,matroska,mov,mp3,mpeg,mpegts,ogg,wav"


def blocks(file: BufferedIOBase, name: str) -> Iterator[Samples]:
    """The first sound track as mono float32 blocks at 48 kHz, decoded as they are asked for. Raises BadAudio."""
    try:
        with av.open(file, "r", options={"format_whitelist": KNOWN}) as container:
            if not container.streams.audio:
                raise BadAudio(f"{name}: holds no sound", "empty")
            to_ours = av.AudioResampler(format="flt", layout="mono", rate=RATE)
            for frame in container.decode(audio=0):
                for part in to_ours.resample(frame):
                    yield part.to_ndarray()[0]
            for part in to_ours.resample(None):
                yield part.to_ndarray()[0]
    except (av.FFmpegError, OSError, ValueError) as error:  # ValueError: rate or channels change on the way
        raise BadAudio(f"{name}: not decodable ({getattr(error, 'strerror', None) or error})") from error
