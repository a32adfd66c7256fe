"""Writes golden/metrics.json: ordinal metrics by scikit-learn and SciPy. Needs numpy, scipy, scikit-learn.

    python tools/golden/metrics.py numclip-core/src/test/resources/golden/metrics.json
"""

import json
import sys

import numpy
from scipy.stats import spearmanr
from sklearn.metrics import accuracy_score, mean_absolute_error, mean_squared_error

EDGES = [0, 13, 19, 35, 65, 100]
ROUNDED = {"ties": True, "continuous": False}


def case(name, labels, values, likeliest, training):
    label_bins = numpy.digitize(labels, EDGES[1:-1])
    spearman = spearmanr(labels, values).statistic
    return {
        "name": name,
        "labels": labels.tolist(),
        "values": values.tolist(),
        "likeliest_bins": likeliest.tolist(),
        "training_labels": training.tolist(),
        "model": {
            "mae": mean_absolute_error(labels, values),
            "accuracy": accuracy_score(label_bins, likeliest),
            "offByOne": float(numpy.mean(numpy.abs(label_bins - likeliest) <= 1)),
            "rmse": float(mean_squared_error(labels, values) ** 0.5),
            "spearman": None if numpy.isnan(spearman) else float(spearman),
        },
        "constant": constant(labels, label_bins, training),
    }


def constant(labels, label_bins, training):
    training_bins = numpy.digitize(training, EDGES[1:-1])
    bins = range(len(EDGES) - 1)
    hits = [numpy.mean(training_bins == k) for k in bins]
    neighbours = [numpy.mean(numpy.abs(training_bins - k) <= 1) for k in bins]
    return {
        "mae": mean_absolute_error(labels, numpy.full(len(labels), numpy.median(training))),
        "accuracy": float(numpy.mean(label_bins == numpy.argmax(hits))),
        "offByOne": float(numpy.mean(numpy.abs(label_bins - numpy.argmax(neighbours)) <= 1)),
        "rmse": float(mean_squared_error(labels, numpy.full(len(labels), numpy.mean(training))) ** 0.5),
        "spearman": None,
    }


def random_case(name, rounded, count, seed):
    random = numpy.random.default_rng(seed)
    labels = random.uniform(0, 100, count)
    values = numpy.clip(labels + random.normal(0, 15, count), 0, 130)
    training = 100 * random.beta(2, 3, 4 * count)
    if rounded:
        labels, values, training = numpy.rint(labels), numpy.rint(values / 5) * 5, numpy.rint(training)
    likeliest = numpy.digitize(values + random.normal(0, 10, count), EDGES[1:-1])
    return case(name, labels, values, likeliest, training)


def main(path):
    cases = [random_case(name, rounded, 60, seed) for seed, (name, rounded) in enumerate(ROUNDED.items())]
    same = numpy.full(4, 40.0)
    cases.append(case("constant values", numpy.array([10.0, 20, 50, 70]), same, numpy.array([0, 2, 3, 4]), same))
    with open(path, "w", encoding="utf-8") as file:
        json.dump({"edges": EDGES, "cases": cases}, file, indent=1)
        file.write("\n")


if __name__ == "__main__":
    main(sys.argv[1])
