"""Makes numclip-core/src/test/resources/golden/neighbours.json: k nearest neighbours by scikit-learn, on random features.

Usage: python tools/golden/neighbours.py > numclip-core/src/test/resources/golden/neighbours.json
"""
import json

import numpy
import sklearn
from sklearn.neighbors import KNeighborsClassifier

ANCHORS = numpy.array([6.0, 16, 27, 48, 75])
WIDTH, TRAINING, VALIDATION, TEST = 8, 40, 60, 6
SHOWN = [0, 1, 2, 4]  # no training image shows the concept 3
NEIGHBOURS = [1, 2, 4, 8, 16, 32, 40]  # 64 are more than there are

generator = numpy.random.default_rng(8)
centres = numpy.arange(len(ANCHORS))[:, None] * generator.normal(size=WIDTH) + generator.normal(size=(len(ANCHORS), WIDTH))


def images(count, concepts):
    bins = generator.choice(concepts, count)
    features = centres[bins] + generator.normal(size=(count, WIDTH))
    return (features / numpy.linalg.norm(features, axis=1, keepdims=True)).round(6), bins


def probabilities(model, features):
    all_concepts = numpy.zeros((len(features), len(ANCHORS)))
    all_concepts[:, model.classes_] = model.predict_proba(features)
    return all_concepts


training, validation, test = images(TRAINING, SHOWN), images(VALIDATION, range(len(ANCHORS))), images(TEST, SHOWN)
models = {k: KNeighborsClassifier(k, algorithm="brute").fit(*training) for k in NEIGHBOURS}
errors = {
    k: float(numpy.abs(probabilities(model, validation[0]) @ ANCHORS - ANCHORS[validation[1]]).mean())
    for k, model in models.items()
}
accuracies = {k: model.score(*validation) for k, model in models.items()}
best = min(errors, key=errors.get)
assert best not in (NEIGHBOURS[0], NEIGHBOURS[-1]), "the choice must matter"
assert best != max(accuracies, key=accuracies.get), "the choice by accuracy must be another"
print(json.dumps({
    "note": "scikit-learn " + sklearn.__version__,
    "training": training[0].tolist(), "labels": training[1].tolist(),
    "validation": validation[0].tolist(), "truth": validation[1].tolist(),
    "test": test[0].tolist(),
    "best": best,
    "neighbours": [{"k": k, "validationMae": errors[k], "probabilities": probabilities(models[k], test[0]).tolist()}
                   for k in NEIGHBOURS],
}))
