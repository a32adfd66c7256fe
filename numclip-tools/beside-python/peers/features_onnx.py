"""Features of a folder by ONNX Runtime, images read as in transformers. Usage: MODEL IMAGES OUT [int8]

MODEL holds image-tower.onnx and image-tower-int8.onnx, see inputs/onnx_tower.py and inputs/onnx_int8.py.
"""
import os
import sys
from pathlib import Path

import onnxruntime

from folder import encode_folder

model_directory, images, out, *precision = sys.argv[1:]
options = onnxruntime.SessionOptions()
options.intra_op_num_threads = int(os.environ.get("OMP_NUM_THREADS", "2"))
session = onnxruntime.InferenceSession(
    Path(model_directory) / ("-".join(["image-tower", *precision]) + ".onnx"), options, providers=["CPUExecutionProvider"])
encode_folder(model_directory, images, out, lambda pixels: session.run(None, {"pixels": pixels})[0])
