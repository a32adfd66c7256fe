"""Results beside each other: the error of each candidate, and whether the proposal differs from it beyond chance."""
import csv
import pathlib
from collections import Counter

import numpy as np

import candidates
import folders
import sets

LEVEL = 0.05  # p above which two are called level
NEAR = 1.05  # of the best error
FEW = 8  # with fewer groups in the test, pictures are drawn one by one: a few groups could not differ beyond chance
FLIPS = 10_000


class Results:
    """One CSV of all figures, and the predictions that they come from."""

    COLUMNS = ["set", "size", "candidate", "seed", "mae", "accuracy", "seconds", "detail"]

    def __init__(self, folder: pathlib.Path):
        self.folder, self.file = folder, folder / "results.csv"
        folder.mkdir(parents=True, exist_ok=True)

    def all(self) -> list[dict]:
        if not self.file.exists():
            return []
        with self.file.open(encoding="utf-8") as file:
            return list(csv.DictReader(file))

    def predictions_of(self, name: str, size: int, candidate: str, seed: int) -> pathlib.Path:
        return self.folder / "predictions" / f"{name}-{size}-{candidate.replace(' ', '-').replace(',', '')}-{seed}.npy"

    def add(self, row: dict, predictions: np.ndarray) -> None:
        file = self.predictions_of(row["set"], row["size"], row["candidate"], row["seed"])
        file.parent.mkdir(exist_ok=True)
        np.save(file, predictions)
        is_new = not self.file.exists()
        with self.file.open("a", newline="", encoding="utf-8") as out:
            writer = csv.DictWriter(out, self.COLUMNS, lineterminator="\n")
            if is_new:
                writer.writeheader()
            writer.writerow(row)


def accuracy(predicted: np.ndarray, true: np.ndarray, known: np.ndarray) -> float:
    """How often the nearest of the numbers that are there is the true one."""
    levels = np.unique(known)
    return float((levels[np.abs(predicted[:, None] - levels).argmin(1)] == true).mean())


def p_value(differences: np.ndarray, groups: list[str]) -> float:
    """Of a sign-flip test over groups: how often the sum is as far from zero by chance."""
    if len(set(groups)) < FEW:
        groups = range(len(groups))
    numbers = {group: number for number, group in enumerate(dict.fromkeys(groups))}
    sums = np.bincount([numbers[group] for group in groups], differences)
    signs = np.random.default_rng(1).integers(0, 2, (FLIPS, len(sums))) * 2 - 1
    return float((1 + (np.abs(signs @ sums) >= abs(sums.sum()) - 1e-9).sum()) / (1 + FLIPS))


class Cell:
    """A set at one size, all candidates."""

    def __init__(self, name: str, size: int, seed: int, results: Results, home: pathlib.Path):
        rows = [row for row in results.all() if (row["set"], row["size"], row["seed"]) == (name, str(size), str(seed))]
        self.rows = {row["candidate"]: row for row in rows if row["mae"]}
        listed = folders.rows(home / str(size))
        test = [row for row in listed if row["split"] == "test"]
        true = np.array([float(row["value"]) for row in test])
        self.name, self.images = name, Counter(row["split"] for row in listed)["train"]
        self.groups = [row.get("subject", row["image"]) for row in test]
        self.errors = {each: np.abs(np.load(results.predictions_of(name, size, each, seed)) - true) for each in self.rows}

    def mae(self, candidate: str) -> float:
        return float(self.errors[candidate].mean())

    def p(self, candidate: str) -> float:
        return p_value(self.errors[candidates.PROPOSAL] - self.errors[candidate], self.groups)

    def is_better(self, candidate: str) -> bool:
        """Than the proposal, beyond chance."""
        return self.mae(candidate) < self.mae(candidates.PROPOSAL) and self.p(candidate) <= LEVEL

    @property
    def is_near_or_level(self) -> bool:
        best = min(self.errors, key=self.mae)
        return self.mae(candidates.PROPOSAL) <= NEAR * self.mae(best) or not self.is_better(best)


def written(cells: dict[int, list[Cell]]) -> str:
    """Markdown: a table for each size, and under it what it says."""
    lines = []
    for size, shown in cells.items():
        measured = [each for each in candidates.CANDIDATES if any(each in cell.rows for cell in shown)]
        lines += [f"## {size} training images", "",
                  "| Candidate | " + " | ".join(f"{cell.name} ({cell.images} / {len(cell.groups)})" for cell in shown) + " |",
                  "|---" * (len(shown) + 1) + "|"]
        lines += [f"| {each} | " + " | ".join(entry(cell, each) for cell in shown) + " |" for each in measured]
        complete = [cell for cell in shown if candidates.PROPOSAL in cell.rows]
        lines += ["", *verdict(complete), ""]
    return "\n".join([HEAD, *lines])


HEAD = """MAE (accuracy) on the test images; in brackets above: training and test images. **Bold**: the lowest error. Beside it,
against the proposal: `+` worse, `−` better beyond chance (p ≤ 0.05, sign flips over groups, over pictures where there are fewer
than eight groups), `=` level. Tuned on: """ + ", ".join(each.name for each in sets.SETS.values() if each.is_for_tuning) + ".\n"


def entry(cell: Cell, candidate: str) -> str:
    if candidate not in cell.rows:
        return "–"
    figure = f"{cell.mae(candidate):.3g}"
    if candidate == min(cell.errors, key=cell.mae):
        figure = f"**{figure}**"
    mark = ""
    if candidates.PROPOSAL in cell.rows and candidate != candidates.PROPOSAL:
        mark = " =" if cell.p(candidate) > LEVEL else " −" if cell.is_better(candidate) else " +"
    return f"{figure} ({float(cell.rows[candidate]['accuracy']):.2f}){mark}"


def verdict(complete: list[Cell]) -> list[str]:
    near = [cell.name for cell in complete if cell.is_near_or_level]
    worse = [cell.name for cell in complete if candidates.PIXEL_ROW in cell.rows and cell.is_better(candidates.PIXEL_ROW)]
    return [f"The proposal is within 5 % of the best, or level with it, on {len(near)} of {len(complete)} sets"
            f"{': ' if near else ''}{', '.join(near)}. Worse than raw pixels beyond chance on: {', '.join(worse) or 'none'}.", "",
            *(f"- {cell.name}: {detail}" for cell in complete if (detail := cell.rows[candidates.PROPOSAL]["detail"]))]
