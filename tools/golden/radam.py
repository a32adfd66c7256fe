"""Makes numclip-core/src/test/resources/golden/radam.json: thirty steps of torch.optim.RAdam.

Usage: python tools/golden/radam.py > numclip-core/src/test/resources/golden/radam.json   (torch 2.7.1)
"""
import json

import torch

RATES = {"first": 1e-2, "second": 1e-3}
MILESTONE, GAMMA, STEPS = 20, 0.1, 30

generator = torch.Generator().manual_seed(1)
parameters = {
    "first": torch.nn.Parameter(torch.randn(3, 2, generator=generator)),
    "second": torch.nn.Parameter(torch.randn(4, generator=generator)),
}
optimizer = torch.optim.RAdam([{"params": [parameters[name]], "lr": rate} for name, rate in RATES.items()])
schedule = torch.optim.lr_scheduler.MultiStepLR(optimizer, [MILESTONE], GAMMA)
result = {"note": "torch.optim.RAdam of torch " + torch.__version__, "rates": RATES,
          "start": {name: parameter.tolist() for name, parameter in parameters.items()}, "steps": []}
for step in range(STEPS):
    decay = optimizer.param_groups[0]["lr"] / RATES["first"]
    for parameter in parameters.values():
        parameter.grad = torch.randn(parameter.shape, generator=generator)
    gradients = {name: parameter.grad.tolist() for name, parameter in parameters.items()}
    optimizer.step()
    schedule.step()
    result["steps"].append({"decay": decay, "gradients": gradients}
                           | {name: parameter.tolist() for name, parameter in parameters.items()})
print(json.dumps(result))
