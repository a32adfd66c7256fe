"""Exports the image tower of a CLIP directory: pixels (N, 3, H, W) to features (N, D). Usage: MODEL OUT.onnx"""
import sys

import torch
from transformers import CLIPVisionModelWithProjection


class Tower(torch.nn.Module):
    """The tower with one tensor in and one out."""

    def __init__(self, model):
        super().__init__()
        self.model = model

    def forward(self, pixels):
        return self.model(pixel_values=pixels).image_embeds


model = CLIPVisionModelWithProjection.from_pretrained(sys.argv[1]).eval()
pixels = torch.zeros(2, 3, model.config.image_size, model.config.image_size)
torch.onnx.export(
    Tower(model), (pixels,), sys.argv[2], input_names=["pixels"], output_names=["features"], opset_version=18,
    dynamic_axes={"pixels": {0: "images"}, "features": {0: "images"}}, dynamo=False)
