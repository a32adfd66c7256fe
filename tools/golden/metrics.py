"""Writes golden/metrics.json: ordinal metrics by scikit-learn, SciPy and dlordinal.

    python tools/golden/metrics.py numclip-core/src/test/resources/golden/metrics.json

Made with scikit-learn 1.9.1, SciPy 1.17.1, dlordinal 2.7.0 and NumPy 2.3.5.
dlordinal's AMAE and MMAE need whole classes, so they are checked on a case of whole labels with bins of width 1; elsewhere
they are scikit-learn's mean absolute error for each class. The ordinality of prototypes is in no package: it is written
here after OrdinalCLIP (arXiv:2206.02338).
"""

import json
import sys
from importlib.metadata import version

import numpy
from dlordinal.metrics import accuracy_off1, amae, mmae, ranked_probability_score
from scipy.stats import bootstrap, kendalltau, pearsonr, permutation_test, spearmanr
from sklearn.metrics import accuracy_score, cohen_kappa_score, mean_absolute_error, mean_squared_error

PACKAGES = ["numpy", "scipy", "scikit-learn", "dlordinal"]
AGES = [0, 13, 19, 35, 65, 100]
RANKS = [0, 1, 2, 3, 4, 5, 6]


def figure(number):
    return None if numpy.isnan(number) else float(number)


def constant_or(correlation, labels, values):
    if len(labels) < 2 or numpy.ptp(labels) == 0 or numpy.ptp(values) == 0:
        return None
    return figure(correlation(labels, values).statistic)


def bins_of(edges, labels):
    return numpy.digitize(labels, edges[1:-1])


def value_metrics(edges, labels, values, tolerance):
    classes = bins_of(edges, labels)
    per_class = [mean_absolute_error(labels[classes == k], values[classes == k]) for k in numpy.unique(classes)]
    return {
        "mae": mean_absolute_error(labels, values),
        "rmse": float(mean_squared_error(labels, values) ** 0.5),
        "cumulativeScore": float(numpy.mean(numpy.abs(labels - values) <= tolerance)),
        "amae": float(numpy.mean(per_class)),
        "mmae": float(numpy.max(per_class)),
    }


def bin_metrics(edges, labels, likeliest, expected):
    classes, all_classes = bins_of(edges, labels), range(len(edges) - 1)
    one = len(set(classes) | set(likeliest)) == 1
    kappa = numpy.nan if one else cohen_kappa_score(classes, likeliest, weights="quadratic", labels=list(all_classes))
    return {
        "accuracy": accuracy_score(classes, likeliest),
        "offByOne": accuracy_off1(classes, likeliest, labels=list(all_classes)),
        "classMae": mean_absolute_error(classes, likeliest),
        "expectedClassMae": mean_absolute_error(classes, expected),
        "expectedAccuracy": accuracy_score(classes, numpy.rint(expected).astype(int)),
        "quadraticKappa": figure(kappa),
    }


def order_metrics(labels, values):
    return {
        "spearman": constant_or(spearmanr, labels, values),
        "pearson": constant_or(pearsonr, labels, values),
        "kendall": constant_or(kendalltau, labels, values),
    }


def constant_metrics(edges, labels, training, tolerance):
    """The best constants on the training labels, found by trying one after the other; of equal ones the first."""
    values = [numpy.median(training), numpy.mean(training), *numpy.unique(training)]
    bins = [int(numpy.argmax(numpy.bincount(bins_of(edges, training)))), *range(len(edges) - 1)]
    shares = numpy.bincount(bins_of(edges, training), minlength=len(edges) - 1) / len(training)
    figures = {"rps": rps(edges, labels, numpy.tile(shares, (len(labels), 1)))}
    for name, sign in {"mae": 1, "rmse": 1, "cumulativeScore": -1, "amae": 1, "mmae": 1}.items():
        tried = [sign * value_metrics(edges, training, numpy.full(len(training), v), tolerance)[name] for v in values]
        best = values[int(numpy.argmin(tried))]
        figures[name] = value_metrics(edges, labels, numpy.full(len(labels), best), tolerance)[name]
    signs = {"accuracy": 1, "offByOne": 1, "quadraticKappa": 0, "classMae": -1, "expectedClassMae": -1, "expectedAccuracy": 1}
    for name, sign in signs.items():
        constant = lambda count, k: (numpy.full(count, k), numpy.full(count, float(k)))
        tried = [bin_metrics(edges, training, *constant(len(training), k))[name] for k in bins]
        best = bins[0] if sign == 0 else bins[int(numpy.argmax(sign * numpy.array(tried)))]
        figures[name] = bin_metrics(edges, labels, *constant(len(labels), best))[name]
    return figures | dict.fromkeys(["spearman", "pearson", "kendall"])


def rps(edges, labels, probabilities):
    return float(ranked_probability_score(bins_of(edges, labels), probabilities))


def case(name, edges, labels, values, probabilities, training, tolerance):
    likeliest = probabilities.argmax(axis=1)
    model = value_metrics(edges, labels, values, tolerance)
    if edges == RANKS:
        model |= {"amae": float(amae(labels, values)), "mmae": float(mmae(labels, values))}
    expected = probabilities @ numpy.arange(len(edges) - 1)
    model |= bin_metrics(edges, labels, likeliest, expected) | order_metrics(labels, values)
    model["rps"] = rps(edges, labels, probabilities)
    return {
        "name": name,
        "edges": edges,
        "tolerance": tolerance,
        "labels": labels.tolist(),
        "values": values.tolist(),
        "probabilities": probabilities.tolist(),
        "training_labels": training.tolist(),
        "model": model,
        "constant": constant_metrics(edges, labels, training, tolerance),
    }


def probabilities_near(random, edges, numbers, temperature):
    middles = (numpy.array(edges[:-1]) + numpy.array(edges[1:])) / 2
    logits = -numpy.abs(numbers[:, None] - middles) / temperature
    probabilities = numpy.exp(logits) / numpy.exp(logits).sum(axis=1, keepdims=True)
    return probabilities.round(6)


def ages(name, rounded, count, seed, below=100):
    random = numpy.random.default_rng(seed)
    labels = random.uniform(0, below, count)
    values = numpy.clip(labels + random.normal(0, 15, count), 0, 130)
    labels, values = labels.round(4), values.round(4)
    training = (100 * random.beta(2, 3, 2 * count)).round(4)
    if rounded:
        labels, values, training = numpy.rint(labels), numpy.rint(values / 5) * 5, numpy.rint(training)
    probabilities = probabilities_near(random, AGES, values + random.normal(0, 10, count), 10)
    return case(name, AGES, labels, values, probabilities, training, 5)


def ranks(count, seed):
    random = numpy.random.default_rng(seed)
    labels = random.integers(0, 6, count).astype(float)
    values = numpy.clip(labels + random.integers(-2, 3, count), 0, 5).astype(float)
    probabilities = probabilities_near(random, RANKS, values + 0.5, 0.8)
    training = random.integers(0, 6, 2 * count).astype(float)
    return case("whole classes", RANKS, labels, values, probabilities, training, 0.2)


def constant_values():
    same = numpy.full(4, 40.0)
    probabilities = numpy.eye(5)[[0, 2, 3, 4]] * 0.5 + 0.1
    return case("constant values", AGES, numpy.array([10.0, 20, 50, 70]), same, probabilities, same, 5)


def interval(statistic, *columns):
    found = bootstrap(
        columns, statistic, paired=True, vectorized=False, n_resamples=9_999, method="percentile", random_state=1
    ).confidence_interval
    return [float(found.low), float(found.high)]


def intervals(golden):
    labels, values = numpy.array(golden["labels"]), numpy.array(golden["values"])
    hits = bins_of(golden["edges"], labels) == numpy.array(golden["probabilities"]).argmax(axis=1)
    return golden | {
        "intervals": {
            "mae": interval(mean_absolute_error, labels, values),
            "rmse": interval(lambda x, y: mean_squared_error(x, y) ** 0.5, labels, values),
            "accuracy": interval(numpy.mean, hits.astype(float)),
            "spearman": interval(lambda x, y: spearmanr(x, y).statistic, labels, values),
            "pearson": interval(lambda x, y: pearsonr(x, y).statistic, labels, values),
            "kendall": interval(lambda x, y: kendalltau(x, y).statistic, labels, values),
        }
    }


def paired(name, count, seed, shift):
    random = numpy.random.default_rng(seed)
    first = numpy.abs(random.normal(0, 4, count)).round(4)
    second = numpy.abs(random.normal(shift, 4, count)).round(4)
    test = permutation_test(
        (first, second),
        lambda x, y, axis: numpy.mean(x - y, axis=axis),
        permutation_type="samples",
        vectorized=True,
        n_resamples=99_999,
        random_state=seed,
    )
    return {
        "name": name,
        "exact": 2**count <= 99_999,
        "first": first.tolist(),
        "second": second.tolist(),
        "difference": float(test.statistic),
        "p_value": float(test.pvalue),
    }


def ordinality(name, prototypes):
    directions = prototypes / numpy.linalg.norm(prototypes, axis=1, keepdims=True)
    similar = directions @ directions.T
    pairs = [(i, j) for i in range(len(similar) - 1) for j in range(i, len(similar) - 1)]
    return {
        "name": name,
        "prototypes": prototypes.tolist(),
        "ordinality": float(numpy.mean([similar[i, j] > similar[i, j + 1] for i, j in pairs])),
    }


def prototypes():
    random = numpy.random.default_rng(7)
    circle = numpy.linspace(0, 2, 6)
    return [
        ordinality("random", random.normal(size=(12, 8)).round(6)),
        ordinality("on an arc", numpy.stack([numpy.cos(circle), numpy.sin(circle)], axis=1).round(6)),
        ordinality("two", random.normal(size=(2, 4)).round(6)),
    ]


def main(path):
    golden = {
        "versions": {package: version(package) for package in PACKAGES},
        "cases": [
            intervals(ages("ties", True, 60, 0)),
            ages("continuous", False, 60, 1),
            ages("absent classes", True, 40, 2, below=30),
            ranks(80, 3),
            constant_values(),
        ],
        "paired": [paired("exact", 10, 4, 1), paired("sampled", 200, 5, 0.8), paired("alike", 100, 6, 0)],
        "prototypes": prototypes(),
    }
    with open(path, "w", encoding="utf-8") as file:
        json.dump(golden, file)
        file.write("\n")


if __name__ == "__main__":
    main(sys.argv[1])
