"""Writes golden/yardsticks.json: nearest neighbours and logistic regression by scikit-learn.

    python tools/golden/yardsticks.py numclip-core/src/test/resources/golden/yardsticks.json
"""

import json
import sys

import numpy
import sklearn
from sklearn.linear_model import LogisticRegression
from sklearn.multiclass import OneVsRestClassifier
from sklearn.neighbors import KNeighborsRegressor
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

EDGES = numpy.array([0.0, 13, 19, 35, 65, 100])
ANCHORS = numpy.array([6.0, 16, 27, 50, 80])
WIDTH = 6
STRENGTHS = [1e-3, 1e-2, 1e-1, 1.0]
NEIGHBOURS = [1, 2, 4, 8, 16, 32, 64]


def images(count, generator):
    """Features that tell the label, some more and some less, and one that never varies."""
    labels = generator.uniform(0, 100, count).round()
    features = labels[:, None] / 25 + generator.normal(size=(count, WIDTH)) * numpy.arange(1, WIDTH + 1)
    features[:, 3] = 0.5
    return features.round(6), labels


def mae(numbers, labels):
    return float(numpy.abs(numbers - labels).mean())


def mean(model, features):
    return model.predict_proba(features) @ ANCHORS[model.classes_]


def median(model, features):
    return ANCHORS[model.classes_][(model.predict_proba(features).cumsum(1) >= 0.5).argmax(1)]


def main(path):
    generator = numpy.random.default_rng(11)
    train, validation, test = (images(count, generator) for count in (120, 40, 10))
    classes = numpy.digitize(train[1], EDGES[1:-1])
    neighbours = {k: KNeighborsRegressor(k).fit(*train) for k in NEIGHBOURS}
    regressions = {}
    for strength in STRENGTHS:
        one = LogisticRegression(C=strength, solver="liblinear", tol=1e-10, max_iter=10000)
        regressions[strength] = make_pipeline(StandardScaler(), OneVsRestClassifier(one)).fit(train[0], classes)
    figures = {
        "made by": f"scikit-learn {sklearn.__version__}",
        **{
            name: {"features": features.tolist(), "labels": labels.tolist()}
            for name, (features, labels) in (("train", train), ("validation", validation), ("test", test))
        },
        "anchors": ANCHORS.tolist(),
        "neighbours": [
            {
                "k": k,
                "validationMae": mae(model.predict(validation[0]), validation[1]),
                "values": model.predict(test[0]).tolist(),
            }
            for k, model in neighbours.items()
        ],
        "logistic": [
            {
                "strength": strength,
                "number": number.__name__,
                "validationMae": mae(number(model, validation[0]), validation[1]),
                "probabilities": model.predict_proba(test[0]).tolist(),
                "values": number(model, test[0]).tolist(),
            }
            for strength, model in regressions.items()
            for number in (mean, median)
        ],
    }
    with open(path, "w") as file:
        json.dump(figures, file, indent=1)


main(sys.argv[1])
