"""Writes golden/exchangeability.json: whether images are like those of the calibration, by third-party code.

The beta-binomial distribution by scipy.stats.betabinom, the test of two samples by scipy.stats.chi2_contingency, distances by
sklearn.neighbors.NearestNeighbors, what the nearest images say by KNeighborsRegressor, effective sizes by the analysis of variance
of scipy.stats.f_oneway (whose F is the ratio of the mean squares), larger errors of a part by the clustered standard error of
statsmodels' OLS and scipy.stats.t. Needs numpy, scipy, scikit-learn, statsmodels; the JSON file names the versions that it was made
with.

    python tools/golden/exchangeability.py numclip-core/src/test/resources/golden/exchangeability.json
"""

import json
import sys

import numpy
import scipy
import sklearn
import statsmodels
import statsmodels.api
from scipy.stats import betabinom, chi2_contingency, f_oneway, t
from sklearn.neighbors import KNeighborsRegressor, NearestNeighbors


def outside():
    """At least `outside` of `tested` images beyond the quantile of `calibrated` ones."""
    cases = []
    for calibrated, tested, rate, number in [(9, 10, 0.1, 4), (100, 200, 0.1, 35), (99, 400, 0.05, 30), (1000, 1, 0.1, 1),
                                             (57, 300, 0.2, 61), (30, 50, 0.1, 0)]:
        rank = int(numpy.floor((calibrated + 1) * rate + 1e-9))
        chance = betabinom.sf(number - 1, tested, rank, calibrated + 1 - rank)
        cases.append({"calibrated": calibrated, "tested": tested, "rate": rate, "outside": number, "chance": float(chance)})
    return cases


def differences():
    cases = []
    for left, right in [([10, 20, 30], [12, 18, 33]), ([5, 0, 40, 9], [30, 0, 20, 8]), ([3, 100], [9, 80])]:
        used = numpy.array([left, right])
        used = used[:, used.sum(axis=0) > 0]
        cases.append({"left": left, "right": right, "chance": float(chi2_contingency(used, correction=False).pvalue)})
    return cases


def sizes():
    cases = []
    for seed, counts, alike in [(1, [4] * 10, 1.0), (2, [1, 2, 3, 9, 20], 2.0), (3, [5] * 8, 0.0), (4, [1] * 6, 1.0)]:
        random = numpy.random.default_rng(seed)
        groups = [alike * random.normal() + random.normal(size=count) for count in counts]
        count, images, weight = len(counts), sum(counts), sum(n * n for n in counts) / sum(counts)
        correlation = 0.0
        if count < images:
            ratio, size = f_oneway(*groups).statistic, (images - weight) / (count - 1)
            correlation = float(numpy.clip((ratio - 1) / (ratio + size - 1), 0, 1))
        cases.append({
            "groups": [f"group {i}" for i, n in enumerate(counts) for _ in range(n)],
            "figures": numpy.concatenate(groups).tolist(),
            "effective": images / (1 + correlation * (weight - 1)),
        })
    return cases


def larger():
    """A part whose errors are larger than those of the others, by images and by clusters of them."""
    cases = []
    for seed, images, clusters, more in [(6, 40, 40, 0.0), (7, 60, 12, 1.0), (8, 30, 30, 2.0), (9, 200, 50, -0.5)]:
        random = numpy.random.default_rng(seed)
        parts, groups = random.integers(0, 3, images), numpy.arange(images) % clusters
        inside = (parts == 1).astype(float)
        errors = numpy.abs(random.normal(size=images) + random.normal(size=clusters)[groups]) + more * inside
        fit = statsmodels.api.OLS(errors, statsmodels.api.add_constant(inside)).fit(
            cov_type="cluster", cov_kwds={"groups": groups})
        freedom = len(set(groups[parts == 1])) - 1
        cases.append({"errors": errors.tolist(), "parts": parts.tolist(), "part": 1,
                      "groups": [f"group {i}" for i in groups], "chance": float(t.sf(fit.tvalues[1], freedom))})
    return cases


def unit(random, count):
    features = random.normal(size=(count, 6)).astype(numpy.float32)
    return features / numpy.linalg.norm(features, axis=1, keepdims=True)


def falling(distances):
    """Weights (asked, training), the nearest first, that are 0 from 1.01 times the square of the sixth on."""
    squares = distances**2
    return numpy.maximum(0, 1.01 * squares[:, 5:6] - squares) / (squares + 1e-6)


def familiar():
    random = numpy.random.default_rng(5)
    training, held_out, asked = unit(random, 40), unit(random, 30), unit(random, 12)
    nearest = NearestNeighbors(n_neighbors=5).fit(training.astype(float))
    known = nearest.kneighbors(held_out.astype(float))[0][:, -1]
    distances = nearest.kneighbors(asked.astype(float))[0][:, -1]
    labels = random.uniform(0, 100, size=len(training)).astype(numpy.float32)
    likest = KNeighborsRegressor(n_neighbors=len(training), weights=falling)
    likest.fit(training.astype(float), labels.astype(float))
    return {
        "labels": labels.tolist(),
        "said_by_the_nearest": likest.predict(asked.astype(float)).tolist(),
        "training": training.tolist(),
        "held_out": held_out.tolist(),
        "asked": asked.tolist(),
        "known": known.tolist(),
        "distances": distances.tolist(),
        "chances": [float((1 + (known >= distance).sum()) / (1 + len(known))) for distance in distances],
    }


def main(path):
    golden = {
        "made_with": {"numpy": numpy.__version__, "scipy": scipy.__version__, "scikit-learn": sklearn.__version__,
                      "statsmodels": statsmodels.__version__},
        "outside": outside(),
        "differences": differences(),
        "sizes": sizes(),
        "familiar": familiar(),
        "larger": larger(),
    }
    with open(path, "w") as out:
        json.dump(golden, out, indent=1)
        out.write("\n")


if __name__ == "__main__":
    main(sys.argv[1])
