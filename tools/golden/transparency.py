"""Images with transparent pixels, and what Pillow makes of them on opaque canvases of some colours.

python tools/golden/transparency.py   (needs pillow and numpy; writes to numclip-core/src/test/resources/golden)
"""

import json
import pathlib
import struct
import zlib

import numpy
from PIL import Image, ImageOps

GOLDEN = pathlib.Path(__file__).parents[2] / "numclip-core/src/test/resources/golden"
OUT = GOLDEN / "transparency"
PARITY = GOLDEN.parent / "parity/images"
CANVASES = {"white": (255, 255, 255), "black": (0, 0, 0), "gray": (128, 128, 128), "#0bE37f": (11, 227, 127)}
OF_THE_DECODER = ["gray-alpha.png", "gray-alpha-16bit.png", "palette.gif", "palette.png", "plain.jpg", "rgb.png",
                  "rgba-16bit.png", "transparent-color.png"]
WIDTH, HEIGHT = 13, 9


def png(name, color, depth, rows, extra):
    """A PNG written by hand, for kinds that Pillow does not write."""
    def chunk(kind, body):
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", WIDTH, len(rows), depth, color, 0, 0, 0)
    body = zlib.compress(b"".join(b"\0" + row for row in rows))
    data = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(*extra) + chunk(b"IDAT", body) + chunk(b"IEND", b"")
    (OUT / name).write_bytes(data)


def images():
    random = numpy.random.default_rng(7)
    noise = random.integers(0, 256, (HEIGHT, WIDTH, 4), dtype=numpy.uint8)
    rgba = Image.fromarray(noise, "RGBA")

    values = [0, 1, 2, 63, 64, 127, 128, 129, 191, 200, 254, 255]
    every = numpy.zeros((256, len(values), 4), numpy.uint8)
    every[..., :3] = numpy.array(values)[None, :, None]
    every[..., 3] = numpy.arange(256)[:, None]
    Image.fromarray(every, "RGBA").save(OUT / "every-alpha.png")

    opaque = noise.copy()
    opaque[..., 3] = 255
    Image.fromarray(opaque, "RGBA").save(OUT / "opaque-alpha.png")
    opaque[-1, -1, 3] = 254
    Image.fromarray(opaque, "RGBA").save(OUT / "one-pixel.png")

    for orientation in (3, 5, 6):
        exif = Image.Exif()
        exif[274] = orientation
        rgba.save(OUT / f"orientation-{orientation}.png", exif=exif)

    palette = Image.fromarray(noise[..., :3].copy()).quantize(40)
    palette.save(OUT / "palette-alpha.png", transparency=bytes(range(0, 240, 6)))
    unused = Image.fromarray(numpy.ones((HEIGHT, WIDTH), numpy.uint8), "P")
    unused.putpalette([9, 8, 7, 200, 100, 50])
    unused.save(OUT / "unused-transparent.png", transparency=0)
    unused.save(OUT / "unused-transparent.gif", transparency=0)

    gray = noise[..., 0].copy()
    gray[2:5, 3:9] = 77
    png("gray-transparent.png", 0, 8, [row.tobytes() for row in gray], (b"tRNS", struct.pack(">H", 77)))
    nibbles = numpy.pad(gray >> 4, ((0, 0), (0, 1)))
    rows = [bytes(row[0::2] << 4 | row[1::2]) for row in nibbles]
    png("gray-4bit-transparent.png", 0, 4, rows, (b"tRNS", struct.pack(">H", 4)))


def main():
    OUT.mkdir(parents=True, exist_ok=True)
    images()
    cases = []
    for file in [PARITY / name for name in OF_THE_DECODER] + sorted(OUT.iterdir()):
        image = Image.open(file)
        rgba = ImageOps.exif_transpose(image).convert("RGBA")
        lowest = int(numpy.asarray(rgba)[..., 3].min())
        on = {}
        for name, colour in CANVASES.items():
            canvas = Image.new("RGBA", rgba.size, colour + (255,))
            on[name] = Image.alpha_composite(canvas, rgba).convert("RGB").tobytes().hex()
        print(file.name, image.mode, rgba.size, lowest)
        cases.append({"file": f"{file.parent.parent.name}/{file.parent.name}/{file.name}", "lowestAlpha": lowest, "on": on})
    (GOLDEN / "transparency.json").write_text(json.dumps(cases, indent=1) + "\n")


main()
