"""Checks published_model.py against the figures of the published code itself. Usage: GOLDEN_DIR

GOLDEN_DIR is numclip-core/src/test/resources/golden. Forward pass, losses, and 30 steps of RAdam on one batch.
"""
import json
import sys
from pathlib import Path

import torch
from safetensors.torch import load_file

from published_model import PublishedNumClip

TOLERANCE = 5e-4  # relative and absolute; the figures come from another version of PyTorch


def model_of(golden):
    model = PublishedNumClip(golden / "clip-tiny-random", image_tower_learns=True)
    head = load_file(golden / "numclip-head.safetensors")
    model.adapter.load_state_dict({"0.weight": head["adapter.fc.0.weight"], "2.weight": head["adapter.fc.2.weight"]})
    model.head.hidden.load_state_dict(part(head, "fine_head.FC_after_PB.0."))
    model.head.delta.load_state_dict(part(head, "fine_head.delta_k.0."))
    return model


def part(tensors, prefix):
    return {name.removeprefix(prefix): tensor for name, tensor in tensors.items() if name.startswith(prefix)}


def optimizer_of(model):
    towers = [*model.clip.vision_model.parameters(), *model.clip.visual_projection.parameters()]
    heads = [*model.adapter.parameters(), *model.head.parameters(), *model.prompts.parameters()]
    return torch.optim.RAdam([{"params": towers, "lr": 1e-4}, {"params": heads, "lr": 1e-3}])


def expect(what, found, expected):
    found, expected = torch.as_tensor(found).detach(), torch.as_tensor(expected)
    if not torch.allclose(found, expected, rtol=TOLERANCE, atol=TOLERANCE):
        sys.exit(f"error: {what}: expected {expected}, found {found}")


def pixels_of(golden, names):
    """The nine images as the golden file has them, in its order."""
    parity = json.loads((golden / "clip-parity.json").read_text())
    images = {image["file"]: image["pixel_values"] for image in parity["images"]}
    return torch.tensor([images[name] for name in names]).view(len(names), 3, 40, 40)


def main():
    golden = Path(sys.argv[1])
    expected = json.loads((golden / "numclip-model.json").read_text())
    pixels = pixels_of(golden, expected["images"])
    ages = torch.tensor(expected["ages"], dtype=torch.float32)
    model = model_of(golden)
    logits, numbers = model(pixels)
    expect("logits", logits, expected["forward"]["logits"])
    expect("numbers", numbers, expected["forward"]["value"])
    optimizer = optimizer_of(model)
    for step, figures in enumerate(expected["training"]):
        losses = model.losses(pixels, ages)
        for name, loss in losses.items():
            expect(f"step {step}, {name}", loss, figures[name])
        optimizer.zero_grad()
        sum(losses.values()).backward()
        optimizer.step()
    print(f"the model and {len(expected['training'])} steps agree with the published code within {TOLERANCE:g}")


main()
