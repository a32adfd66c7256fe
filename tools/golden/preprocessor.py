"""What transformers' CLIP image processors make of images, as 8-bit values after resize and crop.

Resized by the one over Pillow. Cropped by the one over torchvision, which AutoImageProcessor of transformers 5 takes: it puts the
smaller half of the padding of an image that is too small before it, that over Pillow the larger half. Both crop alike.

The horizontal pass comes first, as in Pillow up to 12. Pillow 13 sometimes begins with the vertical one, which changes some
values by 1 of 255, so this script requests the passes one by one.

python tools/golden/preprocessor.py   (needs transformers and torchvision; writes numclip-core/src/test/resources/parity/preprocessor.json)
"""

import json
import pathlib

import numpy
import torch
from PIL import Image, ImageOps
from transformers import CLIPImageProcessor
from transformers.models.clip.image_processing_pil_clip import CLIPImageProcessorPil

RESOURCES = pathlib.Path(__file__).parents[2] / "numclip-core/src/test/resources"

RESIZE = Image.Image.resize


def horizontal_first(image, size, resample=None, **_):
    return RESIZE(RESIZE(image, (size[0], image.height), resample), size, resample)


Image.Image.resize = horizontal_first

SETTINGS = [
    {"size": {"shortest_edge": 40}, "crop_size": {"height": 40, "width": 40}},
    {"size": 32, "crop_size": 24},
    {"size": {"height": 30, "width": 50}, "crop_size": {"height": 20, "width": 41}},
    {"size": {"height": 33, "width": 17}, "do_center_crop": False},
    {"size": {"shortest_edge": 20}, "crop_size": {"height": 27, "width": 35}},
    {"do_resize": False, "crop_size": {"height": 60, "width": 61}},
    {"size": {"shortest_edge": 40}, "crop_size": 40, "resample": 2},
    {"size": {"shortest_edge": 150}, "crop_size": {"height": 20, "width": 20}},
]
IMAGES = ["landscape.png", "portrait.png", "upscaled.png", "gray.png", "exif-rotated.jpg", "photo.jpg"]


def values_of(image, settings):
    plain = {**settings, "do_rescale": False, "do_normalize": False}
    resized = CLIPImageProcessorPil(**{**plain, "do_center_crop": False})(image)["pixel_values"][0]
    cropped = CLIPImageProcessor(**{**plain, "do_resize": False})(torch.from_numpy(numpy.asarray(resized)))["pixel_values"][0]
    return numpy.asarray(cropped).astype(numpy.uint8)


def main():
    cases = []
    for settings in SETTINGS:
        for name in IMAGES:
            image = ImageOps.exif_transpose(Image.open(RESOURCES / "golden/images" / name)).convert("RGB")
            values = values_of(image, settings)
            cases.append({"config": settings, "file": name, "shape": values.shape, "pixels": values.tobytes().hex()})
    (RESOURCES / "parity/preprocessor.json").write_text(json.dumps(cases, indent=1) + "\n")


main()
