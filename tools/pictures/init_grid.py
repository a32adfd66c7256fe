"""Compares what `./numclip init` proposes with a small grid of settings, on sets of images in four sizes.

Usage: python tools/pictures/init_grid.py PICTURES OUT [--sets NAME,...] [--sizes N,...]

PICTURES is the folder that fetch.py has written. Needs Python 3.10 with numpy, pillow and scikit-learn (tried: 2.4, 13.0, 1.9),
and the project built. A set has N images to train on and to choose by (six in seven, and the rest), and 1000 test images whose
digits, emoji or clip arts are in no other image:

scattered   one of scikit-learn's digits, somewhere, in any size, a little turned; the number is the digit
counted     one to nine times the same emoji of Noto, on white; the number is how many
blur        a clip art, blurred in ten grades; the number is the grade

Its rules were made while looking at these three, and changed once more while looking at the next three:

pile        one to nine emoji of Noto, each another, on and over each other, on a shade; the number is how many
compressed  a clip art as a JPEG of ten qualities; the number is the grade
tilted      a stamp, turned by up to 90 degrees in ten grades; the number is the grade

The next three were made afterwards, and looked at once more:

faded       a clip art, mixed with gray in ten grades; the number is the grade
sized       an emoji of Noto in one of ten sizes, somewhere on a shade; the number is the size
hidden      a stamp, of which up to 27 of 36 squares are covered with gray, three for each grade; the number is the grade

The next three were made when the rules had been settled, to say how often they are right. With 30 images they were not, so
there is one more rule since then:

scratched   a clip art with up to nine lines across; the number is how many
stretched   an emoji of Noto, somewhere on a shade, up to four times as high as wide in ten grades; the number is the grade
grainy      a stamp with noise of ten strengths; the number is the grade

The next three were made after that. With 240 images they were not right once more, so there is another rule since then:

apart       twice the same emoji of Noto, at ten distances, on a shade; the number is the distance
saturated   a clip art in ten grades from gray to its colours; the number is the grade
gauge       a dial over a stamp, with a pointer at one of ten angles; the number is where it points

The last three were made after that, and no rule has been changed since:

rings       an emoji of Noto on a shade, with one to nine rings around it; the number is how many
mosaic      a stamp in blocks of ten sizes; the number is the grade
level       a bar over a clip art, full to one of ten marks; the number is the mark

`init` proposes on N images and is trained as it says. The grid: the tower frozen with the rest at 1e-3 and 1e-2; trained at
3e-4 and 1e-3 with images changed at random, and at 1e-3 without; nearest neighbours of features and of pixels; the best of all
epochs is kept. A proposal that is in the grid is not trained again, unless it keeps the last epoch. All see as many images as the
proposal wants, but at most --seen in all, the same for everyone. OUT/results.csv gets a row for each training, the proposal's
last; what it has is not done again. Programs side by side need different folders OUT.
"""
import argparse
import csv
import io
import json
import pathlib
import re
import time

import numpy as np
from PIL import Image, ImageDraw, ImageEnhance, ImageFilter

import check

SIDE = 64
TESTS = 1000
CHANGES = "training.augment={flip: false, turn: 10, zoom: 0.15, shift: 0.08}"
NO_CHANGES = "training.augment={flip: false, turn: 0, zoom: 0, shift: 0}"
GRID = {
    "image tower frozen, the rest at 1e-3": ("0", "1e-3", NO_CHANGES),
    "image tower frozen, the rest at 1e-2": ("0", "1e-2", NO_CHANGES),
    "image tower at 3e-4, images warped": ("3e-4", "1e-3", CHANGES),
    "image tower at 1e-3, images warped": ("1e-3", "1e-3", CHANGES),
    "image tower at 1e-3": ("1e-3", "1e-3", NO_CHANGES),
    "no training: nearest neighbours of features": "embedded",
    "no CLIP: nearest neighbours of pixels": "pixels",
}


class Scattered:
    unit = "digits"

    def __init__(self, _):
        self.digits, self.numbers = check.digits()
        self.sources = range(len(self.digits))

    def draw(self, source: int, random) -> tuple[Image.Image, int]:
        side, shade = int(random.integers(16, 37)), int(random.integers(120, 256))
        digit = check.on_shade(self.digits[source], side, float(random.uniform(-20, 20)), shade)
        canvas = Image.new("L", (SIDE, SIDE), shade)
        canvas.paste(digit, [int(random.integers(0, SIDE - side)) for _ in "xy"])
        return canvas.convert("RGB"), int(self.numbers[source])


class OfFiles:
    """Each picture is drawn from one file of a folder."""

    folder: str

    def __init__(self, pictures: pathlib.Path):
        self.sources = pictures_of(pictures, self.folder)


class Counted(OfFiles):
    unit = "things"
    folder = "noto"

    def draw(self, source: pathlib.Path, random) -> tuple[Image.Image, int]:
        count = int(random.integers(1, 10))
        thing = Image.open(source).convert("RGBA")
        canvas = Image.new("RGB", (96, 96), "white")
        for cell in random.permutation(16)[:count]:  # apart, so that they can be counted
            side = int(random.integers(14, 23))
            small = thing.resize((side, side), Image.Resampling.LANCZOS)
            x, y = (int(24 * place + random.integers(0, 24 - side + 1)) for place in (cell % 4, cell // 4))
            canvas.paste(small, (x, y), small)
        return canvas, count


class Graded(OfFiles):
    """Changed in ten grades."""

    unit = "grades"

    def draw(self, source: pathlib.Path, random) -> tuple[Image.Image, int]:
        grade = int(random.integers(0, 10))
        return self.changed(check.on_white(source), grade, random), grade


class Blur(Graded):
    folder = "openclipart"

    def changed(self, image: Image.Image, grade: int, random) -> Image.Image:
        return image.filter(ImageFilter.GaussianBlur(0.35 * grade))


class Compressed(Graded):
    folder = "openclipart"
    qualities = (90, 60, 40, 28, 20, 14, 10, 7, 4, 1)

    def changed(self, image: Image.Image, grade: int, random) -> Image.Image:
        file = io.BytesIO()
        image.save(file, "JPEG", quality=self.qualities[grade])
        return Image.open(file).convert("RGB")


class Tilted(Graded):
    folder = "stamps"

    def changed(self, image: Image.Image, grade: int, random) -> Image.Image:
        return image.rotate(10 * grade, Image.Resampling.BICUBIC, fillcolor="white")


class Faded(Graded):
    folder = "openclipart"

    def changed(self, image: Image.Image, grade: int, random) -> Image.Image:
        return Image.blend(image, Image.new("RGB", image.size, "gray"), 0.1 * grade)


class Sized(OfFiles):
    unit = "sizes"
    folder = "noto"

    def draw(self, source: pathlib.Path, random) -> tuple[Image.Image, int]:
        size = int(random.integers(0, 10))
        side = 12 + 7 * size + int(random.integers(0, 7))
        canvas = shade(random)
        thing = emoji(source, side, side)
        canvas.paste(thing, [int(random.integers(0, 97 - side)) for _ in "xy"], thing)
        return canvas, size


class Hidden(Graded):
    folder = "stamps"

    def changed(self, image: Image.Image, grade: int, random) -> Image.Image:
        side = image.width // 6
        for cell in random.permutation(36)[: 3 * grade]:
            x, y = (int(side * place) for place in (cell % 6, cell // 6))
            image.paste("gray", (x, y, x + side, y + side))
        return image


class Scratched(Graded):
    unit = "lines"
    folder = "openclipart"

    def changed(self, image: Image.Image, grade: int, random) -> Image.Image:
        pen = ImageDraw.Draw(image)
        for _ in range(grade):
            ends = [int(place) for place in random.integers(0, image.width, 4)]
            pen.line(ends, fill=colour(random, 0, 200), width=2)
        return image


class Stretched(OfFiles):
    unit = "grades"
    folder = "noto"

    def draw(self, source: pathlib.Path, random) -> tuple[Image.Image, int]:
        grade = int(random.integers(0, 10))
        height = int(random.integers(40, 81))
        width = round(height * (1 - grade / 12))
        canvas = shade(random)
        thing = emoji(source, width, height)
        canvas.paste(thing, [int(random.integers(0, 97 - side)) for side in (width, height)], thing)
        return canvas, grade


class Grainy(Graded):
    folder = "stamps"

    def changed(self, image: Image.Image, grade: int, random) -> Image.Image:
        noise = random.normal(0, 6 * grade + 0.01, (image.height, image.width, 3))
        return Image.fromarray(np.clip(np.asarray(image) + noise, 0, 255).astype(np.uint8))


class Apart(OfFiles):
    unit = "distances"
    folder = "noto"

    def draw(self, source: pathlib.Path, random) -> tuple[Image.Image, int]:
        distance = int(random.integers(0, 10))
        side = int(random.integers(16, 25))
        between = 4 * distance + int(random.integers(0, 4))
        canvas = shade(random)
        thing = emoji(source, side, side)
        left, top = int(random.integers(0, 97 - 2 * side - between)), int(random.integers(0, 97 - side))
        for x in (left, left + side + between):
            canvas.paste(thing, (x, top), thing)
        return canvas, distance


class Saturated(Graded):
    folder = "openclipart"

    def changed(self, image: Image.Image, grade: int, random) -> Image.Image:
        return ImageEnhance.Color(image).enhance(grade / 9)


class Gauge(Graded):
    unit = "marks"
    folder = "stamps"

    def changed(self, image: Image.Image, grade: int, random) -> Image.Image:
        radius = int(random.integers(image.width // 4, image.width // 2))
        x, y = (int(random.integers(radius, side - radius + 1)) for side in image.size)
        pen = ImageDraw.Draw(image)
        pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill="white", outline="black", width=2)
        angle = np.radians(135 + 30 * grade)
        end = (x + 0.85 * radius * np.cos(angle), y + 0.85 * radius * np.sin(angle))
        pen.line(((x, y), end), fill=colour(random, 0, 160), width=3)
        return image


class Rings(OfFiles):
    unit = "rings"
    folder = "noto"

    def draw(self, source: pathlib.Path, random) -> tuple[Image.Image, int]:
        count = int(random.integers(1, 10))
        canvas = shade(random)
        thing = emoji(source, 24, 24)
        x, y = (int(random.integers(36, 61)) for _ in "xy")
        canvas.paste(thing, (x - 12, y - 12), thing)
        pen = ImageDraw.Draw(canvas)
        ink = colour(random, 0, 90)
        for radius in random.permutation(np.arange(10, 46, 3))[:count]:
            pen.ellipse((x - radius, y - radius, x + radius, y + radius), outline=ink)
        return canvas, count


class Mosaic(Graded):
    folder = "stamps"

    def changed(self, image: Image.Image, grade: int, random) -> Image.Image:
        blocks = [max(2, round(side * 0.75 ** grade)) for side in image.size]
        return image.resize(blocks, Image.Resampling.BOX).resize(image.size, Image.Resampling.NEAREST)


class Level(Graded):
    unit = "marks"
    folder = "openclipart"

    def changed(self, image: Image.Image, grade: int, random) -> Image.Image:
        width, height = image.width // 8, int(random.integers(image.height // 2, image.height - 4))
        left, top = int(random.integers(0, image.width - width)), int(random.integers(0, image.height - height))
        pen = ImageDraw.Draw(image)
        pen.rectangle((left, top, left + width, top + height), fill="white", outline="black", width=2)
        full = round((height - 4) * (grade + 0.5) / 10)
        ink = colour(random, 0, 200)
        pen.rectangle((left + 2, top + height - 2 - full, left + width - 2, top + height - 2), fill=ink)
        return image


class Pile:
    unit = "things"

    def __init__(self, pictures: pathlib.Path):
        self.files = pictures_of(pictures, "noto")
        self.sources = range(len(self.files) // 9)  # nine files each, so that no emoji is shown and tested

    def draw(self, source: int, random) -> tuple[Image.Image, int]:
        count = int(random.integers(1, 10))
        canvas = shade(random)
        for file in random.permutation(self.files[9 * source : 9 * source + 9])[:count]:
            side = int(random.integers(20, 34))
            thing = emoji(file, side, side)
            canvas.paste(thing, [int(random.integers(0, 97 - side)) for _ in "xy"], thing)
        return canvas, count


def emoji(file: pathlib.Path, width: int, height: int) -> Image.Image:
    return Image.open(file).convert("RGBA").resize((width, height), Image.Resampling.LANCZOS)


def shade(random) -> Image.Image:
    return Image.new("RGB", (96, 96), colour(random, 90, 256))


def colour(random, darkest: int, end: int) -> tuple[int, ...]:
    return tuple(int(each) for each in random.integers(darkest, end, 3))


def pictures_of(pictures: pathlib.Path, source: str) -> list[pathlib.Path]:
    return sorted((pictures / source).glob("*.png"))


SETS = {
    "scattered": Scattered,
    "counted": Counted,
    "blur": Blur,
    "pile": Pile,
    "compressed": Compressed,
    "tilted": Tilted,
    "faded": Faded,
    "sized": Sized,
    "hidden": Hidden,
    "scratched": Scratched,
    "stretched": Stretched,
    "grainy": Grainy,
    "apart": Apart,
    "saturated": Saturated,
    "gauge": Gauge,
    "rings": Rings,
    "mosaic": Mosaic,
    "level": Level,
}


def make(name: str, pictures: pathlib.Path, size: int, out: pathlib.Path) -> pathlib.Path:
    """The folder of a set: labels.csv has the images that a user has, all.csv the test images too, and who is in which split."""
    folder = out / f"{name}-{size}"
    if (folder / "labels.csv").exists():
        return folder
    (folder / "images").mkdir(parents=True, exist_ok=True)
    kind = SETS[name](pictures)
    random = np.random.default_rng(check.SEED)
    order = random.permutation(len(kind.sources))
    shown, tested = np.split(order, [int(0.7 * len(order))])
    rows = []
    for number in range(size + TESTS):
        is_test = number >= size
        image, value = kind.draw(kind.sources[random.choice(tested if is_test else shown)], random)
        file = f"images/{number:05}.png"
        image.save(folder / file)
        rows.append([file, value, "test" if is_test else "validation" if number % 7 == 6 else "train"])
    for listed, columns, some in (("all.csv", 3, rows), ("labels.csv", 2, rows[:size])):
        with (folder / listed).open("w", newline="", encoding="utf-8") as file:
            csv.writer(file, lineterminator="\n").writerows(row[:columns] for row in [["image", "value", "split"], *some])
    return folder


def settings(name: str, epochs: int) -> list[str]:
    if isinstance(GRID[name], str):
        return [f"backbone.model={GRID[name]}", "method=neighbours", "training.learningRates={imageEncoder: 0}"]
    tower, rest, augment = GRID[name]
    rates = f"imageEncoder: {tower}, layerDecay: 1, adapter: {rest}, concepts: {rest}, fineHead: {rest}"
    return ["method=numclip", "backbone.model=embedded", *length(epochs), augment, "training.keep=best",
            f"training.learningRates={{{rates}}}"]


def length(epochs: int) -> list[str]:
    return [f"training.epochs={epochs}", "training.patience=0",
            f"training.milestones=[{max(1, epochs * 2 // 3)}, {max(2, epochs * 5 // 6)}]"]


def train(folder: pathlib.Path, run: str, changed: list[str]) -> float:
    """Test MAE. A few images need not have every number, so the scale is that of all."""
    with (folder / "all.csv").open(encoding="utf-8") as file:
        values = [int(row["value"]) for row in csv.DictReader(file)]
    scale = [f"task.minimum={min(values)}", f"task.maximum={max(values)}"]
    common = ["yardsticks=false", "evaluation.resamples=0", "task.data.file=all.csv", *scale]
    overrides = [part for each in [*common, *changed] for part in ("--set", each)]
    check.numclip(folder, "train", "task.yaml", "--quiet", "--out", run, *overrides)
    models = json.loads((folder / run / "metrics.json").read_text())["models"]
    trained = next(name for name in models if name != "constant" and not name.startswith("zero-shot"))
    return models[trained]["mae"]


def measure(folder: pathlib.Path, name: str, size: int, given, known: set, add) -> None:
    title = re.match(r"(.*?)(, \d+ epochs)?\.( |$)", check.proposal(folder, SETS[name].unit)).group(1)
    proposed = "proposed: " + title
    images = size * 6 // 7
    wanted = max(10, min(100, round(100_000 / images)))
    epochs = max(2, min(wanted, given.seen // images))
    own = [] if "nearest neighbours" in proposed else length(epochs)
    in_grid = size > 100 and title in GRID  # a proposal of fewer images keeps the last epoch
    if in_grid and (name, str(size), proposed, "1") not in known:
        add(name, size, proposed, 1, wanted, epochs, "as in the grid", 0)
    for number, setting in enumerate([*GRID] if in_grid else [*GRID, proposed]):
        changed = settings(setting, epochs) if setting in GRID else own
        for seed in range(1, 1 + (given.seeds if size < 100 else 1)):
            if (name, str(size), setting, str(seed)) not in known:
                start = time.time()
                mae = train(folder, f"run-{number}-{seed}", [*changed, f"training.seed={seed}"])
                add(name, size, setting, seed, wanted, epochs, f"{mae:.4f}", f"{time.time() - start:.0f}")


COLUMNS = ["set", "images", "setting", "seed", "epochs wanted", "epochs", "MAE", "seconds"]


def main(given) -> None:
    given.out.mkdir(parents=True, exist_ok=True)
    results = given.out / "results.csv"
    if not results.exists():
        results.write_text(",".join(COLUMNS) + "\n", encoding="utf-8")
    known = {(row["set"], row["images"], row["setting"], row["seed"]) for row in csv.DictReader(results.open(encoding="utf-8"))}

    def add(*row) -> None:
        print(*row, sep="  ", flush=True)
        with results.open("a", newline="", encoding="utf-8") as file:
            csv.writer(file, lineterminator="\n").writerow(row)

    for size in map(int, given.sizes.split(",")):
        for name in given.sets.split(","):
            measure(make(name, given.pictures.resolve(), size, given.out.resolve()), name, size, given, known, add)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("pictures", type=pathlib.Path)
    parser.add_argument("out", type=pathlib.Path)
    parser.add_argument("--sets", default=",".join(SETS))
    parser.add_argument("--sizes", default="30,240,1800,20000")
    parser.add_argument("--seen", type=int, default=36_000, help="images that a training sees at most, repetitions counted")
    parser.add_argument("--seeds", type=int, default=3, help="trainings of each setting on fewer than 100 images; else one")
    main(parser.parse_args())
