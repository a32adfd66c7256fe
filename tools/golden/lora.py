"""Makes numclip-core/src/test/resources/golden/lora: a PEFT adapter of golden/clip-gelu, features with it, and gradients.

With torch 2.15, transformers 5.24 and peft 0.21.2:

    python tools/golden/lora.py                    makes the golden files
    python tools/golden/lora.py check DIR          loads an adapter of golden/clip-gelu that NumCLIP wrote, with PEFT, and
                                                   compares features with those in DIR/figures.json (PeftAdapterTest
                                                   writes both where the property numclip.peft names a folder)
"""
import json
import pathlib
import sys

import torch
from peft import LoraConfig, PeftModel, get_peft_model
from transformers import CLIPModel

GOLDEN = pathlib.Path(__file__).resolve().parents[2] / "numclip-core/src/test/resources/golden"
TARGET = GOLDEN / "lora"
LABELS = [0, 2, 1]
MOST = 1e-4


def inputs():
    figures = json.loads((GOLDEN / "clip-gelu/figures.json").read_text())
    return torch.tensor(figures["pixels"]).reshape(3, 3, 16, 16), torch.tensor(figures["tokens"]).reshape(4, 9)


def features(model, pixels, tokens):
    images = model.get_image_features(pixel_values=pixels)
    texts = model.get_text_features(input_ids=tokens)
    pooled = [getattr(each, "pooler_output", each) for each in (images, texts)]
    return pooled


def make():
    torch.manual_seed(3)
    clip = CLIPModel.from_pretrained(GOLDEN / "clip-gelu").eval()
    settings = LoraConfig(r=2, lora_alpha=1, use_rslora=True, lora_dropout=0, target_modules=["q_proj", "k_proj", "v_proj"])
    model = get_peft_model(clip, settings)
    for name, parameter in model.named_parameters():
        if "lora_" in name:
            parameter.data = 0.3 * torch.randn_like(parameter)
    pixels, tokens = inputs()
    images, texts = features(model, pixels, tokens)
    cosines = torch.nn.functional.normalize(images) @ torch.nn.functional.normalize(texts).T
    loss = torch.nn.functional.cross_entropy(clip.logit_scale.detach().exp() * cosines, torch.tensor(LABELS))
    loss.backward()
    gradients = {name.replace("base_model.model.", "").replace(".default", ""): parameter.grad.tolist()
                 for name, parameter in model.named_parameters() if parameter.requires_grad}
    model.save_pretrained(TARGET / "adapter")
    (TARGET / "adapter/README.md").unlink(missing_ok=True)
    config = TARGET / "adapter/adapter_config.json"
    known = json.loads(config.read_text())
    known["base_model_name_or_path"] = "clip-gelu"
    config.write_text(json.dumps(known, indent=2, sort_keys=True) + "\n")
    with torch.no_grad():
        plain, _ = features(CLIPModel.from_pretrained(GOLDEN / "clip-gelu").eval(), pixels, tokens)
    assert (plain - images).abs().max() > 0.05, "the adapter must matter"
    (TARGET / "figures.json").write_text(json.dumps({
        "note": "peft 0.21.2 on transformers 5.24 and torch " + torch.__version__, "labels": LABELS,
        "image_features": images.tolist(), "text_features": texts.tolist(), "loss": loss.item(),
        "gradients": gradients}) + "\n")


def check(folder):
    folder = pathlib.Path(folder)
    model = PeftModel.from_pretrained(CLIPModel.from_pretrained(GOLDEN / "clip-gelu"), folder).eval()
    pixels, tokens = inputs()
    with torch.no_grad():
        found = features(model, pixels, tokens)
        plain = features(CLIPModel.from_pretrained(GOLDEN / "clip-gelu").eval(), pixels, tokens)
    expected = json.loads((folder / "figures.json").read_text())
    for name, ours, without in zip(("image_features", "text_features"), found, plain):
        difference = (torch.tensor(expected[name]).reshape(ours.shape) - ours).abs().max().item()
        moved = (without - ours).abs().max().item()
        print(f"{name}: PEFT and NumCLIP differ by at most {difference:.1e}; the adapter moves them by up to {moved:.2f}")
        assert difference <= MOST < moved


if __name__ == "__main__":
    check(sys.argv[2]) if sys.argv[1:2] == ["check"] else make()
