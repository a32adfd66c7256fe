"""Trains what `./numclip init` proposes on three sets of real pictures, beside the best of three methods on raw pixels.

Usage: python tools/pictures/init_check.py PICTURES OUT [--sets NAME,...] [--seeds N] [--vendors]

PICTURES is the folder that fetch.py has written. Needs what check.py needs. The sets are those of check.py, ages, digits and scattered, with the
same parts: `init` is given the list with its column `split`, and looks at training and validation images only. The method on
raw pixels is chosen on validation images and fitted to both. OUT/results.csv gets a row for each training: accuracy of the
predicted concept, and the mean absolute error of the number, on test images, with the 95 % interval by how much that is less.
With --vendors the list of ages has a column that says who drew a picture, and `init` can see that the test is of another vendor.
"""
import argparse
import csv
import json
import pathlib

import numpy as np

import check

UNITS = {"ages": "ages", "digits": "digits", "scattered": "digits"}


def write(folder: pathlib.Path, images: list, labels: np.ndarray, parts: tuple, vendors: list[str] | None) -> None:
    (folder / "images").mkdir(parents=True, exist_ok=True)
    splits = {int(i): split for split, part in zip(("train", "validation", "test"), parts) for i in part}
    with (folder / "labels.csv").open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(["image", "value", "split"] + (["vendor"] if vendors else []))
        for i, image in enumerate(images):
            image.save(folder / f"images/{i:05}.png")
            rows.writerow([f"images/{i:05}.png", int(labels[i]), splits[i]] + (vendors[i:i + 1] if vendors else []))


def errors(run: pathlib.Path, images: int) -> np.ndarray:
    """Of the test images, in the order of the set; infinite for another image."""
    found = np.full(images, np.inf)
    with (run / "predictions.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            found[int(pathlib.PurePosixPath(row["file"]).stem)] = abs(float(row["value"]) - float(row["label"]))
    return found


def interval(differences: np.ndarray) -> str:
    """Of their mean, 95 %, by 10,000 resamples of the images."""
    random = np.random.default_rng(check.SEED)
    means = random.choice(differences, (10_000, len(differences))).mean(1)
    return "{:.3f} to {:.3f}".format(*np.quantile(means, (0.025, 0.975)))


def trained(folder: pathlib.Path, seed: int) -> tuple[float, float, str]:
    """Accuracy, mean absolute error, and the verdict on it."""
    run = folder / f"run-{seed}"
    if not (run / "metrics.json").exists():
        check.numclip(folder, "train", "task.yaml", "--quiet", "--out", run.name, "--set", f"training.seed={seed}")
    metrics = json.loads((run / "metrics.json").read_text(encoding="utf-8"))
    own = list(metrics["models"].values())[-1]
    return own["accuracy"], own["mae"], " ".join(each["sentence"] for each in metrics["verdict"][:2])


def main(given) -> None:
    given.out.mkdir(parents=True, exist_ok=True)
    known = check.measured(given.pictures)
    clip = check.Clip("embedded")
    for name in given.sets.split(","):
        images, labels, parts = known["sets"][name]
        folder = (given.out / name).resolve()
        if not (folder / "task.yaml").exists():
            write(folder, images, labels, parts, known["vendors"].get(name) if given.vendors else None)
        proposal = check.proposal(folder, UNITS[name])
        plain = {"raw": known["raw"][name], "features": check.learned(clip.images(images), labels, parts)}
        raw_errors = np.abs(known["numbers by pixels"][name] - check.truth(known["sets"][name]))
        for seed in range(1, 1 + given.seeds):
            row = {"set": name, "test images": len(parts[2])}
            for kind, figures in plain.items():
                row |= dict(zip((f"{kind} accuracy", f"{kind} MAE", f"{kind} by"), figures))
            row |= {"proposed": proposal, "seed": seed}
            row |= dict(zip(("accuracy", "MAE", "verdict"), trained(folder, seed)))
            own = errors(folder / f"run-{seed}", len(labels))[parts[2]]
            row["MAE less than raw by"] = interval(raw_errors - own)
            check.add(row, given.out / "results.csv")
            print(*row.values(), sep="  ", flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("pictures", type=pathlib.Path)
    parser.add_argument("out", type=pathlib.Path)
    parser.add_argument("--sets", default=",".join(UNITS))
    parser.add_argument("--vendors", action="store_true", help="who drew each of the ages, as a column of the list")
    parser.add_argument("--seeds", type=int, default=1, help="trainings of each proposal")
    main(parser.parse_args())
