"""The one sound format inside the house: 48 kHz, mono, float32 in [-1, 1]."""

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

RATE = 48_000  # frames a second; what sound cards run at natively, so nothing is resampled on air
Samples: TypeAlias = NDArray[np.float32]
