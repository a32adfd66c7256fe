"""Makes numclip-core/src/test/resources/golden/kernel.json: kernel ridge regression of classes by scikit-learn, with sparsemax by
entmax, on random features.

Usage: python tools/golden/kernel.py > numclip-core/src/test/resources/golden/kernel.json
"""
import json

import entmax
import numpy
import sklearn
import torch
from sklearn.kernel_ridge import KernelRidge
from sklearn.metrics.pairwise import euclidean_distances

ANCHORS = numpy.array([6.0, 16, 27, 48, 75])
WIDTH, TRAINING, TEST = 8, 40, 6
GAMMAS, LAMBDAS = [0.5, 1, 2, 4], [1e-3, 1e-2, 1e-1, 1]

generator = numpy.random.default_rng(8)
centres = numpy.arange(len(ANCHORS))[:, None] * generator.normal(size=WIDTH) + generator.normal(size=(len(ANCHORS), WIDTH))


def images(count):
    bins = generator.choice([0, 1, 2, 4], count)  # no image shows the concept 3
    features = centres[bins] + 1.5 * generator.normal(size=(count, WIDTH))
    return (features / numpy.linalg.norm(features, axis=1, keepdims=True)).round(6), bins


def shares(gamma, lam, known, classes, features):
    truth = numpy.eye(len(ANCHORS))[classes]
    model = KernelRidge(alpha=lam, kernel="rbf", gamma=gamma / distance)
    scores = model.fit(known, truth - mean).predict(features) + mean
    return entmax.sparsemax(torch.from_numpy(scores), dim=1).numpy()


def median(probabilities):
    return ANCHORS[numpy.minimum((probabilities.cumsum(1) < 0.5).sum(1), len(ANCHORS) - 1)]


training, test = images(TRAINING), images(TEST)
mean = numpy.eye(len(ANCHORS))[training[1]].mean(0)  # of all images, also where one is left out
distance = euclidean_distances(training[0], squared=True).mean()
choices = []
for gamma in GAMMAS:
    for lam in LAMBDAS:
        left_out = numpy.concatenate([
            shares(gamma, lam, numpy.delete(training[0], i, 0), numpy.delete(training[1], i), training[0][i : i + 1])
            for i in range(TRAINING)
        ])
        error = float(numpy.abs(median(left_out) - ANCHORS[training[1]]).mean())
        found = shares(gamma, lam, *training, test[0])
        choices.append({"gamma": gamma, "lambda": lam, "error": error, "shares": found.round(7).tolist(), "numbers": median(found).tolist()})
best = min(choices, key=lambda choice: choice["error"])
assert sorted(choice["error"] for choice in choices)[1] > best["error"], "the choice must be clear"
print(json.dumps({
    "note": f"scikit-learn {sklearn.__version__}, entmax {entmax.__version__}",
    "features": training[0].tolist(),
    "labels": training[1].tolist(),
    "test": test[0].tolist(),
    "best": choices.index(best),
    "choices": choices,
}))
