"""Makes numclip-core/src/test/resources/golden/comparison-scale.json: a scale from comparisons, the loss of comparisons, and Kendall's tau.

The scale is Gaussian process classification by scikit-learn of the differences of images: a process f with the kernel k gives
f(a) − f(b) the kernel k(a, c) − k(a, d) − k(b, c) + k(b, d). The loss and its gradient are PyTorch's logsigmoid, tau is SciPy's.

Usage: python tools/golden/comparison_scale.py > numclip-core/src/test/resources/golden/comparison-scale.json
"""
import json

import numpy
import scipy
import sklearn
import torch
from scipy.stats import kendalltau
from sklearn.gaussian_process import GaussianProcessClassifier
from sklearn.gaussian_process.kernels import RBF
from sklearn.metrics.pairwise import euclidean_distances

WIDTH, IMAGES, PAIRS = 5, 24, 60
GAMMA, WIDTH_OF_ANSWERS = 0.5, 0.4


class Differences(RBF):
    """Of pairs of images in one row."""

    def __call__(self, X, Y=None, eval_gradient=False):
        Y = X if Y is None else Y
        a, b, c, d = X[:, :WIDTH], X[:, WIDTH:], Y[:, :WIDTH], Y[:, WIDTH:]
        k = super().__call__
        return (k(a, c) - k(a, d) - k(b, c) + k(b, d)) / WIDTH_OF_ANSWERS**2

    def diag(self, X):
        return numpy.diag(self(X))


generator = numpy.random.default_rng(11)
features = generator.normal(size=(IMAGES, WIDTH)).round(6)
truth = features[:, 0] + 0.5 * features[:, 1] ** 2
pairs = numpy.array([generator.choice(IMAGES, 2, replace=False) for _ in range(PAIRS)])
more = truth[pairs[:, 0]] + generator.normal(size=PAIRS) / 2 > truth[pairs[:, 1]]
distance = euclidean_distances(features, squared=True).sum() / (IMAGES * (IMAGES - 1))
kernel = Differences(length_scale=numpy.sqrt(distance / (2 * GAMMA)))
rows = numpy.hstack([features[pairs[:, 0]], features[pairs[:, 1]]])
model = GaussianProcessClassifier(kernel=kernel, optimizer=None, max_iter_predict=200).fit(rows, more)
# f at the images themselves, against the first one: K*·K⁻¹·mode
base = model.base_estimator_
gradient = base.y_train_ - base.pi_
against = numpy.hstack([features, numpy.repeat(features[:1], IMAGES, axis=0)])
leads = kernel(against, rows) @ gradient * WIDTH_OF_ANSWERS

values = torch.tensor([3.0, 20, 30, 25], dtype=torch.float64, requires_grad=True)
said = torch.tensor([[0, 0, 0, 1], [2, 0, 0.5, 0], [0, 0.5, 0, 0], [0, 1, 0, 0]], dtype=torch.float64)
width = 4.0
loss = -(said * torch.nn.functional.logsigmoid((values[:, None] - values[None, :]) / width)).sum() / said.sum()
loss.backward()

ranks, numbers = generator.integers(0, 5, 12), generator.normal(size=12).round(1)
print(json.dumps({
    "note": f"scikit-learn {sklearn.__version__}, SciPy {scipy.__version__}, torch {torch.__version__}",
    "features": features.tolist(), "pairs": pairs.tolist(), "more": more.tolist(),
    "distance": distance, "gamma": GAMMA, "width": WIDTH_OF_ANSWERS,
    "evidence": base.log_marginal_likelihood_value_, "leads": leads.tolist(),
    "loss": {"values": values.tolist(), "said": said.tolist(), "width": width, "value": loss.item(), "gradient": values.grad.tolist()},
    "tau": {"ranks": ranks.tolist(), "numbers": numbers.tolist(), "value": float(kendalltau(ranks, numbers).statistic)},
}))
