"""Weights of label-distribution smoothing (Yang et al., ICML 2021, arXiv:2102.09554): the inverse of the label histogram
convolved with a Gaussian window. As in the authors' code, the window is a delta impulse of 5 cells after SciPy's Gaussian
filter of deviation 2, whose default border mirrors the impulse's tails back into the window, divided by its maximum.
Run with numpy 2, scipy 1.

    python tools/golden/label_smoothing.py
"""

import json
import pathlib

import numpy as np
import scipy
from scipy.ndimage import convolve1d, gaussian_filter1d

TARGET = pathlib.Path(__file__).parents[2] / "numclip-core/src/test/resources/golden/label-smoothing.json"

impulse = np.zeros(5)
impulse[2] = 1
filtered = gaussian_filter1d(impulse, sigma=2)
window = filtered / filtered.max()
labels = np.array([0, 0, 0, 1, 1, 3, 3, 3, 3, 3, 7, 12, 12, 19, 20], dtype=float)
histogram = np.bincount(labels.astype(int), minlength=21).astype(float)
density = convolve1d(histogram, window, mode="constant")
weights = 1 / density[labels.astype(int)]
TARGET.write_text(
    json.dumps(
        {
            "made with": f"scipy {scipy.__version__}",
            "window": window.tolist(),
            "labels": labels.tolist(),
            "weights": weights.tolist(),
        },
        indent=1,
    )
    + "\n"
)
