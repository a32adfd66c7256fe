"""How well two folders of features agree, by file name. Usage: OURS THEIRS

Prints the smallest cosine of the same image in both, and the median cosine of two different images for scale.
"""
import csv
import sys
from pathlib import Path

import numpy as np

from common import report


def features(folder):
    """Unit vectors by file name."""
    rows = np.load(Path(folder) / "features.npy").astype(np.float64)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    with open(Path(folder) / "images.csv", newline="") as table:
        return {Path(line["file"]).name: rows[int(line["row"])] for line in csv.DictReader(table) if not line["error"]}


ours, theirs = (features(folder) for folder in sys.argv[1:])
if ours.keys() != theirs.keys():
    sys.exit(f"error: the folders hold different images: {len(ours)} and {len(theirs)}, "
             f"{len(ours.keys() & theirs.keys())} in common")
report("minimum-cosine", min(ours[name] @ theirs[name] for name in ours))
rows = np.stack(list(theirs.values()))
report("other-images", np.median((rows @ rows.T)[np.triu_indices(len(rows), 1)]))
