"""One step of full fine-tuning by PyTorch, float32, image tower included. Usage: MODEL full|longest [STEPS [BATCH]]

The model and losses of the published code on random images; prompts of 77 tokens (full) or cut to the longest. Prints
the median of the steps after two warm-up steps.
"""
import statistics
import sys

import torch

from common import Stopwatch, report
from published_model import PublishedNumClip

model_directory, length = sys.argv[1:3]
steps = int(sys.argv[3]) if len(sys.argv) > 3 else 10
images = int(sys.argv[4]) if len(sys.argv) > 4 else 16
torch.manual_seed(1)
model = PublishedNumClip(model_directory, image_tower_learns=True, length=length)
optimizer = torch.optim.RAdam([parameter for parameter in model.parameters() if parameter.requires_grad], lr=1e-5)
size = model.clip.config.vision_config.image_size
pixels = torch.randn(images, 3, size, size)
ages = torch.randint(0, 101, (images,)).float()
seconds = []
for _ in range(2 + steps):
    watch = Stopwatch()
    loss = sum(model.losses(pixels, ages).values())
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    seconds.append(watch.seconds())
report("seconds-per-step", statistics.median(seconds[2:]))
