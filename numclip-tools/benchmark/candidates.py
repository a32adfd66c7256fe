"""What is measured on each set and size: add a line to CANDIDATES to measure more.

A candidate has the training images and their numbers, the validation images to choose by, and says a number for each test image.
"""
import csv
import pathlib
import re
import subprocess
import sys
import warnings
from dataclasses import dataclass

import numpy as np
from PIL import Image
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.neighbors import KNeighborsClassifier, KNeighborsRegressor
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC, SVR

import folders
import network

NUMCLIP = pathlib.Path(__file__).resolve().parents[2] / "numclip"
PIXELS = (12, 24)  # a side
MOST_CLASSES = 20  # with more numbers than this there are no classifiers
NETWORK = ("method=dldl-v2", "backbone.model=small-network", "training.learningRates.imageEncoder=3e-4", "training.epochs=25",
           "training.stepsPerEpoch=60", "training.schedule=cosine", "training.augment={turn: 10, zoom: 0.1, shift: 0.1}")


class Unavailable(Exception):
    """The program does not know what is asked for."""


class Task:
    """A set at one size, and a folder to work in."""

    def __init__(self, folder: pathlib.Path, work: pathlib.Path, unit: str):
        self.folder, self.work, self.unit = folder, work, unit
        self.rows = folders.rows(folder)
        splits = np.array([row["split"] for row in self.rows])
        self.values = np.array([float(row["value"]) for row in self.rows])
        self.train, self.validation, self.test = (np.flatnonzero(splits == each) for each in ("train", "validation", "test"))
        work.mkdir(parents=True, exist_ok=True)

    @property
    def has_classes(self) -> bool:
        return len(np.unique(self.values[self.train])) <= MOST_CLASSES

    def images(self, side: int) -> np.ndarray:
        """(N, side, side, 3), from 0 to 1."""
        found = []
        for row in self.rows:
            with Image.open(self.folder / row["image"]) as image:
                found.append(np.asarray(image.convert("RGB").resize((side, side), Image.Resampling.BOX)))
        return np.stack(found).astype(np.float32) / 255

    def predictions(self, features: np.ndarray, models) -> tuple[np.ndarray, str]:
        """Numbers for the test images by the model that is best on the validation images."""
        known, shown = self.values[self.train], {}
        for name, make in models:
            model = make().fit(features[self.train], known)
            shown[name] = model, np.abs(model.predict(features[self.validation]) - self.values[self.validation]).mean()
        best = min(shown, key=lambda name: shown[name][1])
        return shown[best][0].predict(features[self.test]), best


@dataclass(frozen=True)
class Constant:
    name: str = "always the same number"

    def run(self, task: Task, _: int) -> tuple[np.ndarray, str]:
        return np.full(len(task.test), np.median(task.values[task.train])), ""


@dataclass(frozen=True)
class RawPixels:
    name: str = "raw pixels"

    def run(self, task: Task, _: int) -> tuple[np.ndarray, str]:
        sides = {side: task.images(side).reshape(len(task.rows), -1) for side in PIXELS}
        features = np.concatenate(list(sides.values()), axis=1)
        ends = np.cumsum([0, *(each.shape[1] for each in sides.values())])
        return task.predictions(features, [
            (f"{name}, {side} pixels a side", lambda make=make, part=slice(*ends[i:i + 2]): Part(part, make()))
            for i, side in enumerate(PIXELS) for name, make in pixel_models(task)])


@dataclass(frozen=True)
class Part:
    """A model that sees some of the columns."""

    columns: slice
    model: object

    def fit(self, features: np.ndarray, values: np.ndarray):
        self.model.fit(features[:, self.columns], labels(self.model, values))
        return self

    def predict(self, features: np.ndarray) -> np.ndarray:
        return self.model.predict(features[:, self.columns]).astype(float)


def labels(model, values: np.ndarray) -> np.ndarray:
    """Classes are named by their numbers."""
    is_classifier = isinstance(model[-1] if hasattr(model, "steps") else model, (SVC, LogisticRegression, KNeighborsClassifier))
    return values.astype(str) if is_classifier else values


def pixel_models(task: Task):
    for count in (1, 3, 5, 9, 17):
        if count <= len(task.train):
            yield f"mean of {count} neighbours", lambda count=count: KNeighborsRegressor(count)
            if task.has_classes:
                yield f"vote of {count} neighbours", lambda count=count: KNeighborsClassifier(count)
    for strength in (1, 10, 100, 1000, 10_000):
        yield f"ridge {strength}", lambda strength=strength: make_pipeline(StandardScaler(), Ridge(strength))
    for cost in (0.001, 0.01, 0.1) if task.has_classes else ():
        yield f"logistic {cost}", lambda cost=cost: make_pipeline(StandardScaler(), LogisticRegression(C=cost, max_iter=300))


@dataclass(frozen=True)
class SupportVectors:
    """On what `numclip embed` writes with these options."""

    name: str
    options: tuple = ()

    def run(self, task: Task, _: int) -> tuple[np.ndarray, str]:
        home = task.work / re.sub(r"\W+", "-", self.name)
        if not (home / "features.npy").exists():
            numclip(task.work, "embed", "--model", "embedded", "--precision", "fp32", *self.options, "--image",
                    task.folder / "images", "--out", home)
        with (home / "images.csv").open(encoding="utf-8") as file:
            known = {pathlib.Path(row["file"]).name: int(row["row"]) for row in csv.DictReader(file)}
        features = np.load(home / "features.npy")[[known[pathlib.Path(row["image"]).name] for row in task.rows]]
        return task.predictions(features, [(name, lambda make=make: Part(slice(None), make())) for name, make in kernels(task)])


def kernels(task: Task):
    spread = task.values[task.train].std() or 1
    for cost in (0.3, 1, 3, 10, 30):
        yield f"SVR {cost}", lambda cost=cost: make_pipeline(StandardScaler(), SVR(C=cost * spread, epsilon=0.05 * spread))
        if task.has_classes:
            yield f"SVC {cost}", lambda cost=cost: make_pipeline(StandardScaler(), SVC(C=cost))


@dataclass(frozen=True)
class SmallNetwork:
    name: str = "small network from scratch"

    def run(self, task: Task, seed: int) -> tuple[np.ndarray, str]:
        images = task.images(network.SIDE).transpose(0, 3, 1, 2)
        return network.predictions(images, task.values, (task.train, task.validation, task.test), task.has_classes, seed)


@dataclass(frozen=True)
class Trained:
    """`numclip train` with what `init` proposes, or with the recipe's settings (`of_recipe`), and with further settings."""

    name: str
    settings: tuple = ()
    of_recipe: bool = False

    def run(self, task: Task, seed: int) -> tuple[np.ndarray, str]:
        configuration = written(task, self.of_recipe)
        run = task.work / f"run-{re.sub(r'[^a-z0-9]+', '-', self.name)}-{seed}"
        subprocess.run(["rm", "-rf", run], check=True)
        changed = [f"training.seed={seed}", "yardsticks=false", "evaluation.resamples=0", *self.settings]
        numclip(task.work, "train", configuration.name, "--quiet", "--out", run,
                *(part for each in changed for part in ("--set", each)))
        with (run / "predictions.csv").open(encoding="utf-8") as file:
            found = {row["file"]: float(row["value"]) for row in csv.DictReader(file)}
        return np.array([found[task.rows[number]["image"]] for number in task.test]), proposed(configuration)


def written(task: Task, of_recipe: bool) -> pathlib.Path:
    """A configuration by `init`; for the recipe's settings one that was tried nothing for, without what it says of training."""
    file = task.work / ("recipe.yaml" if of_recipe else "task.yaml")
    if file.exists():
        return file
    listed = ["init", "--csv", task.folder / "labels.csv", "--unit", task.unit]
    if not of_recipe:
        file.with_suffix(".txt").write_text(numclip(task.work, *listed, "--out", file.name))
        return file
    draft = task.work / "draft.yaml"
    draft.unlink(missing_ok=True)
    numclip(task.work, *listed, "--no-trial", "--out", draft.name)
    blocks = re.split(r"(?m)^(?=[a-zA-Z])", draft.read_text())
    file.write_text("".join(each for each in blocks if not re.match("training|method|backbone|yardsticks", each)))
    return file


def proposed(configuration: pathlib.Path) -> str:
    found = re.search(r"(?m)^# Proposed: (.*)", configuration.read_text())
    return found.group(1) if found else ""


def numclip(folder: pathlib.Path, *arguments) -> str:
    """What the program says, run in the folder."""
    command = [NUMCLIP, *map(str, arguments)]
    done = subprocess.run(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if done.returncode == 0:
        return done.stdout
    if re.search("Unknown option|unknown setting|small-network: no such directory", done.stdout):
        raise Unavailable(done.stdout.strip().splitlines()[0])
    sys.exit(f"{' '.join(map(str, arguments))} failed in {folder}:\n{done.stdout}")


PROPOSAL = "init, then train"
PIXEL_ROW = RawPixels().name
CANDIDATES = {each.name: each for each in (
    Constant(),
    RawPixels(),
    SupportVectors("support vectors on features"),
    SmallNetwork(),
    Trained(PROPOSAL),
    Trained("train, recipe's settings", of_recipe=True),
    SupportVectors("support vectors on pooled features", ("--features", "pooled")),
    Trained("init, pooled features", ("backbone.features=pooled",)),
    Trained("init, layers", ("backbone.features=layers",)),
    Trained("small-network of the program", NETWORK, of_recipe=True),
)}
warnings.simplefilter("ignore", ConvergenceWarning)  # such a model is measured like the others
