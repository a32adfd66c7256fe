"""Features of a folder by OpenVINO, images read as in transformers. Usage: MODEL IMAGES OUT f32|bf16

MODEL holds image-tower.onnx, see inputs/onnx_tower.py.
"""
import os
import sys
from pathlib import Path

import openvino

from folder import encode_folder

model_directory, images, out, precision = sys.argv[1:]
tower = openvino.Core().compile_model(Path(model_directory) / "image-tower.onnx", "CPU", {
    "INFERENCE_PRECISION_HINT": precision, "INFERENCE_NUM_THREADS": os.environ.get("OMP_NUM_THREADS", "2")})
encode_folder(model_directory, images, out, lambda pixels: tower({"pixels": pixels})["features"].copy())
