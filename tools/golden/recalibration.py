"""Writes golden/recalibration.json: offset, slope and numbers by leaving one out of random small sets, by third-party code.

The offset is NumPy's median of label - number; the slope is sklearn.linear_model.LinearRegression, with the median of what it leaves;
groups are left out by sklearn.model_selection.LeaveOneGroupOut. The JSON file names the versions that it was made with.

    python tools/golden/recalibration.py numclip-core/src/test/resources/golden/recalibration.json
"""

import json
import sys

import numpy
import sklearn
from sklearn.linear_model import LinearRegression
from sklearn.model_selection import LeaveOneGroupOut


def offset(numbers, labels):
    return 1.0, float(numpy.median(labels - numbers))


def line(numbers, labels):
    slope = float(LinearRegression().fit(numbers[:, None], labels).coef_[0])
    return slope, float(numpy.median(labels - slope * numbers))


def held_out(fit, numbers, labels, groups):
    found = numpy.empty(len(numbers))
    for others, own in LeaveOneGroupOut().split(numbers, labels, groups):
        slope, moved = fit(numbers[others], labels[others])
        found[own] = slope * numbers[own] + moved
    return found.tolist()


def case(images, groups, seed):
    random = numpy.random.default_rng(seed)
    labels = numpy.round(random.uniform(0, 100, images))
    numbers = 0.8 * labels + 5 + random.normal(0, 4, images)
    of = numpy.arange(images) % groups
    found = {"numbers": numbers.tolist(), "labels": labels.tolist(), "groups": [f"group {g}" for g in of]}
    for name, fit in (("offset", offset), ("line", line)):
        found[name] = dict(zip(("slope", "offset"), fit(numbers, labels)), heldOut=held_out(fit, numbers, labels, of))
    return found


cases = [case(10, 10, 1), case(21, 21, 2), case(20, 7, 3), case(50, 50, 4)]
made_by = {"numpy": numpy.__version__, "scikit-learn": sklearn.__version__}
with open(sys.argv[1], "w", encoding="utf-8") as file:
    json.dump({"made_by": made_by, "cases": cases}, file, indent=1)
    file.write("\n")
