"""Small WebP and TIFF files of every kind that is read, and the pixels that Pillow reads from them.

python tools/golden/containers.py   (needs pillow, numpy, and ImageMagick 6 as MAGICK, else convert; writes to
numclip-core/src/test/resources/parity)
"""

import hashlib
import io
import json
import os
import pathlib
import subprocess

import numpy
from PIL import Image, ImageOps

OUT = pathlib.Path(__file__).parents[2] / "numclip-core/src/test/resources/parity/containers"
PHOTO = pathlib.Path(__file__).parents[2] / "numclip-core/src/test/resources/golden/images/photo.jpg"
WIDTH, HEIGHT = 61, 45
BLOCK = 16


def picture(channels):
    """Soft gradients, some noise and a hard edge; it fills three blocks of 16 pixels and a part of another."""
    y, x = numpy.mgrid[0:HEIGHT, 0:WIDTH]
    noise = numpy.random.default_rng(5).normal(0, 4, (HEIGHT, WIDTH))
    planes = []
    for c in range(channels):
        plane = 128 + 100 * numpy.sin(x / (8 + 3 * c)) * numpy.cos(y / (10 - 2 * c)) + noise
        plane[8:20, 10:30] = 30 + 60 * c
        planes.append(plane)
    return numpy.stack(planes, -1).clip(0, 255).astype(numpy.uint8)


def magick(source, name, *options):
    source.save("/tmp/containers.png")
    subprocess.run([os.environ.get("MAGICK", "convert"), "/tmp/containers.png", *options, str(OUT / name)], check=True)


def webp(rgb, rgba, gray, exif):
    rgb.save(OUT / "p-lossless.webp", lossless=True)
    gray.convert("RGB").save(OUT / "p-lossless-gray.webp", lossless=True)
    rgb.quantize(14).convert("RGB").save(OUT / "p-lossless-14.webp", lossless=True)
    rgb.quantize(2).convert("RGB").save(OUT / "p-lossless-2.webp", lossless=True)
    rgba.save(OUT / "p-lossless-alpha.webp", lossless=True, exact=True)
    rgb.save(OUT / "p-lossless-turned.webp", lossless=True, exif=exif)
    rgb.save(OUT / "p-lossless-animated.webp", lossless=True, save_all=True, append_images=[gray.convert("RGB")])
    for quality in (40, 75, 95):
        rgb.save(OUT / f"p-lossy-{quality}.webp", quality=quality)
    rgba.save(OUT / "p-lossy-alpha.webp", quality=80, alpha_quality=100)
    gray.convert("RGB").save(OUT / "p-lossy-gray.webp", quality=75)
    rgb.save(OUT / "p-lossy-turned.webp", quality=75, exif=exif)
    Image.open(PHOTO).save(OUT / "p-lossy-photo.webp", quality=30)  # large enough for an error to grow from block to block
    magick(rgb, "m-lossless.webp", "-define", "webp:lossless=true")
    magick(rgb, "m-lossy-75.webp", "-quality", "75")
    magick(rgb, "m-lossy-simple-filter.webp", "-quality", "60", "-define", "webp:filter-type=0")
    magick(rgb, "m-lossy-partitions.webp", "-quality", "85", "-define", "webp:partitions=3")


def tiff(rgb, rgba, gray, exif):
    rgb.save(OUT / "p-plain.tif")
    rgb.save(OUT / "p-lzw.tif", compression="tiff_lzw")
    rgb.save(OUT / "p-deflate.tif", compression="tiff_adobe_deflate")
    rgb.save(OUT / "p-packbits.tif", compression="packbits")
    rgb.save(OUT / "p-jpeg.tif", compression="jpeg", quality=90)
    gray.save(OUT / "p-jpeg-gray.tif", compression="jpeg", quality=90)
    gray.save(OUT / "p-gray.tif")
    gray.convert("1").save(OUT / "p-bilevel.tif")
    rgb.quantize(200).save(OUT / "p-palette.tif")
    rgba.save(OUT / "p-alpha.tif", compression="tiff_lzw")
    Image.fromarray(picture(4), "CMYK").save(OUT / "p-inks.tif", compression="tiff_lzw")
    rgb.save(OUT / "p-turned.tif", exif=exif)
    rgb.save(OUT / "p-pages.tif", save_all=True, append_images=[gray.convert("RGB")])
    wide = picture(1)[..., 0].astype(numpy.uint16) * 257 - 100
    Image.fromarray(wide.clip(0, 65535).astype(numpy.uint16)).save(OUT / "p-gray-16.tif")
    Image.fromarray(wide.clip(0, 65535).astype(numpy.uint16)).save(OUT / "p-gray-16.png")
    magick(rgb, "m-tiles.tif", "-define", "tiff:tile-geometry=16x32", "-compress", "LZW")
    magick(rgb, "m-strips.tif", "-define", "tiff:rows-per-strip=7", "-compress", "Zip")
    magick(rgb, "m-big-endian.tif", "-depth", "16", "-define", "tiff:endian=msb", "-compress", "Zip")
    magick(rgb, "m-16.tif", "-depth", "16", "-define", "tiff:endian=lsb", "-compress", "LZW")
    magick(rgb, "m-planes.tif", "-interlace", "Plane", "-compress", "LZW")
    magick(rgb, "m-jpeg-tiles.tif", "-define", "tiff:tile-geometry=32x32", "-compress", "JPEG", "-quality", "90")
    magick(gray, "m-white-is-zero.tif", "-define", "quantum:polarity=min-is-white", "-compress", "Zip")
    magick(rgba, "m-alpha-associated.tif", "-define", "tiff:alpha=associated", "-compress", "LZW")
    magick(gray, "m-gray-16.tif", "-depth", "16", "-evaluate", "multiply", "0.9", "-compress", "LZW")


def blocks(pixels):
    """Mean brightness (ITU-R BT.601) of whole blocks, row by row."""
    rows, columns = pixels.height // BLOCK, pixels.width // BLOCK
    brightness = numpy.asarray(pixels)[: rows * BLOCK, : columns * BLOCK] @ [0.299, 0.587, 0.114]
    return brightness.reshape(rows, BLOCK, columns, BLOCK).mean((1, 3)).round(3).ravel().tolist()


def main():
    OUT.mkdir(parents=True, exist_ok=True)
    rgb, rgba, gray = Image.fromarray(picture(3)), Image.fromarray(picture(4), "RGBA"), Image.fromarray(picture(1)[..., 0])
    exif = Image.Exif()
    exif[274] = 6
    webp(rgb, rgba, gray, exif)
    tiff(rgb, rgba, gray, exif)
    cases = []
    for file in sorted(OUT.iterdir()):
        image = ImageOps.exif_transpose(Image.open(io.BytesIO(file.read_bytes())))
        if image.mode.startswith("I"):
            image = Image.fromarray((numpy.asarray(image) >> 8).astype(numpy.uint8))  # Pillow would cut to white
        pixels = image.convert("RGB")
        print(file.name, image.mode, pixels.size, file.stat().st_size, numpy.asarray(pixels).mean())
        case = {"file": file.name, "width": pixels.width, "height": pixels.height, "mode": image.mode}
        if "photo" in file.name:
            case["blocks"] = " ".join(map(str, blocks(pixels)))
        elif "lossy" in file.name:
            case["rgb"] = pixels.tobytes().hex()
        else:
            case["sha256"] = hashlib.sha256(pixels.tobytes()).hexdigest()
        cases.append(case)
    (OUT.parent / "containers.json").write_text(json.dumps(cases, indent=1) + "\n")


main()
