"""Makes numclip-core/src/test/resources/golden/clip-gelu/int8.json: image features with the layers' products in int8.

PyTorch's dynamic quantisation, with a scale for each output of a layer and eight bits for inputs; two weights of one sign beside
each other have 128 together at most. Each image goes through the tower alone, and in the last layer the class token, the only one
that is needed, goes alone through what other tokens do not see. Run with torch 2.7.1 and transformers, after clip_small.py:
`python tools/golden/int8.py`.
"""
import json
import pathlib

import torch
from torch.ao.nn.quantized import dynamic
from torch.ao.quantization import PerChannelMinMaxObserver, QConfig, quantize_dynamic
from torch.ao.quantization.qconfig import default_dynamic_quant_observer
from transformers import CLIPModel

FOLDER = pathlib.Path(__file__).resolve().parents[2] / "numclip-core/src/test/resources/golden/clip-gelu"


class PairsObserver(PerChannelMinMaxObserver):
    """The scale of an output: by the largest sum of two neighbours of one sign."""

    def forward(self, weight):
        self.largest = torch.tensor([
            max(max(sum(w for w in row[i:i + 2] if w > 0), -sum(w for w in row[i:i + 2] if w < 0))
                for i in range(0, len(row), 2)) for row in weight.detach().double().tolist()])
        return super().forward(weight)

    def calculate_qparams(self):
        return (self.largest / 127).clamp_min(2.0 ** -23), torch.zeros(len(self.largest), dtype=torch.int64)


class ClassTokenAlone(torch.nn.Module):
    def __init__(self, layer):
        super().__init__()
        self.layer = layer

    def forward(self, x):
        return torch.cat([self.layer(x[:, :1]), self.layer(x[:, 1:])], 1)


def main():
    clip = CLIPModel.from_pretrained(FOLDER).eval()
    weights = PairsObserver.with_args(dtype=torch.qint8, qscheme=torch.per_channel_symmetric)
    config = QConfig(activation=default_dynamic_quant_observer, weight=weights)
    quantize_dynamic(clip.vision_model.encoder, {torch.nn.Linear: config}, inplace=True)
    for module in clip.vision_model.encoder.modules():
        if isinstance(module, dynamic.Linear):
            module.version = 3  # later ones take seven bits for inputs
    last = clip.vision_model.encoder.layers[-1]
    for part, name in (last.self_attn, "q_proj"), (last.self_attn, "out_proj"), (last.mlp, "fc1"), (last.mlp, "fc2"):
        setattr(part, name, ClassTokenAlone(getattr(part, name)))
    pixels = torch.tensor(json.loads((FOLDER / "figures.json").read_text())["pixels"]).view(-1, 1, 3, 16, 16)
    with torch.no_grad():
        images = [clip.visual_projection(clip.vision_model(image).pooler_output)[0].tolist() for image in pixels]
    (FOLDER / "int8.json").write_text(json.dumps({"images": images}))


if __name__ == "__main__":
    main()
