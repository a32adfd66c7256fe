"""Features of a folder by ONNX Runtime, images read as in transformers. Usage: MODEL IMAGES OUT [int8]

MODEL holds image-tower.onnx and image-tower-int8.onnx, see inputs/onnx_tower.py and inputs/onnx_int8.py.
"""
import os
import sys
from pathlib import Path

import numpy as np
import onnxruntime
from PIL import Image
from transformers import CLIPImageProcessor

from common import Stopwatch, batches, image_files, report, save_features

model_directory, images, out, *precision = sys.argv[1:]
options = onnxruntime.SessionOptions()
options.intra_op_num_threads = int(os.environ.get("OMP_NUM_THREADS", "2"))
session = onnxruntime.InferenceSession(
    Path(model_directory) / ("-".join(["image-tower", *precision]) + ".onnx"), options, providers=["CPUExecutionProvider"])
processor = CLIPImageProcessor.from_pretrained(model_directory)
files = image_files(images)
watch = Stopwatch()
features = []
for batch in batches(files):
    inputs = processor(images=[Image.open(file) for file in batch], return_tensors="np")
    features.append(session.run(None, {"pixels": np.asarray(inputs["pixel_values"])})[0])
save_features(out, files, np.concatenate(features))
report("seconds", watch.seconds())
