"""Small images of every kind that the decoder must read, and the pixels that Pillow reads from them.

python tools/golden/decoder.py   (needs pillow and numpy; writes to numclip-core/src/test/resources/parity)
"""

import io
import json
import pathlib
import struct
import zlib

import numpy
from PIL import Image, ImageOps

OUT = pathlib.Path(__file__).parents[2] / "numclip-core/src/test/resources/parity/images"
WIDTH, HEIGHT = 21, 14


def picture(channels, seed=0):
    """Soft gradients with a hard edge: JPEG changes the pixels, and every orientation is different."""
    y, x = numpy.mgrid[0:HEIGHT, 0:WIDTH]
    planes = []
    for c in range(channels):
        plane = 128 + 100 * numpy.sin(x / (3 + c) + seed) * numpy.cos(y / (4 - 0.5 * c))
        plane[:5, :7] = 30 + 60 * c
        planes.append(plane)
    return numpy.stack(planes, -1).clip(0, 255).astype(numpy.uint8)


def png(name, color, depth, rows, extra=b""):
    """A PNG written by hand, for kinds that Pillow does not write. Rows are bytes without filter type."""
    def chunk(kind, body):
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", WIDTH, len(rows), depth, color, 0, 0, 0)
    body = zlib.compress(b"".join(b"\0" + row for row in rows))
    data = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + extra + chunk(b"IDAT", body) + chunk(b"IEND", b"")
    (OUT / name).write_bytes(data)


def bmp(name, depth, height, colours, rows):
    """A BMP written by hand, with the header of version 5, for kinds that Pillow does not write."""
    start = 14 + 124 + len(colours)
    body = b"".join(rows)
    header = struct.pack("<IiiHHIIiiII", 124, WIDTH, height, 1, depth, 0, len(body), 0, 0, 0, 0) + bytes(84)
    (OUT / name).write_bytes(b"BM" + struct.pack("<IHHI", start + len(body), 0, 0, start) + header + colours + body)


def main():
    OUT.mkdir(parents=True, exist_ok=True)
    rgb, rgba, gray = Image.fromarray(picture(3)), Image.fromarray(picture(4), "RGBA"), Image.fromarray(picture(1)[..., 0])
    rgb.save(OUT / "rgb.png")
    rgba.save(OUT / "rgba.png")
    gray.save(OUT / "gray.png")
    gray.convert("1").save(OUT / "bilevel.png")
    Image.fromarray(picture(2), "LA").save(OUT / "gray-alpha.png")
    rgb.quantize(16).save(OUT / "palette-4bit.png")
    rgb.quantize(200).save(OUT / "palette.png", transparency=3)
    rgb.quantize(3).save(OUT / "palette-2bit.png")
    rgb.save(OUT / "transparent-color.png", transparency=(30, 90, 150))
    wide = (picture(4).astype(numpy.uint16) * 257 + 100).astype(">u2")
    png("rgb-16bit.png", 2, 16, [row[:, :3].tobytes() for row in wide])
    png("rgba-16bit.png", 6, 16, [row.tobytes() for row in wide])
    png("gray-alpha-16bit.png", 4, 16, [row[:, :2].tobytes() for row in wide])
    nibbles = picture(1)[..., 0] >> 4
    packed = numpy.pad(nibbles, ((0, 0), (0, 1)))
    png("gray-4bit.png", 0, 4, [bytes(row[0::2] << 4 | row[1::2]) for row in packed])
    gamma = struct.pack(">I", 4) + b"gAMA" + struct.pack(">I", 100000)
    gamma += struct.pack(">I", zlib.crc32(gamma[4:]))
    png("gray-gamma.png", 0, 8, [row[:, 0].tobytes() for row in picture(1)], gamma)

    rgb.save(OUT / "plain.jpg", quality=90)
    rgb.save(OUT / "full-color.jpg", quality=90, subsampling=0)
    rgb.save(OUT / "half-color.jpg", quality=90, subsampling=1)
    rgb.save(OUT / "progressive.jpg", quality=85, progressive=True)
    rgb.save(OUT / "broken-profile.jpg", quality=90, icc_profile=b"no profile at all" * 10)
    rgb.save(OUT / "restarts.jpg", quality=90, restart_marker_blocks=1)
    rgb.save(OUT / "keep-rgb.jpg", quality=90, keep_rgb=True)
    gray.save(OUT / "gray.jpg", quality=90)
    Image.fromarray(picture(4), "CMYK").save(OUT / "cmyk.jpg", quality=90)
    ycck(OUT / "ycck.jpg")
    (OUT / "trailing.jpg").write_bytes((OUT / "plain.jpg").read_bytes() + b"<html>tail</html>\xff\xd8")
    for orientation in range(1, 9):
        exif = Image.Exif()
        exif[274] = orientation
        rgb.save(OUT / f"orientation-{orientation}.jpg", quality=90, exif=exif)
    exif = Image.Exif()
    exif[274] = 6
    rgb.save(OUT / "orientation-6.png", exif=exif)

    palette = rgb.quantize(200)
    palette.save(OUT / "palette.gif", transparency=3)
    palette.save(OUT / "animated.gif", save_all=True, append_images=[gray.quantize(7)], duration=50)
    rgb.quantize(3).save(OUT / "four-colours.gif", interlace=1)
    gray.save(OUT / "gray.gif")
    rgb.save(OUT / "rgb.bmp")
    gray.save(OUT / "gray.bmp")
    gray.convert("1").save(OUT / "bilevel.bmp")
    palette.save(OUT / "palette.bmp")
    bmp("padded-32bit.bmp", 32, -HEIGHT, b"", [row[:, [2, 1, 0, 3]].tobytes() for row in picture(4)])
    packed_rows = [bytes(row[0::2] << 4 | row[1::2]) + b"\0" for row in packed]
    colours = b"".join(bytes([255 - 16 * c, 8 * c, 16 * c, 0]) for c in range(16))
    bmp("palette-4bit.bmp", 4, HEIGHT, colours, packed_rows[::-1])

    cases = []
    files = [file for file in OUT.iterdir() if file.suffix in (".png", ".jpg", ".gif", ".bmp")]
    for file in sorted(files):
        image = Image.open(io.BytesIO(file.read_bytes()))
        upright = ImageOps.exif_transpose(image)
        pixels = upright.convert("RGB")
        print(file.name, image.mode, pixels.size, numpy.asarray(pixels).mean())
        cases.append({"file": file.name, "width": pixels.width, "height": pixels.height, "rgb": pixels.tobytes().hex()})
    (OUT.parent / "decoder.json").write_text(json.dumps(cases, indent=1) + "\n")


def ycck(path):
    """A CMYK file whose Adobe segment claims transform 2: a YCCK file with other colours."""
    data = bytearray((OUT / "cmyk.jpg").read_bytes())
    at = data.index(b"Adobe")
    data[at + 11] = 2
    path.write_bytes(bytes(data))


main()
