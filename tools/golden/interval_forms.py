"""Writes golden/interval-forms.json: weighted, group-conditional and quantile-regression intervals by third-party code.

For the images of golden/uncertainty.json. The quantile regressions by sklearn.linear_model.QuantileRegressor, conformalised by
MAPIE's ConformalizedQuantileRegressor; group-conditional quantiles by MAPIE's scores, one SplitConformalRegressor for each
group; weighted quantiles (for which no public package has this form) by the formula of Tibshirani et al., NeurIPS 2019,
written here in NumPy. Needs numpy, scipy, scikit-learn, mapie.

    python tools/golden/interval_forms.py numclip-core/src/test/resources/golden/uncertainty.json \\
        numclip-core/src/test/resources/golden/interval-forms.json
"""

import json
import sys

import mapie
import numpy
import sklearn
from mapie.regression import ConformalizedQuantileRegressor
from sklearn.linear_model import QuantileRegressor
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from uncertainty import COVERAGE, Difficulty, NormalisedScore, bins, inputs, mapie_half_widths, temper

TARGET = [0.05, 0.05, 0.1, 0.3, 0.5]


class Residual:
    """A fitted regression of label - value as one of the label: the value is the last input."""

    fitted_ = True

    def __init__(self, regression):
        self.regression = regression

    def fit(self, x, y):
        return self

    def predict(self, x):
        return x[:, -1] + self.regression.predict(x[:, :-1])

    def __sklearn_is_fitted__(self):
        return True


def regression(x, residuals, level):
    return make_pipeline(StandardScaler(), QuantileRegressor(quantile=level, alpha=0.01, solver="highs")).fit(x, residuals)


def quantile_band(shaping, calibrating, test):
    x, residuals = inputs(shaping["p"]), shaping["labels"] - shaping["values"]
    tail = (1 - COVERAGE) / 2
    models = [Residual(regression(x, residuals, level)) for level in (tail, 1 - tail, 0.5)]
    conformal = ConformalizedQuantileRegressor(models, confidence_level=COVERAGE, prefit=True)
    conformal.conformalize(numpy.column_stack([inputs(calibrating["p"]), calibrating["values"]]), calibrating["labels"])
    asked = numpy.column_stack([inputs(test["p"]), test["values"]])
    return conformal.predict_interval(asked, symmetric_correction=True)[1][:, :, 0]


def weighted(scores, strata, shares, own):
    """The weighted quantile of scores and infinity, for an image of the stratum `own`."""
    ratio = numpy.array([shares[k] / max(1, (strata == k).sum()) for k in range(len(shares))])
    order = numpy.argsort(scores)
    weights = numpy.append(ratio[strata][order], ratio[own])
    reached = numpy.cumsum(weights / weights.sum())[:-1] >= COVERAGE - 1e-9
    return float(scores[order][reached.argmax()]) if reached.any() else float("inf")


def by_group(known, groups):
    """Half the width of an interval of difficulty 1, in each group."""
    widths = {}
    for group in numpy.unique(groups):
        inside = groups == group
        part = tuple(numbers[inside] for numbers in known)
        widths[str(group)] = mapie_half_widths(NormalisedScore(sym=True), part, (numpy.zeros(1), numpy.ones(1)))[0]
    return widths


def part(golden, name):
    numbers = {key: numpy.array(golden[name][key]) for key in ("labels", "values", "probabilities")}
    return numbers | {"p": temper(numbers["probabilities"], golden["temperature"])}


def main(source, path):
    with open(source) as known:
        golden = json.load(known)
    shaping, calibrating, test = (part(golden, name) for name in ("shaping", "calibrating", "test"))
    difficulty = Difficulty(shaping["p"], numpy.abs(shaping["labels"] - shaping["values"]))
    expected = difficulty(calibrating["p"])
    scores = numpy.abs(calibrating["labels"] - calibrating["values"]) / expected
    band = quantile_band(shaping, calibrating, test)
    known = (calibrating["values"], calibrating["labels"], expected)
    groups = numpy.where(numpy.arange(len(scores)) % 3 == 0, "a", "b")
    written = {
        "made_with": {"numpy": numpy.__version__, "scikit-learn": sklearn.__version__, "mapie": mapie.__version__},
        "cqr": {"lower": band[:, 0].tolist(), "upper": band[:, 1].tolist()},
        "target": TARGET,
        "weighted": [weighted(scores, bins(calibrating["labels"]), TARGET, k) for k in range(len(TARGET))],
        "groups": groups.tolist(),
        "by_group": by_group(known, groups),
    }
    with open(path, "w") as out:
        json.dump(written, out, indent=1)
        out.write("\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
