"""Makes numclip-core/src/test/resources/golden/radam.json: thirty steps of torch.optim.RAdam, and torch's cosine schedule.

Usage: python tools/golden/radam.py > numclip-core/src/test/resources/golden/radam.json   (torch 2.7.1)
"""
import json

import torch

RATES = {"first": 1e-2, "second": 1e-3}
MILESTONE, GAMMA, STEPS = 20, 0.1, 30
WEIGHT_DECAY = 0.05
COSINE_EPOCHS = 7


def start(generator):
    return {
        "first": torch.nn.Parameter(torch.randn(3, 2, generator=generator)),
        "second": torch.nn.Parameter(torch.randn(4, generator=generator)),
    }


def optimizer_of(parameters, weight_decay):
    groups = [{"params": [parameters[name]], "lr": rate} for name, rate in RATES.items()]
    return torch.optim.RAdam(groups, weight_decay=weight_decay)


def steps(weight_decay):
    generator = torch.Generator().manual_seed(1)
    parameters = start(generator)
    optimizer = optimizer_of(parameters, weight_decay)
    schedule = torch.optim.lr_scheduler.MultiStepLR(optimizer, [MILESTONE], GAMMA)
    result = []
    for step in range(STEPS):
        decay = optimizer.param_groups[0]["lr"] / RATES["first"]
        for parameter in parameters.values():
            parameter.grad = torch.randn(parameter.shape, generator=generator)
        gradients = {name: parameter.grad.tolist() for name, parameter in parameters.items()}
        optimizer.step()
        schedule.step()
        result.append({"decay": decay, "gradients": gradients}
                      | {name: parameter.tolist() for name, parameter in parameters.items()})
    return result


def cosine(epochs):
    optimizer = optimizer_of(start(torch.Generator().manual_seed(1)), 0)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, epochs)
    factors = []
    for epoch in range(epochs):
        factors.append(optimizer.param_groups[0]["lr"] / RATES["first"])
        optimizer.step()
        schedule.step()
    return factors


first = {name: parameter.tolist() for name, parameter in start(torch.Generator().manual_seed(1)).items()}
print(json.dumps({"note": "torch.optim.RAdam of torch " + torch.__version__, "rates": RATES, "start": first,
                  "steps": steps(0), "weightDecay": WEIGHT_DECAY, "decayedSteps": steps(WEIGHT_DECAY),
                  "cosine": cosine(COSINE_EPOCHS)}))
