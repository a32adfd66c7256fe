"""Writes golden/heads.json: coarse heads and experts by PyTorch 2.7, coral-pytorch 1.4.0 and dlordinal 2.7.0, ridge by scikit-learn 1.9.

    python tools/golden/heads.py numclip-core/src/test/resources/golden/heads.json

For each coarse head: concept probabilities, and the gradients of sum(probabilities * coefficients).
"""

import json
import sys

import numpy
import torch
from coral_pytorch.layers import CoralLayer
from dlordinal.output_layers import CLM
from sklearn.linear_model import Ridge

IMAGES, CONCEPTS, WIDTH, HIDDEN = 7, 5, 8, 6


def differences(survival):
    ends = torch.cat([torch.ones(len(survival), 1, dtype=survival.dtype), survival], 1)
    return ends - torch.cat([survival, torch.zeros(len(survival), 1, dtype=survival.dtype)], 1)


def case(name, features, coefficients, parameters, probabilities):
    (probabilities * coefficients).sum().backward()
    return {
        "name": name,
        "parameters": {key: value.detach().tolist() for key, value in parameters.items()},
        "probabilities": probabilities.detach().tolist(),
        "gradients": {key: value.grad.tolist() for key, value in parameters.items()},
    }


def linear(features):
    layer = torch.nn.Linear(WIDTH, CONCEPTS).double()
    return {"weight": layer.weight, "bias": layer.bias}, layer(features).softmax(1)


def coral(features):
    layer = CoralLayer(WIDTH, CONCEPTS).double()
    return (
        {"weight": layer.coral_weights.weight, "bias": layer.coral_bias},
        differences(layer(features).sigmoid()),
    )


def corn(features):
    layer = torch.nn.Linear(WIDTH, CONCEPTS - 1).double()
    return {"weight": layer.weight, "bias": layer.bias}, differences(layer(features).sigmoid().cumprod(1))


def cumulative_link(link):
    def make(features):
        projection = torch.nn.Linear(WIDTH, 1, bias=False).double()
        layer = CLM(CONCEPTS, link).double()
        with torch.no_grad():
            layer.thresholds_b_.fill_(-1.3)
            layer.thresholds_a_.copy_(torch.tensor([0.7, 1.1, 0.9]))
        return (
            {"weight": projection.weight, "first": layer.thresholds_b_, "steps": layer.thresholds_a_},
            layer(projection(features)),
        )

    return make


def mlp(features):
    hidden = torch.nn.Linear(WIDTH, HIDDEN).double()
    layer = torch.nn.Linear(HIDDEN, CONCEPTS).double()
    return (
        {"hidden.weight": hidden.weight, "hidden.bias": hidden.bias, "weight": layer.weight, "bias": layer.bias},
        torch.nn.Sequential(hidden, torch.nn.ReLU(), layer)(features).softmax(1),
    )


def experts(features, generator):
    """The mean of a mixture of normal distributions, one for each concept, that move with the image."""
    edges = torch.tensor([0.0, 13, 19, 35, 65, 100], dtype=torch.float64)
    anchors = torch.tensor([6.0, 16, 27, 50, 80], dtype=torch.float64)
    logits = torch.tensor(generator.normal(size=(IMAGES, CONCEPTS)), requires_grad=True)
    weights = torch.tensor(generator.normal(size=IMAGES))
    layer = torch.nn.Linear(WIDTH, CONCEPTS).double()
    means = anchors + edges.diff() * layer(features)
    mixture = torch.distributions.MixtureSameFamily(
        torch.distributions.Categorical(logits=logits), torch.distributions.Normal(means, torch.ones_like(means))
    )
    (mixture.mean * weights).sum().backward()
    return {
        "anchors": anchors.tolist(),
        "logits": logits.tolist(),
        "coefficients": weights.tolist(),
        "weight": layer.weight.tolist(),
        "bias": layer.bias.tolist(),
        "values": mixture.mean.tolist(),
        "gradients": {
            "logits": logits.grad.tolist(),
            "expert.weight": layer.weight.grad.tolist(),
            "expert.bias": layer.bias.grad.tolist(),
        },
    }


def ridge(features, labels, alpha):
    model = Ridge(alpha=alpha).fit(features, labels)
    return {
        "alpha": alpha,
        "labels": labels.tolist(),
        "weight": model.coef_.tolist(),
        "bias": float(model.intercept_),
        "values": model.predict(features).tolist(),
    }


def main(path):
    torch.manual_seed(5)
    generator = numpy.random.default_rng(5)
    features = generator.normal(size=(IMAGES, WIDTH))
    features /= numpy.linalg.norm(features, axis=1, keepdims=True)
    features = features.astype("float32").astype("float64")
    coefficients = torch.tensor(generator.normal(size=(IMAGES, CONCEPTS)))
    scaled = torch.tensor(features) * WIDTH**0.5
    makers = {
        "linear": linear,
        "coral": coral,
        "corn": corn,
        "logit": cumulative_link("logit"),
        "cloglog": cumulative_link("cloglog"),
        "mlp": mlp,
    }
    cases = [case(name, scaled, coefficients, *make(scaled)) for name, make in makers.items()]
    labels = generator.uniform(0, 100, size=IMAGES).round()
    figures = {
        "features": features.tolist(),
        "coefficients": coefficients.tolist(),
        "coarse": cases,
        "ridge": [ridge(features, labels, alpha) for alpha in (0.01, 1.0)],
        "experts": experts(scaled, generator),
    }
    with open(path, "w") as file:
        json.dump(figures, file, indent=1)


main(sys.argv[1])
