"""A folder of images to features, read as in transformers; what differs between the peers is the tower."""
import numpy as np
from PIL import Image
from transformers import CLIPImageProcessor

from common import Stopwatch, batches, image_files, report, save_features


def encode_folder(model_directory, images, out, encode, tensors="np"):
    """`encode` makes features (N, D) of pixels (N, 3, H, W), which are arrays of NumPy, or tensors of PyTorch with `pt`."""
    processor = CLIPImageProcessor.from_pretrained(model_directory)
    files = image_files(images)
    watch = Stopwatch()
    features = []
    for batch in batches(files):
        inputs = processor(images=[Image.open(file) for file in batch], return_tensors=tensors)
        features.append(np.asarray(encode(inputs["pixel_values"])))
    save_features(out, files, np.concatenate(features))
    report("seconds", watch.seconds())
