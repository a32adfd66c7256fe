"""Writes golden/small-network.json: features and gradients of a small convolutional network with made-up weights, by PyTorch.

    python tools/golden/small_network.py numclip-core/src/test/resources/golden
"""
import json
import pathlib
import sys

import torch
import torch.nn.functional as F

from made_up import uniform, weights

SIDE, WIDTH, LAYERS, IMAGES = 32, 32, 4, 3


class Network(torch.nn.Module):
    def __init__(self):
        super().__init__()
        channels = [3] + [WIDTH >> (LAYERS - 1 - i) for i in range(LAYERS)]
        self.convolutions = torch.nn.ModuleList(
            torch.nn.Conv2d(channels[i], channels[i + 1], 3, stride=2, padding=1, bias=False) for i in range(LAYERS))
        self.norms = torch.nn.ModuleList(torch.nn.LayerNorm(width, eps=1e-5) for width in channels[1:])

    def forward(self, x):
        for convolution, norm in zip(self.convolutions, self.norms):
            x = F.gelu(norm(convolution(x).movedim(1, -1)).movedim(-1, 1))
        return torch.cat([x.mean((2, 3)), x.amax((2, 3))], 1)


def main(folder):
    network = Network().to(torch.float64)
    named = {}
    for i in range(LAYERS):
        name = f"vision_model.convolutions.{i}"
        named[f"{name}.weight"] = network.convolutions[i].weight
        named[f"{name}.norm.weight"] = network.norms[i].weight
        named[f"{name}.norm.bias"] = network.norms[i].bias
    for name, weight in named.items():
        weight.data = torch.from_numpy(weights(name, tuple(weight.shape)).copy()).to(torch.float64)
    pixels = torch.from_numpy(uniform("pixels", IMAGES * 3 * SIDE * SIDE)).float().double().reshape(IMAGES, 3, SIDE, SIDE)
    features = network(pixels)
    towards = torch.from_numpy(uniform("towards", features.numel())).float().double().reshape(features.shape)
    (features * towards).sum().backward()
    rounded = lambda tensor: [float(f"{number:.7g}") for number in tensor.detach().flatten().tolist()]
    figures = {
        "made by": f"PyTorch {torch.__version__}",
        "config": {"model_type": "numclip_small_network", "image_size": SIDE, "num_hidden_layers": LAYERS, "hidden_size": WIDTH},
        "features": rounded(features),
        # norms of all gradients, and the first numbers of each
        "gradients": {name: {"norm": float(f"{weight.grad.norm().item():.7g}"), "first": rounded(weight.grad.flatten()[:8])}
                      for name, weight in named.items()},
    }
    (folder / "small-network.json").write_text(json.dumps(figures) + "\n")


main(pathlib.Path(sys.argv[1]))
