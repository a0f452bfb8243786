"""Record the null sink's monitor, stamping each read: record_monitor.py RAW STAMPS SINK (stops on SIGTERM).

The sink renders a block when its clock reaches it, so a read's first sample is nominally audible when it arrives;
the median over all reads of (arrival - index / rate) is the instant of sample 0.
"""

import os
import signal
import subprocess
import sys
import time

import numpy as np

raw, stamps, sink = sys.argv[1:]
parec = subprocess.Popen(
    [
        *("parec", "--latency-msec=4", "--process-time-msec=4", "-d", f"{sink}.monitor"),
        *("--raw", "--format=s16le", "--rate=48000", "--channels=1"),
    ],
    stdout=subprocess.PIPE,
)
signal.signal(signal.SIGTERM, lambda *_: parec.terminate())
count = 0
with open(raw, "wb", buffering=1 << 16) as sound, open(stamps, "wb", buffering=160) as times:
    while data := os.read(parec.stdout.fileno(), 65536):
        times.write(np.array([time.time(), count // 2], "<f8").tobytes())
        sound.write(data)
        count += len(data)
