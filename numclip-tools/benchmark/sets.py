"""The pictures of each set: what a package holds, with a number that its author gave it, and who made it."""
import csv
import io
import itertools
import json
import pathlib
import re
from dataclasses import dataclass
from typing import Callable, Iterator

import numpy as np
import resvg_py
from PIL import Image, ImageDraw, ImageEnhance, ImageFilter, ImageFont
from ssimulacra2 import compute_ssimulacra2

import packages

SIDE = 96
SEED = 1
ROOT = pathlib.Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Picture:
    group: str  # no group is in two splits; empty: not known
    value: float
    image: Image.Image


@dataclass(frozen=True)
class Set:
    """`unit` is what a user would write after --unit. Rules and defaults may be tuned on some; the rest is only reported."""

    name: str
    unit: str
    group: str
    read: Callable[[packages.Archives], Iterator[Picture]]
    is_for_tuning: bool = False
    most: int = 1000  # pictures of a group that are tested or validated on


# Handwritten digits

def digits(archives: packages.Archives) -> Iterator[Picture]:
    [package] = packages.listed("digits")
    files = archives.of(package)
    for digit in range(10):
        pixels = np.array(json.loads(files[f"package/src/digits/{digit}.json"])["data"]).reshape(-1, 28, 28)
        for each in pixels:
            yield Picture("", digit, Image.fromarray(np.round(each * 255).astype(np.uint8)))


# Weights of typefaces

WORDS = ("quick brown fox jumps over lazy dog Hamburg Vienna Oxford Kyoto paper stone river candle Morning Friday garden window yellow "
         "silver Bridge Machine letter number figure sphinx quartz judge vow box jars pack my with five dozen liquor").split()
TEXTS = 9  # pictures of each weight of a family
RELATED = re.compile(r"roboto|source|ibm-plex")  # designed together


def weights(archives: packages.Archives) -> Iterator[Picture]:
    random = np.random.default_rng(SEED)
    for package in packages.listed("weights"):
        family = package.name.split("/")[1]
        files = archives.of(package)
        related = RELATED.match(family)
        for weight in range(100, 1000, 100):
            font = files.get(f"package/files/{family}-latin-{weight}-normal.woff")
            for _ in range(TEXTS if font else 0):
                yield Picture(related.group() if related else family, weight, lines(font, random))


def lines(font: bytes, random) -> Image.Image:
    """Some words in one size, black on white, as many lines as there is room for."""
    face = ImageFont.truetype(io.BytesIO(font), int(random.integers(16, 37)))
    canvas = Image.new("L", (SIDE, SIDE), "white")
    text = "\n".join(" ".join(random.choice(WORDS, 3)) for _ in range(4))
    left, top = -int(random.integers(0, 12)), -int(random.integers(0, 8))
    ImageDraw.Draw(canvas).multiline_text((left, top), text, "black", face, spacing=2)
    return canvas


# Numbers printed in typefaces

NUMBERS = 60  # pictures of each family


def printed(archives: packages.Archives) -> Iterator[Picture]:
    """0 to 99 in any weight, size and place."""
    random = np.random.default_rng(SEED)
    for package in packages.listed("printed"):
        family = package.name.split("/")[1]
        files = archives.of(package)
        fonts = [name for name in sorted(files) if re.search(r"-latin-\d+-normal\.woff$", name)]
        related = RELATED.match(family)
        for _ in range(NUMBERS):
            number, size = int(random.integers(0, 100)), int(random.integers(24, 61))
            face = ImageFont.truetype(io.BytesIO(files[random.choice(fonts)]), size)
            left, top, right, bottom = face.getbbox(str(number))
            place = [int(random.uniform(0, SIDE - extent)) for extent in (right - left, bottom - top)]
            canvas = Image.new("L", (SIDE, SIDE), "white")
            ImageDraw.Draw(canvas).text((place[0] - left, place[1] - top), str(number), "black", face)
            yield Picture(related.group() if related else family, number, canvas)


# Distorted photographs

PHOTOGRAPHS = ROOT / "numclip-core/src/main/resources/io/numclip/sample/photograph"
DISTORTED = 45  # pictures of each photograph
SEEN_AT = 256  # pixels at which SSIMULACRA 2 has all of its six scales
WORST = -50


def quality(_: packages.Archives) -> Iterator[Picture]:
    """Photographs that the embedded CLIP was not pretrained with."""
    with (PHOTOGRAPHS / "index.csv").open(encoding="utf-8") as file:
        known = [row for row in csv.DictReader(file) if row["split"] != "train"]
    for number, row in enumerate(known):
        random = np.random.default_rng([SEED, number])
        with Image.open(PHOTOGRAPHS / row["file"]) as photograph:
            whole = photograph.convert("RGB")
        for _ in range(DISTORTED):
            left, top = (int(random.integers(0, extent - SIDE + 1)) for extent in whole.size)
            original = whole.crop((left, top, left + SIDE, top + SIDE))
            distorted = random.choice(DISTORTIONS)(original, random)
            score = compute_ssimulacra2(enlarged(original), enlarged(distorted))
            if score >= WORST:
                yield Picture(row["original"], round(score), distorted)


def enlarged(image: Image.Image) -> io.BytesIO:
    file = io.BytesIO()
    image.resize((SEEN_AT, SEEN_AT), Image.Resampling.BICUBIC).save(file, "png", compress_level=0)
    file.seek(0)
    return file


def compressed(image: Image.Image, random) -> Image.Image:
    file = io.BytesIO()
    image.save(file, "jpeg", quality=int(random.integers(5, 96)))
    return Image.open(file).convert("RGB")


def blurred(image: Image.Image, random) -> Image.Image:
    return image.filter(ImageFilter.GaussianBlur(random.uniform(0.3, 1.6)))


def noisy(image: Image.Image, random) -> Image.Image:
    pixels = np.asarray(image) + random.normal(0, random.uniform(1, 14), (SIDE, SIDE, 3))
    return Image.fromarray(np.clip(np.round(pixels), 0, 255).astype(np.uint8))


def paler(image: Image.Image, random) -> Image.Image:
    return ImageEnhance.Contrast(image).enhance(random.uniform(0.5, 1))


def scaled(image: Image.Image, random) -> Image.Image:
    side = int(random.integers(30, 92))
    return image.resize((side, side), Image.Resampling.BILINEAR).resize((SIDE, SIDE), Image.Resampling.BILINEAR)


DISTORTIONS = (compressed, blurred, noisy, paler, scaled)


# Solar cells

MODULE = 60  # cells, where a run of one type has a multiple of it; the package does not say which module a cell is of


def cells(archives: packages.Archives) -> Iterator[Picture]:
    """Cells are listed module by module: a run of one type that is no multiple of a module is one group."""
    [package] = packages.listed("cells")
    files = archives.of(package)
    listed = [line.split() for line in files["elpv_dataset/data/labels.csv"].decode().splitlines()]
    for number, (_, run) in enumerate(itertools.groupby(listed, key=lambda row: row[2])):
        run = list(run)
        for place, (name, defect, _) in enumerate(run):
            module = place // MODULE if len(run) % MODULE == 0 else 0
            yield Picture(f"{number}-{module}", float(defect), Image.open(io.BytesIO(files[f"elpv_dataset/data/{name}"])))


# Icons

VENDORS = {"ic": "material", "material-symbols": "material", "mdi": "material"}  # drawn by, or after, one hand
NAMES = "zero one two three four five six seven eight nine".split()
NUMBER = rf"0?(?P<number>\d|{'|'.join(NAMES)})"
STYLE = (r"(-(small|box|circle|square|diamond|hexagon|octagon|waves|multiple|outline|filled|fill|solid|bold|duotone|light|thin"
         r"|rounded|sharp|line|regular|16|20|24|28|32|48))*")
SHOWN = [re.compile(pattern) for pattern in (
    rf"((baseline|outline|round|sharp|twotone)-)?looks-{NUMBER}{STYLE}",
    rf"((circle(-dashed)?|hexagon|pentagon|rosette|square(-rounded)?)-)?(numbers?|numeric)(-circle|-square)?-{NUMBER}{STYLE}",
    rf"((inverted|perspective)-)?dice(-faces|-six-faces)?-{NUMBER}{STYLE}",
    rf"{NUMBER}-(circle|square|diamond|hexagon|octagon|waves){STYLE}",
    rf"{NUMBER}(-solid)?")]


def numbers(archives: packages.Archives) -> Iterator[Picture]:
    """Digits and dice."""
    for vendor, name, drawing in drawings(archives, "numbers"):
        if found := next(filter(None, (pattern.fullmatch(name) for pattern in SHOWN)), None):
            number = found["number"]
            yield Picture(vendor, NAMES.index(number) if number in NAMES else int(number), rendered(drawing))


def drawings(archives: packages.Archives, of_set: str) -> Iterator[tuple[str, str, str]]:
    for package in packages.listed(of_set):
        vendor = package.name.split("/")[1]
        for name, drawing in packages.icons(archives.of(package)).items():
            yield VENDORS.get(vendor, vendor), name, drawing


def rendered(drawing: str) -> Image.Image:
    """Black on white, with a margin."""
    png = resvg_py.svg_to_bytes(svg_string=drawing, skip_system_fonts=True, background="white", width=SIDE - 16, height=SIDE - 16)
    icon = Image.open(io.BytesIO(bytes(png))).convert("L")
    canvas = Image.new("L", (SIDE, SIDE), "white")
    canvas.paste(icon, ((SIDE - icon.width) // 2, (SIDE - icon.height) // 2))
    return canvas


SETS = {each.name: each for each in (
    Set("digits", "digits", "", digits, is_for_tuning=True),
    Set("weights", "units", "family", weights, is_for_tuning=True),
    Set("printed", "units", "family", printed),
    Set("quality", "points", "photograph", quality),
    Set("cells", "parts", "module", cells),
    Set("numbers", "units", "vendor", numbers, most=60),
)}
