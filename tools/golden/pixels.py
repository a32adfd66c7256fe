"""Writes golden/pixels.json: images as features without a network, by Pillow and NumPy.

    python tools/golden/pixels.py numclip-core/src/test/resources/golden

The horizontal pass of resizing comes first, as in Pillow up to 12.
"""

import json
import pathlib
import sys

import numpy
from PIL import Image

SIDE = 64
GRID = 16
IMAGES = ["landscape.png", "gray.png", "upscaled.png"]


def features(file):
    image = Image.open(file).convert("RGB")
    image = image.resize((SIDE, image.height), Image.BICUBIC).resize((SIDE, SIDE), Image.BICUBIC)
    colours = 2 * numpy.asarray(image, dtype=numpy.float64) / 255 - 1  # (H, W, 3)
    squares = colours.reshape(GRID, SIDE // GRID, GRID, SIDE // GRID, 3).mean(axis=(1, 3))  # (S, S, 3)
    averages = squares.transpose(2, 0, 1).ravel()  # (3·S²)
    return numpy.append(averages, numpy.sqrt(averages.size) / 4)


def main(folder):
    figures = {
        "made by": f"Pillow {Image.__version__}, NumPy {numpy.__version__}",
        "images": [
            {"file": name, "features": features(folder / "images" / name).round(6).tolist()} for name in IMAGES
        ],
    }
    (folder / "pixels.json").write_text(json.dumps(figures) + "\n")


main(pathlib.Path(sys.argv[1]))
