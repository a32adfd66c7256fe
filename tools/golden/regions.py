"""Regions of pictures, as Pillow cuts them out of the upright picture.

python tools/golden/regions.py   (needs pillow and numpy; writes to numclip-core/src/test/resources/golden)
"""

import hashlib
import json
import pathlib

import numpy
from PIL import Image, ImageOps

GOLDEN = pathlib.Path(__file__).parents[2] / "numclip-core/src/test/resources/golden"
OUT = GOLDEN / "regions"
WIDTH, HEIGHT = 47, 35
REGIONS = [(0, 0, 1, 1), (5, 7, 20, 11), (11, 3, 9, 25), (30, 30, 5, 5)]  # left, top, width, height
DECIMALS = [(4.5, 7.5, 10, 11), (5.5, 6.5, 9.2, 8.7)]
MARGINS = [0, 0.25, 0.5, 3]


def pictures():
    random = numpy.random.default_rng(11)
    noise = random.integers(0, 256, (6, 8, 3), dtype=numpy.uint8)
    smooth = Image.fromarray(noise, "RGB").resize((WIDTH, HEIGHT), Image.Resampling.BICUBIC)
    for orientation in range(1, 9):
        exif = Image.Exif()
        exif[274] = orientation
        smooth.save(OUT / f"turned-{orientation}.jpg", quality=90, exif=exif)
    exif = Image.Exif()
    exif[274] = 6
    smooth.save(OUT / "turned-6.png", exif=exif)
    smooth.save(OUT / "turned-6.tiff", exif=exif)
    smooth.convert("L").save(OUT / "gray.jpg", quality=90)
    smooth.quantize(32).save(OUT / "palette.gif")
    smooth.convert("RGB").save(OUT / "plain.bmp")
    smooth.convert("CMYK").save(OUT / "cmyk.jpg", quality=90)


def cut(picture, region, margin):
    left, top, width, height = region
    across, down = margin * width, margin * height
    return picture.crop((max(0, left - across), max(0, top - down), min(picture.width, left + width + across),
                         min(picture.height, top + height + down)))


def main():
    OUT.mkdir(exist_ok=True)
    pictures()
    cases = []
    for file in sorted(OUT.iterdir()):
        picture = ImageOps.exif_transpose(Image.open(file)).convert("RGB")
        few = file.stem.startswith("turned") and file.stem not in ("turned-1", "turned-6")
        for region in REGIONS[1:2] if few else REGIONS + DECIMALS:
            whole = region not in DECIMALS
            for margin in MARGINS[:2] if few else MARGINS if whole else MARGINS[:1]:
                piece = cut(picture, region, margin)
                cases.append({"file": file.name, "region": list(region), "margin": margin,
                              "width": piece.width, "height": piece.height, "sha256": hashlib.sha256(piece.tobytes()).hexdigest()})
    lines = ",\n".join(json.dumps(case) for case in cases)
    (GOLDEN / "regions.json").write_text("[\n" + lines + "\n]\n")


main()
