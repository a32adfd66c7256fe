"""Makes numclip-core/src/test/resources/golden/learning-curve.json: kernel ridge regression of a number by scikit-learn on random
features, and power laws through errors by NumPy's polyfit of logarithms.

Usage: python tools/golden/learning_curve.py > numclip-core/src/test/resources/golden/learning-curve.json
"""
import json

import numpy
import sklearn
from sklearn.kernel_ridge import KernelRidge
from sklearn.metrics.pairwise import euclidean_distances

WIDTH, TRAINING, TEST = 6, 30, 5
GAMMA, LAMBDA = 2.0, 0.1

generator = numpy.random.default_rng(5)
features = generator.normal(size=(TRAINING + TEST, WIDTH)).round(6)
labels = (20 + 5 * features[:, 0] + 2 * features[:, 1] ** 2).round(4)
known, shown = features[:TRAINING], features[TRAINING:]
mean = labels[:TRAINING].mean()
distance = euclidean_distances(known, squared=True).mean()
ridge = KernelRidge(alpha=LAMBDA, kernel="rbf", gamma=GAMMA / distance).fit(known, labels[:TRAINING] - mean)

def left_out(i):
    rest = numpy.arange(TRAINING) != i
    model = KernelRidge(alpha=LAMBDA, kernel="rbf", gamma=GAMMA / distance).fit(known[rest], labels[:TRAINING][rest] - mean)
    return labels[i] - mean - model.predict(known[i : i + 1])[0]


LAWS = [([100, 200, 400], [2.4, 2.0, 1.8], [200, 400, 400]), ([64, 128, 256], [8.0, 4.1, 1.9], [1, 1, 1])]


def twice(images, errors, weights):
    found = numpy.polyfit(numpy.log(images), numpy.log(errors), 1, w=numpy.sqrt(weights))
    return float(numpy.exp(numpy.polyval(found, numpy.log(2 * images[-1]))))


print(json.dumps({
    "note": f"scikit-learn {sklearn.__version__}, NumPy {numpy.__version__}",
    "distance": distance,
    "gamma": GAMMA,
    "lambda": LAMBDA,
    "features": known.tolist(),
    "labels": labels[:TRAINING].tolist(),
    "test": shown.tolist(),
    "numbers": (ridge.predict(shown) + mean).round(9).tolist(),
    "leftOut": [round(left_out(i), 9) for i in range(TRAINING)],
    "laws": [
        {"images": images, "errors": errors, "weights": weights, "twice": round(twice(images, errors, weights), 9)}
        for images, errors, weights in LAWS
    ],
}, indent=1))
