"""Features of a folder by PyTorch, tuned by hand. Usage: MODEL IMAGES OUT bf16|fp32

Only the image tower is loaded. Two worker processes decode and resize; the images travel as bytes and arrive in
channels-last order, which is fast in the patch convolution. Arithmetic in bfloat16 where asked.
"""
import json
import sys
from pathlib import Path

import numpy as np
import torch
from PIL import Image
from torch.utils.data import DataLoader, Dataset
from transformers import CLIPVisionModelWithProjection

from common import BATCH, Stopwatch, image_files, report, save_features


class Squares(Dataset):
    """Image files as squares of bytes (size, size, 3): shorter side to size, bicubic, then the middle."""

    def __init__(self, files, size):
        self.files = files
        self.size = size

    def __len__(self):
        return len(self.files)

    def __getitem__(self, index):
        image = Image.open(self.files[index]).convert("RGB")
        width, height = image.size
        scale = self.size / min(width, height)
        width, height = int(width * scale), int(height * scale)
        left, top = (width - self.size) // 2, (height - self.size) // 2
        resized = image.resize((width, height), Image.Resampling.BICUBIC)
        return torch.from_numpy(np.array(resized.crop((left, top, left + self.size, top + self.size))))


def main():
    model_directory, images, out, precision = sys.argv[1:]
    dtype = torch.bfloat16 if precision == "bf16" else torch.float32
    model = CLIPVisionModelWithProjection.from_pretrained(model_directory, dtype=dtype).eval()
    model = model.to(memory_format=torch.channels_last)
    preprocessing = json.loads((Path(model_directory) / "preprocessor_config.json").read_text())
    mean = torch.tensor(preprocessing["image_mean"]).view(3, 1, 1) * 255
    deviation = torch.tensor(preprocessing["image_std"]).view(3, 1, 1) * 255
    files = image_files(images)
    watch = Stopwatch()
    loader = DataLoader(Squares(files, model.config.image_size), batch_size=BATCH, num_workers=2)
    features = []
    with torch.inference_mode():
        for squares in loader:
            pixels = ((squares.permute(0, 3, 1, 2) - mean) / deviation).to(dtype)  # (N, 3, H, W), channels last
            features.append(model(pixel_values=pixels).image_embeds.float())
    save_features(out, files, torch.cat(features).numpy())
    report("seconds", watch.seconds())


main()
