"""Measures a CLIP on real pictures that it has not seen, so that candidates of `./numclip pretrain` can be compared.

Usage: python tools/pictures/check.py PICTURES MODEL [MODEL ...] [--curve FILE.csv]

PICTURES is the folder that fetch.py has written, a MODEL a CLIP directory or the word embedded. Needs Python 3.10 with numpy,
pillow and scikit-learn (tried: 2.4, 13.0, 1.9), and the project built. With --curve a row for each model is added to a file.

zero-shot     the age of people on Noto's emoji, four classes in plain words: share that is right in each class, averaged
              (chance 0.25), with one sentence and averaged over sentences
ages          the same classes learned from the emoji of other vendors, tested on Noto's
digits        the 1797 digits of scikit-learn, 8 pixels wide, enlarged
scattered     the same digits, somewhere, in any size, a little turned, on gray

For the last three: accuracy of the best of a support vector machine, logistic regression and nearest neighbours, tuned on
validation images and fitted on training and validation images, on raw pixels and on the frozen features of the model; and the
mean absolute error of its predictions.
"""
import argparse
import csv
import json
import pathlib
import re
import subprocess
import tempfile
import warnings

import numpy as np
from PIL import Image
from sklearn.datasets import load_digits
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import recall_score
from sklearn.neighbors import KNeighborsClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler, normalize
from sklearn.svm import SVC

NUMCLIP = pathlib.Path(__file__).resolve().parents[2] / "numclip"
WORDS = ["baby", "child", "adult", "older person"]
SENTENCES = ["{a} {who}", "a picture of {a} {who}", "an emoji of {a} {who}", "{who}"]
PEOPLE = [r"baby", r"child|boy|girl", r"adult|person|man|woman", r"older-(person|adult|man|woman)|old-(man|woman)"]
TONE = r"(-(medium-)?(light|dark)|-medium)?(-skin-tone)?(-default)?"
RAW = 24  # pixels a side; fewer and more were not better on the digits
SIDE = 96
SEED = 1


class Clip:
    """A model behind the command line."""

    def __init__(self, model: str):
        self.model = model

    def images(self, images: list[Image.Image]) -> np.ndarray:
        """(N, D), of length 1."""
        with tempfile.TemporaryDirectory() as folder:
            root = pathlib.Path(folder)
            (root / "images").mkdir()
            for i, image in enumerate(images):
                image.save(root / f"images/{i:05}.png")
            self.run("--image", root / "images", "--out", root / "out")
            return normalize(np.load(root / "out/features.npy"))

    def texts(self, texts: list[str]) -> np.ndarray:
        """(N, D), of length 1."""
        found = json.loads(self.run("--text", *texts, "--format", "json"))
        by_text = {each["text"]: each["embedding"] for each in found["texts"]}
        return normalize(np.array([by_text[text] for text in texts]))

    def run(self, *arguments) -> str:
        command = [NUMCLIP, "embed", "--model", self.model, "--precision", "fp32", *arguments]
        return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout


def on_white(file: pathlib.Path) -> Image.Image:
    picture = Image.open(file).convert("RGBA")
    canvas = Image.new("RGBA", (SIDE, SIDE), "white")
    canvas.alpha_composite(picture, ((SIDE - picture.width) // 2, (SIDE - picture.height) // 2))
    return canvas.convert("RGB")


def people(root: pathlib.Path, listed: str) -> tuple[list[Image.Image], np.ndarray, list[str]]:
    """Pictures whose names say nothing but an age, a sex and a tone of the skin; classes 0 to 3; who drew them."""
    images, classes, vendors = [], [], []
    for row in csv.DictReader((root / listed).open(encoding="utf-8")):
        name = pathlib.PurePosixPath(row["image"])
        for number, pattern in enumerate(PEOPLE):
            if row["source"].startswith("@iconify-json/") and re.fullmatch(f"({pattern}){TONE}", name.stem):
                images.append(on_white(root / name))
                classes.append(number)
                vendors.append(re.fullmatch(r"@iconify-json/(.*?)(-v1|-flat)?@.*", row["source"])[1])
    return images, np.array(classes), vendors


def zero_shot(clip: Clip, images: np.ndarray, classes: np.ndarray) -> dict[str, float]:
    sentences = [[sentence.format(a="an" if who[0] in "aeiou" else "a", who=who) for who in WORDS]
                 for sentence in SENTENCES]
    texts = clip.texts([text for row in sentences for text in row]).reshape(len(SENTENCES), len(WORDS), -1)
    one = (images @ texts[0].T).argmax(1)
    mean = (images @ normalize(texts.mean(0)).T).argmax(1)
    return {"zero-shot one sentence": recall_score(classes, one, average="macro"),
            "zero-shot sentences": recall_score(classes, mean, average="macro")}


def raw(images: list[Image.Image]) -> np.ndarray:
    return np.array([np.asarray(image.resize((RAW, RAW), Image.Resampling.BOX)).ravel() / 255 for image in images])


def candidates():
    for cost in (0.3, 1, 3, 10, 30):
        yield f"svm {cost}", lambda cost=cost: make_pipeline(StandardScaler(), SVC(C=cost))
    for cost in (0.003, 0.03, 0.3, 3):
        yield f"logistic {cost}", lambda cost=cost: make_pipeline(
            StandardScaler(), LogisticRegression(C=cost, max_iter=400))
    for count in (1, 3, 5, 9):
        yield f"neighbours {count}", lambda count=count: KNeighborsClassifier(count)


def predicted(features: np.ndarray, labels: np.ndarray, parts: tuple) -> tuple[np.ndarray, str]:
    """The numbers of the test part, and who was best on the validation part."""
    train, validation, test = parts
    scores = {name: make().fit(features[train], labels[train]).score(features[validation], labels[validation])
              for name, make in candidates()}
    best = max(scores, key=scores.get)
    both = np.concatenate([train, validation])
    return dict(candidates())[best]().fit(features[both], labels[both]).predict(features[test]), best


def learned(features: np.ndarray, labels: np.ndarray, parts: tuple) -> tuple[float, float, str]:
    """Accuracy and mean absolute error on the test part, and who was best on the validation part."""
    found, best = predicted(features, labels, parts)
    return *scored(found, labels[parts[2]]), best


def scored(found: np.ndarray, true: np.ndarray) -> tuple[float, float]:
    """Accuracy and mean absolute error."""
    return float((found == true).mean()), float(np.abs(found - true).mean())


def parted(count: int, shares=(0.6, 0.2)) -> tuple:
    order = np.random.default_rng(SEED).permutation(count)
    first, second = int(count * shares[0]), int(count * sum(shares))
    return order[:first], order[first:second], order[second:]


def digits() -> tuple[list[Image.Image], np.ndarray]:
    data = load_digits()
    return [Image.fromarray((255 - each * 15.9).astype(np.uint8)).resize((64, 64), Image.Resampling.BICUBIC).convert("RGB")
            for each in data.images], data.target


def on_shade(digit: Image.Image, side: int, angle: float, shade: int) -> Image.Image:
    """In one channel; white becomes the shade."""
    small = digit.convert("L").resize((side, side), Image.Resampling.BICUBIC)
    turned = small.rotate(angle, Image.Resampling.BILINEAR, fillcolor=255)
    return Image.eval(turned, lambda value: value * shade // 255)


def scattered(images: list[Image.Image]) -> list[Image.Image]:
    random = np.random.default_rng(SEED)
    found = []
    for image in images:
        side, angle = int(random.integers(24, 56)), float(random.uniform(-20, 20))
        shade = int(random.integers(120, 256))
        canvas = Image.new("L", (SIDE, SIDE), shade)
        canvas.paste(on_shade(image, side, angle, shade), tuple(int(each) for each in random.integers(0, SIDE - side, 2)))
        found.append(canvas.convert("RGB"))
    return found


def measured(root: pathlib.Path) -> dict:
    """The sets, with what raw pixels reach on them; they are the same for every model."""
    held, held_classes, held_vendors = people(root, "held-out.csv")
    shown, shown_classes, shown_vendors = people(root, "pictures.csv")
    train, validation, _ = parted(len(shown), (0.75, 0.25))
    ages = (shown + held, np.concatenate([shown_classes, held_classes]),
            (train, validation, np.arange(len(shown), len(shown) + len(held))))
    plain, numbers = digits()
    sets = {"ages": ages, "digits": (plain, numbers, parted(len(plain))),
            "scattered": (scattered(plain), numbers, parted(len(plain)))}
    print(f"zero-shot on {len(held)} pictures, {np.bincount(held_classes)} of each class; ages learned from {len(shown)}")
    by_pixels = {name: predicted(raw(images), labels, parts) for name, (images, labels, parts) in sets.items()}
    return {"sets": sets, "held": held, "classes": held_classes, "vendors": {"ages": shown_vendors + held_vendors},
            "numbers by pixels": {name: found for name, (found, _) in by_pixels.items()},
            "raw": {name: (*scored(found, truth(sets[name])), best) for name, (found, best) in by_pixels.items()}}


def truth(of: tuple) -> np.ndarray:
    """The numbers of a set's test part."""
    _, labels, parts = of
    return labels[parts[2]]


def figures(model: str, known: dict) -> dict:
    clip = Clip(model)
    row = {"model": model, **zero_shot(clip, clip.images(known["held"]), known["classes"])}
    for name, (images, labels, parts) in known["sets"].items():
        for kind, (accuracy, error, best) in (("raw", known["raw"][name]),
                                              ("features", learned(clip.images(images), labels, parts))):
            row |= {f"{name} {kind}": accuracy, f"{name} {kind} error": error, f"{name} {kind} by": best}
    return row


def show(row: dict) -> None:
    print(f"\n{row['model']}")
    print(f"  zero-shot   one sentence {row['zero-shot one sentence']:.3f}, "
          f"sentences {row['zero-shot sentences']:.3f} (chance 0.25)")
    for name in ("ages", "digits", "scattered"):
        print(f"  {name:11} " + "; ".join(
            f"{kind} {row[f'{name} {kind}']:.3f} (MAE {row[f'{name} {kind} error']:.3f}, {row[f'{name} {kind} by']})"
            for kind in ("raw", "features")), flush=True)


def add(row: dict, curve: pathlib.Path) -> None:
    is_new = not curve.exists()
    with curve.open("a", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, row.keys(), lineterminator="\n")
        if is_new:
            writer.writeheader()
        writer.writerow({key: f"{value:.4f}" if isinstance(value, float) else value for key, value in row.items()})


def numclip(folder: pathlib.Path, *arguments) -> str:
    """What the program says, run in the folder."""
    command = [NUMCLIP, *map(str, arguments)]
    return subprocess.run(command, check=True, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True).stdout


def proposal(folder: pathlib.Path, unit: str) -> str:
    """What `init` proposes for the folder's labels.csv; what it says is written beside."""
    if not (folder / "task.yaml").exists():
        (folder / "init.txt").write_text(numclip(folder, "init", "--csv", "labels.csv", "--unit", unit))
    lines = (folder / "task.yaml").read_text().splitlines()
    return next(line[len("# Proposed: "):] for line in lines if line.startswith("# Proposed: "))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("pictures", type=pathlib.Path)
    parser.add_argument("models", nargs="+")
    parser.add_argument("--curve", type=pathlib.Path)
    given = parser.parse_args()
    warnings.simplefilter("ignore", ConvergenceWarning)  # such a candidate is measured like the others
    everything = measured(given.pictures)
    for each in given.models:
        result = figures(each, everything)
        show(result)
        if given.curve:
            add(result, given.curve)
