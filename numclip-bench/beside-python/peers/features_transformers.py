"""Features of a folder as usually computed: transformers, float32, one loop. Usage: MODEL IMAGES OUT"""
import sys

import torch
from PIL import Image
from transformers import CLIPImageProcessor, CLIPModel

from common import Stopwatch, batches, image_files, report, save_features

model_directory, images, out = sys.argv[1:]
model = CLIPModel.from_pretrained(model_directory).eval()
processor = CLIPImageProcessor.from_pretrained(model_directory)
files = image_files(images)
watch = Stopwatch()
features = []
with torch.inference_mode():
    for batch in batches(files):
        inputs = processor(images=[Image.open(file) for file in batch], return_tensors="pt")
        features.append(model.get_image_features(**inputs).pooler_output)
save_features(out, files, torch.cat(features).numpy())
report("seconds", watch.seconds())
