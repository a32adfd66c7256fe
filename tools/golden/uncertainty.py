"""Writes golden/uncertainty.json: temperature, calibration error, conformal quantiles and distributions by third-party code.

Temperature by scipy.optimize.minimize_scalar; the pool of errors and words, and where the number's concept would not be the likeliest
the nearest chances in which it is, by scipy.optimize.minimize; the difficulty by sklearn.linear_model.Ridge; plain and normalised intervals by MAPIE's SplitConformalRegressor; the chances of
edges by crepes' ConformalPredictiveSystem, and, evened out between its steps, in NumPy; the expected calibration error and the
per-bin quantiles (for which no public package has this form) by the formulas in the Javadoc, in NumPy. Needs numpy, scipy,
scikit-learn, mapie, crepes; the JSON file names the versions that it was made with.

    python tools/golden/uncertainty.py numclip-core/src/test/resources/golden/uncertainty.json
"""

import json
import sys

import crepes
import mapie
import numpy
import scipy
import sklearn
from crepes import ConformalPredictiveSystem
from mapie.conformity_scores import AbsoluteConformityScore
from mapie.regression import SplitConformalRegressor
from scipy.optimize import minimize, minimize_scalar
from scipy.special import log_softmax, softmax
from sklearn.linear_model import Ridge

EDGES = numpy.array([0.0, 13, 19, 35, 65, 100])
ANCHORS = numpy.array([6.0, 16, 27, 48, 75])
COVERAGE = 0.9


def images(count, seed):
    """Overconfident logits that know more than the errors do, which grow with the label."""
    random = numpy.random.default_rng(seed)
    labels = random.uniform(0, 100, count)
    values = numpy.clip(labels + random.normal(0, 1 + labels / 12), 0, 100)
    centres = labels + random.normal(0, 4, count)
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


def at_least(errors, test):
    """Half of the errors lie above the number; their shares fall evenly between two errors, then like an exponential."""
    shares = numpy.sort(errors) / quantile(errors)
    count = len(shares)
    knots, beyond = numpy.append(0, shares), 1 - numpy.arange(count + 1) / (count + 1)

    def tail(distance):
        last = beyond[-1] * numpy.exp((knots[-1] - distance) / shares.mean())
        return numpy.where(distance > knots[-1], last, numpy.interp(distance, knots, beyond)) / 2

    away = (EDGES[1:-1] - test[0][:, None]) / (quantile(errors) * test[1][:, None])
    return numpy.where(away > 0, tail(numpy.abs(away)), 1 - tail(numpy.abs(away)))


def at_least_by_crepes(known, test):
    """The same by a conformal predictive system of the errors with both signs, whose steps are not evened out."""
    errors, difficulty = numpy.abs(known[1] - known[0]), known[2]
    system = ConformalPredictiveSystem().fit(numpy.append(errors, -errors), sigmas=numpy.tile(difficulty, 2))
    below = [system.predict_p(test[0], numpy.full(len(test[0]), edge), sigmas=test[1], smoothing=False) for edge in EDGES[1:-1]]
    return 1 - numpy.stack(below, axis=1)


def chances(at_least):
    edges = numpy.pad(at_least, ((0, 0), (1, 1)), constant_values=((0, 0), (1, 0)))
    return edges[:, :-1] - edges[:, 1:]


def opinions(sample, errors, difficulty, degree):
    """(N, K, 2 + K): logarithms of the chances by errors and by words, and which concept it is."""
    words = temper(sample[2], degree)
    by_errors = chances(at_least(errors, (sample[1], difficulty(words))))
    by_errors = nearest(by_errors, sample[1])
    both = numpy.log(numpy.maximum(numpy.stack([by_errors, words], axis=2), 1e-4))
    return numpy.concatenate([both, numpy.tile(numpy.eye(len(ANCHORS)), (len(both), 1, 1))], axis=2)


def pool(inputs, labels):
    """The most likely parameters: powers of errors and words, at least 0, and a logarithm for each concept, penalised."""
    usual = numpy.array([0.7, 0.3, *numpy.zeros(len(ANCHORS))])

    def loss(at):
        chosen = log_softmax(inputs @ at, axis=1)[numpy.arange(len(labels)), bins(labels)]
        return -chosen.sum() + 2 * ((at - usual) ** 2).sum()

    bounds = [(0, None), (0, None)] + [(None, None)] * len(ANCHORS)
    return minimize(loss, usual, bounds=bounds, method="L-BFGS-B", options={"ftol": 1e-15, "gtol": 1e-10}).x


def of_both(inputs, labels):
    """A pool in which both opinions have a power."""
    return {"by_errors": numpy.exp(inputs[:, :, 0]).tolist(), "by_words": numpy.exp(inputs[:, :, 1]).tolist(),
            "bins": bins(labels).tolist(), "pool": pool(inputs, labels).tolist()}


def nearest(shown, values):
    """The nearest chances (least squares) of which that of the number's concept is the largest."""
    found = shown.copy()
    for row, own in zip(found, bins(values)):
        if row.argmax() != own:
            limits = [{"type": "eq", "fun": lambda p: p.sum() - 1},
                      {"type": "ineq", "fun": lambda p, own=own: p[own] - numpy.delete(p, own)}]
            row[:] = minimize(lambda p, row=row.copy(): ((p - row) ** 2).sum(), row, method="SLSQP", constraints=limits,
                              options={"ftol": 1e-16, "maxiter": 1000}).x
            row[own] += 1e-9  # of equal ones it is the first
    return found


def likely(row):
    """Neighbours of the likeliest bin that have the promised chance together, grown towards the likelier neighbour."""
    low = high = int(row.argmax())
    while row[low:high + 1].sum() < COVERAGE:
        if high == len(row) - 1 or (low > 0 and row[low - 1] > row[high + 1]):
            low -= 1
        else:
            high += 1
    return [low, high]


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
    known = (calibrating[1], calibrating[0], difficulty(temper(calibrating[2], degree)))
    asked = (test[1], difficulty(temper(test[2], degree)))
    errors = numpy.abs(calibrating[0] - calibrating[1]) / known[2]
    known_opinions = numpy.concatenate([opinions(sample, errors, difficulty, degree) for sample in (shaping, calibrating)])
    pooled = pool(known_opinions, numpy.concatenate([shaping[0], calibrating[0]]))
    shown = nearest(softmax(opinions(test, errors, difficulty, degree) @ pooled, axis=1), test[1])
    groups = merged(shaping[1], len(calibrating[1]))
    golden = {
        "made_with": {
            "numpy": numpy.__version__,
            "scipy": scipy.__version__,
            "scikit-learn": sklearn.__version__,
            "mapie": mapie.__version__,
            "crepes": crepes.__version__,
        },
        "coverage": COVERAGE,
        "shaping": three(shaping),
        "calibrating": three(calibrating),
        "test": three(test),
        "temperature": degree,
        "raw": {"nll": likelihood(test[2], test[0]), "ece": calibration_error(test[2], test[0])},
        "pool": pooled.tolist(),
        "pool_of_shaping": of_both(known_opinions[:len(shaping[0])], shaping[0]),
        "shown": {"nll": likelihood(shown, test[0]), "ece": calibration_error(shown, test[0])},
        "spread": spread(temper(test[2], degree)).tolist(),
        "difficulty": asked[1].tolist(),
        "plain": mapie_half_widths(AbsoluteConformityScore(sym=True), known, asked),
        "normalised": mapie_half_widths(NormalisedScore(sym=True), known, asked),
        "bin_groups": [number for number, group in enumerate(groups) for _ in group],
        "per_bin": per_bin(calibrating[0], calibrating[1], groups),
        "sets": [likely(row) for row in shown],
        "at_least": shown[:, ::-1].cumsum(axis=1)[:, -2::-1].tolist(),
        "at_least_by_errors": at_least(errors, asked).tolist(),
        "at_least_by_crepes": at_least_by_crepes(known, asked).tolist(),
    }
    with open(path, "w") as out:
        json.dump(golden, out, indent=1)
        out.write("\n")


if __name__ == "__main__":
    main(sys.argv[1])
