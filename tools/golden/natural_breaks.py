"""Writes golden/natural-breaks.json: one-dimensional k-means by jenkspy 0.4.1, checked with scikit-learn.

Needs jenkspy, numpy, scikit-learn. jenkspy gives the exact optimum; 50 starts of scikit-learn's KMeans must not beat it.

    python tools/golden/natural_breaks.py numclip-core/src/test/resources/golden/natural-breaks.json
"""

import json
import sys

import jenkspy
import numpy
from sklearn.cluster import KMeans


def case(name, labels, groups):
    breaks = jenkspy.jenks_breaks(labels, n_classes=groups)
    members = numpy.searchsorted(breaks[1:-1], labels, side="left")
    means = [float(labels[members == k].mean()) for k in range(groups)]
    cost = float(sum(((labels[members == k] - means[k]) ** 2).sum() for k in range(groups)))
    tries = KMeans(groups, n_init=50, random_state=1, tol=1e-12).fit(labels[:, None])
    assert cost <= tries.inertia_ * (1 + 1e-9), (name, cost, tries.inertia_)
    return {"name": name, "labels": labels.tolist(), "groups": groups, "means": means, "cost": cost}


def main(path):
    random = numpy.random.default_rng(3)
    ages = numpy.rint(numpy.clip(random.normal(35, 18, 300), 0, 100))
    mixture = numpy.concatenate([random.normal(m, s, 40) for m, s in [(10, 1), (14, 3), (60, 8), (90, 1)]])
    cases = [
        case("whole ages", ages, 5),
        case("continuous mixture", numpy.clip(mixture, 0, 100), 4),
        case("long tail", numpy.minimum(100, numpy.rint(random.exponential(6, 250))), 6),
        case("as many groups as labels", numpy.array([3.0, 3, 50, 51, 51, 99]), 4),
        case("two groups", random.uniform(0, 100, 100), 2),
    ]
    with open(path, "w", encoding="utf-8") as file:
        json.dump({"cases": cases}, file)
        file.write("\n")


if __name__ == "__main__":
    main(sys.argv[1])
