"""How many planted faults 'numclip check' finds, beside plain residuals by scikit-learn on the same features.

    python tools/check/planted.py LIST.csv [--seed 1] [--numclip ./numclip]

LIST.csv has the columns image and value, and perhaps subject. A copy beside it gets wrong labels, one in twenty, each drawn from the
other labels of the list, and 40 twins: pictures of the list, recompressed, smaller or brighter, with another label. Printed are the
shares of the planted wrong labels among the first as many suspects, and of the twins that are named as such.
"""
import argparse
import csv
import pathlib
import random
import subprocess
import tempfile

import numpy as np
from PIL import Image, ImageEnhance
from sklearn.linear_model import RidgeCV
from sklearn.model_selection import GroupKFold
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

TWINS = 40


def twin(source, target, how):
    image = Image.open(source).convert("RGB")
    if how == "smaller":
        image = image.resize([round(side * 0.9) for side in image.size], Image.BICUBIC)
    if how == "brighter":
        image = ImageEnhance.Brightness(image).enhance(1.06)
    image.save(target, quality=75)


def planted(path, rows, rng):
    """Rows with faults, the names of images with a wrong label, and of twins."""
    labels = sorted({row["value"] for row in rows}, key=float)

    def other(label):
        return rng.choice([each for each in labels if each != label])

    wrong = rng.sample(rows, len(rows) // 20)
    right = [row for row in rows if row not in wrong]
    twins = []
    (path.parent / "twins").mkdir(exist_ok=True)
    for i, row in enumerate(rng.sample(right, TWINS)):
        how = ("jpeg", "smaller", "brighter")[i % 3]
        name = f"twins/{i}.{'jpg' if how == 'jpeg' else 'png'}"
        twin(path.parent / row["image"], path.parent / name, how)
        twins.append({**row, "image": name, "value": other(row["value"])})
    names = {row["image"] for row in wrong}
    changed = [{**row, "value": other(row["value"])} if row["image"] in names else row for row in rows]
    return changed + twins, names, {row["image"] for row in twins}


def residuals(numclip, table, rows, folder):
    subprocess.run([numclip, "embed", "--image", table, "--features", "layers", "--out", folder], check=True, capture_output=True)
    features = np.load(folder / "features.npy").astype(float)
    labels = np.array([float(row["value"]) for row in rows])
    groups = [row.get("subject") or row["image"] for row in rows]
    distance = np.zeros(len(rows))
    for learned, asked in GroupKFold(5).split(features, groups=groups):
        model = make_pipeline(StandardScaler(), RidgeCV(np.logspace(-1, 4, 6))).fit(features[learned], labels[learned])
        distance[asked] = np.abs(model.predict(features[asked]) - labels[asked])
    return [rows[i]["image"] for i in np.argsort(-distance)]


def main():
    options = argparse.ArgumentParser()
    options.add_argument("list", type=pathlib.Path)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--numclip", default="./numclip")
    given = options.parse_args()
    rows, wrong, twins = planted(given.list, list(csv.DictReader(given.list.open())), random.Random(given.seed))
    table = given.list.with_name("planted.csv")
    with table.open("w", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)
    with tempfile.TemporaryDirectory() as work:
        found = pathlib.Path(work) / "check"
        subprocess.run(
            [given.numclip, "check", table, "--out", found, "--most", str(2 * len(wrong)), "--quiet"], check=True, capture_output=True
        )
        suspects = list(csv.DictReader((found / "suspects.csv").open()))
        plain = residuals(given.numclip, table, rows, pathlib.Path(work) / "features")
    named = {each["image"] for each in suspects if each["what"] == "twin"}
    labels = [each["image"] for each in suspects if each["what"] == "label"]
    first = [name for name in labels if name not in twins][: len(wrong)]  # a twin is no planted wrong label
    plain = [name for name in plain if name not in twins][: len(wrong)]
    print(f"{given.list}: {len(rows)} images, {len(wrong)} wrong labels, {len(twins)} twins, seed {given.seed}")
    print(f"  wrong labels: check {len(wrong & set(first)) / len(wrong):.2f}, residuals {len(wrong & set(plain)) / len(wrong):.2f}")
    print(f"  twins: {len(twins & named) / len(twins):.2f}; {len(named)} images are named as such")


if __name__ == "__main__":
    main()
