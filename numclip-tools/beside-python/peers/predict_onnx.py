"""Numbers of a folder by ONNX Runtime, float32, from a file that 'numclip export --to onnx' wrote. Usage: FILE IMAGES

Prints a table with the columns file and value. Preprocessing is that of the file's metadata, with Pillow.
"""
import csv
import json
import os
import sys
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import onnxruntime
from PIL import Image

from common import batches, image_files

model, images = sys.argv[1:]
threads = int(os.environ.get("OMP_NUM_THREADS", "2"))
options = onnxruntime.SessionOptions()
options.intra_op_num_threads = threads
session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
how = json.loads(session.get_modelmeta().custom_metadata_map["numclip.preprocessing"])
edge, side = how["size"]["shortest_edge"], how["crop_size"]["width"]


def pixels(file):
    """(3, H, W): the shorter side resized, the middle cut out."""
    image = Image.open(file).convert("RGB")
    width, height = [int(edge * length / min(image.size)) for length in image.size]
    image = image.resize((width, image.height), how["resample"]).resize((width, height), how["resample"])
    left, top = (width - side) // 2, (height - side) // 2
    values = np.asarray(image.crop((left, top, left + side, top + side))) * how["rescale_factor"]
    return ((values - how["image_mean"]) / how["image_std"]).transpose(2, 0, 1).astype(np.float32)


table = csv.writer(sys.stdout)
table.writerow(["file", "value"])
with ThreadPoolExecutor(threads) as readers:
    ahead = [(files, [readers.submit(pixels, file) for file in files]) for files in batches(image_files(images))]
    for files, read in ahead:
        values = session.run(["value"], {"pixels": np.stack([image.result() for image in read])})[0]
        table.writerows([str(file), repr(float(value))] for file, value in zip(files, values))
