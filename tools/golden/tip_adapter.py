"""Makes numclip-core/src/test/resources/golden/tip-adapter.json: Tip-Adapter as in its public code, on random features.

Usage: python tools/golden/tip_adapter.py > numclip-core/src/test/resources/golden/tip-adapter.json   (torch 2.15)
"""
import json

import torch

torch.manual_seed(5)
CONCEPTS, WIDTH, TRAINING, VALIDATION, TEST, SCALE = 5, 8, 20, 60, 6, 10.0
SIZES, STEPS = (7, 3), (200, 20)  # search_scale and search_step


def unit(x):
    return x / x.norm(dim=-1, keepdim=True)


texts = unit(torch.randn(CONCEPTS, WIDTH))
centres = texts + 0.6 * torch.randn(CONCEPTS, WIDTH)


def images(count):
    labels = torch.randint(0, CONCEPTS, (count,))
    return unit(centres[labels] + 0.5 * torch.randn(count, WIDTH)), labels


keys, labels = images(TRAINING)
others, truth = images(VALIDATION)
tests, _ = images(TEST)
values = torch.nn.functional.one_hot(labels, CONCEPTS).float()


def logits(features, beta, alpha):
    affinity = features @ keys.t()
    return SCALE * features @ texts.t() + ((-1) * (beta - beta * affinity)).exp() @ values * alpha


def accuracy(beta, alpha):
    return (logits(others, beta, alpha).argmax(1) == truth).sum().item()


def search():
    betas = [i * (SIZES[0] - 0.1) / STEPS[0] + 0.1 for i in range(STEPS[0])]
    alphas = [i * (SIZES[1] - 0.1) / STEPS[1] + 0.1 for i in range(STEPS[1])]
    best = accuracy(5.5, 1.0), 5.5, 1.0
    for beta in betas:
        for alpha in alphas:
            if accuracy(beta, alpha) > best[0]:
                best = accuracy(beta, alpha), beta, alpha
    return best


right, beta, alpha = search()
assert beta != 5.5, "the search must matter"
print(json.dumps({"note": "torch " + torch.__version__, "scale": SCALE, "texts": texts.tolist(), "training": keys.tolist(),
                  "labels": labels.tolist(), "validation": others.tolist(), "truth": truth.tolist(), "test": tests.tolist(),
                  "right": right, "beta": beta, "alpha": alpha, "logits": logits(tests, beta, alpha).tolist()}))
