"""Features of a list's images by a frozen image tower, for peers/cached_training.py. Usage: MODEL LIST OUT.npz

For each split, the features (N, D) and the values (N).
"""
import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "peers"))
from published_model import PublishedNumClip
from published_training import Ages, Features, clip_reading

model_directory, table, out = sys.argv[1:]
model = PublishedNumClip(model_directory, image_tower_learns=False)
size = model.clip.config.vision_config.image_size
arrays = {}
for split in ("train", "validation", "test"):
    found = Features(model, Ages(table, split, clip_reading(size, training=False)))
    arrays[split] = found.features.numpy()
    arrays[split + "-values"] = found.ages.numpy()
with open(out, "wb") as file:  # savez adds an ending to a name
    np.savez(file, **arrays)
