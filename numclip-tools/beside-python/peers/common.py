"""What the peers share: the images of a folder, the file of features, and the lines that the harness reads."""
import csv
import os
import time
from pathlib import Path

import numpy as np
import torch

BATCH = 32

torch.set_num_threads(int(os.environ.get("OMP_NUM_THREADS", "2")))


class Stopwatch:
    """Seconds since it was made."""

    def __init__(self):
        self.start = time.perf_counter()

    def seconds(self):
        return time.perf_counter() - self.start


def report(name, value):
    """One line that the harness reads, such as 'seconds 1.25'."""
    print(f"{name} {value:.6g}", flush=True)


def image_files(folder):
    return sorted(path for path in Path(folder).iterdir() if path.suffix == ".jpg")


def batches(items):
    return [items[start:start + BATCH] for start in range(0, len(items), BATCH)]


def save_features(folder, files, features):
    """features.npy (N, D) float32 and images.csv (row, file, error), as 'numclip embed --out' writes them."""
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    np.save(folder / "features.npy", np.ascontiguousarray(features, dtype=np.float32))
    with open(folder / "images.csv", "w", newline="") as table:
        writer = csv.writer(table)
        writer.writerow(["row", "file", "error"])
        writer.writerows([row, str(file), ""] for row, file in enumerate(files))
