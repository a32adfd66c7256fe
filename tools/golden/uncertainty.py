"""Writes golden/uncertainty.json: temperature, calibration error, conformal quantiles and sets by third-party code.

Temperature by scipy.optimize.minimize_scalar; the difficulty by sklearn.linear_model.Ridge; plain and normalised intervals by
MAPIE's SplitConformalRegressor; the expected calibration error, the per-bin quantiles and the ordinal sets (for which no
public package has this form) by the formulas in the Javadoc, written here in NumPy. Needs numpy, scipy, scikit-learn, mapie;
the JSON file names the versions that it was made with.

    python tools/golden/uncertainty.py numclip-core/src/test/resources/golden/uncertainty.json
"""

import json
import sys

import mapie
import numpy
import scipy
import sklearn
from mapie.conformity_scores import AbsoluteConformityScore
from mapie.regression import SplitConformalRegressor
from scipy.optimize import minimize_scalar
from scipy.special import log_softmax, softmax
from sklearn.linear_model import Ridge

EDGES = numpy.array([0.0, 13, 19, 35, 65, 100])
ANCHORS = numpy.array([6.0, 16, 27, 48, 75])
COVERAGE = 0.9


def images(count, seed):
    """Overconfident logits, and errors that grow with the label."""
    random = numpy.random.default_rng(seed)
    labels = random.uniform(0, 100, count)
    values = numpy.clip(labels + random.normal(0, 1 + labels / 12), 0, 100)
    centres = values + random.normal(0, 6, count)
    logits = -numpy.abs(centres[:, None] - ANCHORS) / 3 + random.normal(0, 0.5, (count, len(ANCHORS)))
    return labels, values, softmax(logits, axis=1)


def bins(numbers):
    return numpy.digitize(numbers, EDGES[1:-1])


def likelihood(probabilities, labels):
    return float(-numpy.mean(numpy.log(probabilities[numpy.arange(len(labels)), bins(labels)])))


def calibration_error(probabilities, labels):
    sure, right = probabilities.max(axis=1), probabilities.argmax(axis=1) == bins(labels)
    edges = numpy.linspace(0, 1, 16)
    error = 0.0
    for lower, upper in zip(edges[:-1], edges[1:]):
        inside = (sure > lower) & (sure <= upper)
        if inside.any():
            error += inside.mean() * abs(right[inside].mean() - sure[inside].mean())
    return float(error)


def temperature(probabilities, labels):
    def loss(inverse):
        return -numpy.mean(log_softmax(inverse * numpy.log(probabilities), axis=1)[numpy.arange(len(labels)), bins(labels)])

    return 1 / minimize_scalar(loss, bounds=(0.05, 20), method="bounded", options={"xatol": 1e-12}).x


def temper(probabilities, degree):
    return softmax(numpy.log(probabilities) / degree, axis=1)


def spread(probabilities):
    mean = probabilities @ ANCHORS
    return numpy.sqrt((probabilities * (ANCHORS - mean[:, None]) ** 2).sum(axis=1))


def inputs(probabilities):
    return numpy.column_stack([spread(probabilities), probabilities])


class Difficulty:
    def __init__(self, probabilities, errors):
        x = inputs(probabilities)
        self.centre, self.scale, self.mean = x.mean(axis=0), x.std(axis=0), errors.mean()
        self.ridge = Ridge(alpha=len(errors)).fit((x - self.centre) / self.scale, errors)

    def __call__(self, probabilities):
        expected = self.ridge.predict((inputs(probabilities) - self.centre) / self.scale)
        return numpy.maximum(expected, 0.25 * self.mean)


class Known:
    """An already fitted regressor for MAPIE: it predicts the first input."""

    fitted_ = True

    def fit(self, x, y):
        return self

    def predict(self, x):
        return x[:, 0]

    def __sklearn_is_fitted__(self):
        return True


class NormalisedScore(AbsoluteConformityScore):
    """|y - value| / difficulty; the difficulty is the second input."""

    def get_signed_conformity_scores(self, y, y_pred, X=None, **unused):
        return (y - y_pred) / X[:, 1]

    def get_estimation_distribution(self, y_pred, conformity_scores, X=None, **unused):
        return y_pred + X[:, 1].reshape(y_pred.shape) * conformity_scores


def mapie_half_widths(score, calibrating, test):
    values, labels, difficulty = calibrating
    conformal = SplitConformalRegressor(Known(), confidence_level=COVERAGE, conformity_score=score, prefit=True)
    conformal.conformalize(numpy.column_stack([values, difficulty]), labels)
    predicted, intervals = conformal.predict_interval(numpy.column_stack(test))
    return (intervals[:, 1, 0] - predicted).tolist()


def quantile(scores):
    rank = int(numpy.ceil((len(scores) + 1) * COVERAGE - 1e-9))
    return float(numpy.sort(scores)[rank - 1])


def growth(row):
    """The bins in the order in which the set grows, each with the probability of those before it."""
    low = high = int(row.argmax())
    order, before = [(low, 0.0)], row[low]
    while low > 0 or high < len(row) - 1:
        if high == len(row) - 1 or (low > 0 and row[low - 1] > row[high + 1]):
            low -= 1
            taken = low
        else:
            high += 1
            taken = high
        order.append((taken, before))
        before += row[taken]
    return order


def set_score(row, label_bin):
    return dict(growth(row))[label_bin]


def prediction_set(row, threshold):
    taken = [k for k, before in growth(row) if before <= threshold]
    return [int(min(taken)), int(max(taken))]


def merged(values, count):
    """Neighbouring bins with at least 18 of `count` images expected by `values`; what remains joins the last group."""
    expected = numpy.bincount(bins(values), minlength=len(ANCHORS)) * count / len(values)
    groups, total = [[]], 0.0
    for k, number in enumerate(expected):
        groups[-1].append(k)
        total += number
        if total >= 18:
            groups.append([])
            total = 0.0
    rest = groups.pop()
    if not groups:
        groups = [[]]
    groups[-1] += rest
    return groups


def per_bin(labels, values, groups):
    errors, own = numpy.abs(labels - values), bins(values)
    return [quantile(errors[numpy.isin(own, group)]) for group in groups for _ in group]


def three(sample):
    labels, values, probabilities = sample
    return {"labels": labels.tolist(), "values": values.tolist(), "probabilities": probabilities.tolist()}


def main(path):
    shaping, calibrating, test = images(60, 1), images(100, 2), images(30, 3)
    degree = temperature(shaping[2], shaping[0])
    difficulty = Difficulty(temper(shaping[2], degree), numpy.abs(shaping[0] - shaping[1]))
    tempered, tempered_test = temper(calibrating[2], degree), temper(test[2], degree)
    threshold = quantile([set_score(row, k) for row, k in zip(tempered, bins(calibrating[0]))])
    known = (calibrating[1], calibrating[0], difficulty(tempered))
    asked = (test[1], difficulty(tempered_test))
    groups = merged(shaping[1], len(calibrating[1]))
    golden = {
        "made_with": {
            "numpy": numpy.__version__,
            "scipy": scipy.__version__,
            "scikit-learn": sklearn.__version__,
            "mapie": mapie.__version__,
        },
        "coverage": COVERAGE,
        "shaping": three(shaping),
        "calibrating": three(calibrating),
        "test": three(test),
        "temperature": degree,
        "raw": {"nll": likelihood(test[2], test[0]), "ece": calibration_error(test[2], test[0])},
        "tempered": {"nll": likelihood(tempered_test, test[0]), "ece": calibration_error(tempered_test, test[0])},
        "spread": spread(tempered_test).tolist(),
        "difficulty": difficulty(tempered_test).tolist(),
        "plain": mapie_half_widths(AbsoluteConformityScore(sym=True), known, asked),
        "normalised": mapie_half_widths(NormalisedScore(sym=True), known, asked),
        "bin_groups": [number for number, group in enumerate(groups) for _ in group],
        "per_bin": per_bin(calibrating[0], calibrating[1], groups),
        "set_threshold": threshold,
        "sets": [prediction_set(row, threshold) for row in tempered_test],
        "at_least": numpy.cumsum(tempered_test[:, ::-1], axis=1)[:, ::-1][:, 1:].tolist(),
    }
    with open(path, "w") as out:
        json.dump(golden, out, indent=1)
        out.write("\n")


if __name__ == "__main__":
    main(sys.argv[1])
