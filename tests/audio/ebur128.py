"""ffmpeg's loudness meter, the independent witness."""

import re
import subprocess

from imageio_ffmpeg import get_ffmpeg_exe


def ebur128(path):
    """(integrated loudness in LUFS, true peak in dBTP) as ffmpeg's ebur128 filter reports them, to 0.1."""
    command = [get_ffmpeg_exe(), "-nostats", "-i", str(path), "-af", "ebur128=peak=true", "-f", "null", "-"]
    # ffmpeg cuts long tags off in the middle of a letter.
    report = subprocess.run(command, capture_output=True, check=True).stderr.decode(errors="replace")
    loudness = re.findall(r"I:\s+(-?[\d.]+|-inf) LUFS", report)[-1]
    peak = re.findall(r"Peak:\s+(-?[\d.]+|-inf) dBFS", report)[-1]
    return float(loudness), float(peak)
