"""Sets as a user has them: SETS/NAME/SIZE has images and labels.csv with image, value, split and, where it is known, subject.

Sizes nest: the 30 training images are among the 300, and these among the 2,000; the test is the same. A fifth of the training
images' number are for validation. Each split has its own groups.
"""
import csv
import hashlib
import os
import pathlib
import shutil
import sys
from collections import Counter

import numpy as np
from PIL import Image

import packages
import sets

SIZES = (2000, 300, 30)
TESTS = 1000
SHARES = {"test": (0.3, TESTS), "validation": (0.15, SIZES[0] // 5)}  # of all pictures, and at most so many are needed
LARGEST = 400  # a group of more pictures is for training
DIGESTS = pathlib.Path(__file__).with_name("digests.csv")
COLUMNS = ["image", "value", "split", "subject"]


def validation_of(size: int) -> int:
    return size // 5


def divided(groups: list[str], most: int, random) -> dict[str, list[int]]:
    """Numbers of pictures for each split, in the order in which they are taken; `most` of a group outside training."""
    members = {}
    for number, group in enumerate(groups):
        members.setdefault(group or number, []).append(number)
    waiting = [members[key] for key in members]
    random.shuffle(waiting)
    total = sum(min(most, len(each)) for each in waiting)
    found = {}
    for split, (share, needed) in SHARES.items():
        found[split] = []
        target = min(needed, share * total)
        for each in reversed(waiting[:]):
            if len(found[split]) < target and len(each) <= LARGEST:
                found[split] += each[:most]
                waiting.remove(each)
    found["train"] = [number for each in waiting for number in each]
    return {split: [int(each) for each in random.permutation(numbers)] for split, numbers in found.items()}


def made(of: sets.Set, archives: packages.Archives, folder: pathlib.Path) -> pathlib.Path:
    """The folder of the set, with a folder for each size."""
    home = folder / of.name
    if home.exists():
        return home
    pictures = unequal(of.read(archives))
    splits = divided([each.group for each in pictures], of.most, np.random.default_rng(sets.SEED))
    part = home.with_name(of.name + ".part")
    shutil.rmtree(part, ignore_errors=True)
    for size in SIZES:
        (part / str(size) / "images").mkdir(parents=True)
        taken = [(split, number) for split, most in (("train", size), ("validation", validation_of(size)), ("test", TESTS))
                 for number in splits[split][:most]]
        rows = []
        for split, number in taken:
            name = f"images/{number:05}.png"
            largest = part / str(SIZES[0]) / name
            if size == SIZES[0]:
                pictures[number].image.save(largest)
            else:
                os.link(largest, part / str(size) / name)
            rows.append([name, f"{pictures[number].value:g}", split, pictures[number].group])
        columns = len(COLUMNS) if of.group else len(COLUMNS) - 1
        with (part / str(size) / "labels.csv").open("w", newline="", encoding="utf-8") as file:
            csv.writer(file, lineterminator="\n").writerows(row[:columns] for row in [COLUMNS, *rows])
    part.rename(home)
    return home


def unequal(pictures) -> list[sets.Picture]:
    """Without those whose pixels were there before: the same drawing under two names."""
    known = {}
    for each in pictures:
        known.setdefault((each.image.size, each.image.tobytes()), each)
    return list(known.values())


def rows(folder: pathlib.Path) -> list[dict]:
    with (folder / "labels.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def digest(home: pathlib.Path) -> str:
    """Of the lists of all sizes and of all pixels, whatever compressed them."""
    found = hashlib.sha256()
    for size in SIZES:
        found.update((home / str(size) / "labels.csv").read_bytes())
    for row in rows(home / str(SIZES[0])):
        with Image.open(home / str(SIZES[0]) / row["image"]) as image:
            found.update(repr((image.mode, image.size)).encode() + image.tobytes())
    return found.hexdigest()[:16]


def check(home: pathlib.Path) -> None:
    """Prints counts and the digest, and exits if something is not as it should be."""
    problems = []
    with DIGESTS.open(encoding="utf-8") as file:
        expected = {row["set"]: row["digest"] for row in csv.DictReader(file)}
    lists = {size: rows(home / str(size)) for size in SIZES}
    for size, listed in lists.items():
        counts = Counter(row["split"] for row in listed)
        print(f"{home.name:10} {size:5}  " + "  ".join(f"{split} {counts[split]}" for split in ("train", "validation", "test")))
        if counts["train"] > size or counts["validation"] > validation_of(size) or counts["test"] > TESTS:
            problems.append(f"too many images at {size}: {dict(counts)}")
        problems += in_two(listed, "group", lambda row: row.get("subject", ""))
        problems += in_two(listed, "picture", lambda row: (home / str(size) / row["image"]).read_bytes())
    for smaller, larger in zip(SIZES[1:], SIZES):
        if not {tuple(row.items()) for row in lists[smaller]} <= {tuple(row.items()) for row in lists[larger]}:
            problems.append(f"the list of {smaller} is not a part of that of {larger}")
    found = digest(home)
    groups = len({row.get("subject") for row in lists[SIZES[0]]}) if "subject" in lists[SIZES[0]][0] else 0
    print(f"{home.name:10} groups {groups}  digest {found}")
    if found != expected.get(home.name):
        problems.append(f"the digest is {found}, expected {expected.get(home.name)}: another version of Pillow or of a renderer?")
    if problems:
        sys.exit(f"{home}: " + "; ".join(problems))


def in_two(listed: list[dict], what: str, key) -> list[str]:
    seen = {}
    for row in listed:
        seen.setdefault(key(row), {})[row["split"]] = row["image"]
    return [f"one {what} in two splits: {found}" for value, found in seen.items() if value and len(found) > 1]


def sheet(home: pathlib.Path, file: pathlib.Path) -> None:
    """40 images, each with its number below: half of training, half of the test."""
    from PIL import ImageDraw
    listed = rows(home / str(SIZES[0]))
    shown = [row for split in ("train", "test") for row in [each for each in listed if each["split"] == split][:20]]
    canvas = Image.new("RGB", (10 * 104, 4 * 120), "gray")
    for place, row in enumerate(shown):
        x, y = place % 10 * 104 + 4, place // 10 * 120 + 4
        canvas.paste(Image.open(home / str(SIZES[0]) / row["image"]).convert("RGB").resize((96, 96)), (x, y))
        ImageDraw.Draw(canvas).text((x, y + 98), f"{row['value']} {row.get('subject', '')[:12]}", "white")
    canvas.save(file)
