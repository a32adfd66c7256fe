"""Writes golden/comparisons.json: several tests corrected, and methods compared by cluster and over seeds.

Corrected p values by statsmodels.stats.multitest; the sign-flip test by cluster by scipy.stats.permutation_test on the sums of
the clusters; the pigeonhole bootstrap (Owen 2007) by all its samples, of which a small case has only a few hundred, with
numpy.quantile. Needs numpy, scipy, statsmodels; the JSON file names the versions that it was made with.

    python tools/golden/comparisons.py numclip-core/src/test/resources/golden/comparisons.json
"""

import itertools
import json
import sys

import numpy
import scipy
import statsmodels
from scipy.stats import permutation_test
from statsmodels.stats.multitest import multipletests

HOLM = [
    [0.01, 0.04, 0.03, 0.005],
    [0.5, 0.6, 0.7],
    [0.02],
    [0.0001, 0.0001, 0.9, 0.02, 0.02, 0.3, 0.012],
]


def holm(p_values):
    return {"p": p_values, "corrected": multipletests(p_values, method="holm")[1].tolist()}


def samples(count):
    """How often each of them is in a sample with replacement, for every sample; all are equally likely."""
    return [numpy.bincount(sample, minlength=count) for sample in itertools.product(range(count), repeat=count)]


def crossed(name, sizes, runs, seed):
    """Scores (images, runs) of two methods; images in clusters of these sizes."""
    random = numpy.random.default_rng(seed)
    cluster = numpy.repeat(numpy.arange(len(sizes)), sizes)
    first = 3 + random.normal(0, 1, (len(cluster), runs))
    second = first + random.normal(0.4, 0.6, len(sizes))[cluster, None] + random.normal(0, 0.5, runs)
    second += random.normal(0, 0.2, second.shape)
    difference = first - second
    sums = numpy.array([difference[cluster == c].sum(axis=0) for c in range(len(sizes))])  # (clusters, runs)
    means = [
        (images @ sums @ seeds) / (images @ numpy.array(sizes) * seeds.sum())
        for images in samples(len(sizes))
        for seeds in samples(runs)
    ]
    test = permutation_test(
        (sums.sum(axis=1),), numpy.sum, permutation_type="samples", n_resamples=numpy.inf, alternative="two-sided"
    )
    return {
        "name": name,
        "cluster": cluster.tolist(),
        "first": first.tolist(),
        "second": second.tolist(),
        "difference": difference.mean(),
        "interval": numpy.quantile(means, [0.025, 0.975]).tolist(),
        "p_value": test.pvalue,
    }


def main(path):
    content = {
        "made_with": {"numpy": numpy.__version__, "scipy": scipy.__version__, "statsmodels": statsmodels.__version__},
        "holm": [holm(p_values) for p_values in HOLM],
        "crossed": [crossed("equal", [2, 2, 2, 2], 3, 1), crossed("unequal", [1, 6, 2, 1, 3], 2, 2)],
    }
    with open(path, "w") as file:
        json.dump(content, file, indent=1)
        file.write("\n")


main(sys.argv[1])
