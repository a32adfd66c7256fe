"""Makes numclip-core/src/test/resources/golden/adamw.json: thirty steps of torch.optim.AdamW with two rates and a milestone.

Usage: python tools/golden/adamw.py > numclip-core/src/test/resources/golden/adamw.json   (torch 2.15)
"""
import json

import torch

RATES = {"first": 1e-2, "second": 1e-3}
MILESTONE, GAMMA, STEPS = 20, 0.1, 30
WEIGHT_DECAY = 0.05


def start(generator):
    return {
        "first": torch.nn.Parameter(torch.randn(3, 2, generator=generator)),
        "second": torch.nn.Parameter(torch.randn(4, generator=generator)),
    }


def steps():
    generator = torch.Generator().manual_seed(1)
    parameters = start(generator)
    groups = [{"params": [parameters[name]], "lr": rate} for name, rate in RATES.items()]
    optimizer = torch.optim.AdamW(groups, weight_decay=WEIGHT_DECAY)
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


first = {name: parameter.tolist() for name, parameter in start(torch.Generator().manual_seed(1)).items()}
print(json.dumps({"note": "torch.optim.AdamW of torch " + torch.__version__, "rates": RATES, "start": first,
                  "weightDecay": WEIGHT_DECAY, "steps": steps()}))
