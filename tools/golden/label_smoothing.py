"""Weights of label-distribution smoothing (Yang et al., ICML 2021, arXiv:2102.09554): the inverse of the label histogram
convolved with a Gaussian of 5 cells and deviation 2. SciPy's convolution and window; run with numpy 2, scipy 1.

    python tools/golden/label_smoothing.py
"""

import json
import pathlib

import numpy as np
import scipy
from scipy.ndimage import convolve1d
from scipy.signal.windows import gaussian

TARGET = pathlib.Path(__file__).parents[2] / "numclip-core/src/test/resources/golden/label-smoothing.json"

labels = np.array([0, 0, 0, 1, 1, 3, 3, 3, 3, 3, 7, 12, 12, 19, 20], dtype=float)
histogram = np.bincount(labels.astype(int), minlength=21).astype(float)
density = convolve1d(histogram, gaussian(5, std=2), mode="constant")
weights = 1 / density[labels.astype(int)]
TARGET.write_text(
    json.dumps({"made with": f"scipy {scipy.__version__}", "labels": labels.tolist(), "weights": weights.tolist()}, indent=1)
    + "\n"
)
