"""Exact intervals of shares for ShareTest: statsmodels and SciPy agree on whole numbers; fractions by SciPy's beta quantiles.

pip install scipy==1.17.1 statsmodels==0.15.0; python tools/golden/shares.py > numclip-core/src/test/resources/golden/shares.json
"""

import json

from scipy.stats import beta, binomtest
from statsmodels.stats.proportion import proportion_confint

WHOLE = [(0, 1), (1, 1), (0, 10), (10, 10), (3, 10), (99, 100), (100, 100), (1, 300), (297, 300), (495, 500), (4321, 20000)]
FRACTIONS = [(3, 10, 5.0), (99, 100, 61.7), (40, 50, 7.25), (1, 300, 150.5)]


def whole(count, images):
    low, high = proportion_confint(count, images, alpha=0.05, method="beta")
    low, high = (0.0 if count == 0 else float(low)), (1.0 if count == images else float(high))
    other = binomtest(count, images).proportion_ci(0.95, method="exact")
    assert abs(low - other.low) < 1e-9 and abs(high - other.high) < 1e-9, (count, images)
    return {"count": count, "images": images, "effective": images, "low": low, "high": high}


def fraction(count, images, effective):
    hits = count / images * effective
    low = float(beta.ppf(0.025, hits, effective - hits + 1))
    high = float(beta.ppf(0.975, hits + 1, effective - hits))
    return {"count": count, "images": images, "effective": effective, "low": low, "high": high}


print(json.dumps([whole(*case) for case in WHOLE] + [fraction(*case) for case in FRACTIONS], indent=1))
