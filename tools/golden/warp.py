"""Writes golden/warp.json: images turned, enlarged and shifted by SciPy.

Needs numpy, scipy (tried: 2.4, 1.17). Each output pixel is read where the inverse of the change puts it, linearly, and beyond
an edge from its last pixel, as scipy.ndimage.affine_transform does with order 1 and mode "nearest".

    python tools/golden/warp.py numclip-core/src/test/resources/golden/warp.json
"""

import json
import math
import sys

import numpy
from scipy.ndimage import affine_transform

CASES = [
    ("turned", 30, 1, 0, 0),
    ("enlarged", 0, 1.5, 0, 0),
    ("shrunk", 0, 0.6, 0, 0),
    ("shifted", 0, 1, 0.25, -0.1),
    ("all", -17, 1.2, -0.15, 0.05),
    ("a quarter", 90, 1, 0, 0),
]


def warped(image, degrees, zoom, right, down):
    """(H, W)"""
    height, width = image.shape
    turn = math.radians(degrees)
    centre = numpy.array([(height - 1) / 2, (width - 1) / 2])  # row, column
    forward = zoom * numpy.array([[math.cos(turn), math.sin(turn)], [-math.sin(turn), math.cos(turn)]])
    back = numpy.linalg.inv(forward)
    return affine_transform(image, back, centre - back @ (centre + [down * height, right * width]), order=1, mode="nearest")


def main(path):
    random = numpy.random.default_rng(5)
    pixels = random.normal(0, 1, (3, 6, 7)).astype(numpy.float32)
    cases = []
    for name, degrees, zoom, right, down in CASES:
        result = numpy.stack([warped(colour.astype(float), degrees, zoom, right, down) for colour in pixels])
        cases.append({"name": name, "degrees": degrees, "zoom": zoom, "right": right, "down": down,
                      "pixels": result.ravel().round(6).tolist()})
    with open(path, "w", encoding="utf-8") as file:
        json.dump({"height": 6, "width": 7, "pixels": pixels.ravel().tolist(), "cases": cases}, file)
        file.write("\n")


main(sys.argv[1])
