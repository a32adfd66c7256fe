"""Features of a folder by OpenVINO, images read as in transformers. Usage: MODEL IMAGES OUT f32|bf16

MODEL holds image-tower.onnx, see inputs/onnx_tower.py.
"""
import os
import sys
from pathlib import Path

import numpy as np
import openvino
from PIL import Image
from transformers import CLIPImageProcessor

from common import Stopwatch, batches, image_files, report, save_features

model_directory, images, out, precision = sys.argv[1:]
core = openvino.Core()
tower = core.compile_model(Path(model_directory) / "image-tower.onnx", "CPU", {
    "INFERENCE_PRECISION_HINT": precision, "INFERENCE_NUM_THREADS": os.environ.get("OMP_NUM_THREADS", "2")})
processor = CLIPImageProcessor.from_pretrained(model_directory)
files = image_files(images)
watch = Stopwatch()
features = []
for batch in batches(files):
    inputs = processor(images=[Image.open(file) for file in batch], return_tensors="np")
    features.append(tower({"pixels": np.asarray(inputs["pixel_values"])})["features"].copy())
save_features(out, files, np.concatenate(features))
report("seconds", watch.seconds())
