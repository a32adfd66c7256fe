"""Features of a folder as usually computed: transformers, float32, one loop. Usage: MODEL IMAGES OUT"""
import sys

import torch
from transformers import CLIPModel

from folder import encode_folder

model_directory, images, out = sys.argv[1:]
model = CLIPModel.from_pretrained(model_directory).eval()
with torch.inference_mode():
    encode_folder(model_directory, images, out, lambda pixels: model.get_image_features(pixel_values=pixels).pooler_output, "pt")
