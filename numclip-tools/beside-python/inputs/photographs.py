"""Draws JPEG files that are as hard to decode as photographs, and a list of ages. Usage: OUT COUNT [SEED]

Noise whose amplitude falls with the frequency, as in nature, under a few shapes with sharp edges; about 500 x 375,
quality 90, 4:2:0. The ages in OUT/images.csv are random: good for timing, not for training.
"""
import csv
import sys
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw

SIZES = [(500, 375), (500, 375), (375, 500), (500, 333), (480, 360)]
SHARES = [("train", 10), ("validation", 1), ("test", 1)]


def noise(random, width, height, steepness):
    """(height, width), mean 0, deviation 1; amplitude falls with frequency to the power of steepness, up to a limit."""
    frequency = np.hypot(np.fft.fftfreq(height)[:, None], np.fft.rfftfreq(width)[None])
    frequency[0, 0] = 1
    amplitude = frequency ** -steepness * (frequency < 0.45)
    amplitude[0, 0] = 0
    phases = np.exp(2j * np.pi * random.random(frequency.shape))
    field = np.fft.irfft2(amplitude * phases, s=(height, width))
    return field / field.std()


def photograph(random):
    width, height = SIZES[random.integers(len(SIZES))]
    light = noise(random, width, height, random.uniform(0.9, 1.4)) * random.uniform(25, 50)
    colours = [noise(random, width, height, 1.6) * random.uniform(5, 20) for _ in range(3)]
    base = random.uniform(70, 170, 3)
    pixels = np.stack([base[c] + light + colours[c] for c in range(3)], axis=-1)
    image = Image.fromarray(pixels.clip(0, 255).astype(np.uint8))
    shapes = image.copy()
    draw = ImageDraw.Draw(shapes)
    for _ in range(random.integers(3, 9)):
        x, y = random.integers(-50, width), random.integers(-50, height)
        corners = [x, y, x + random.integers(40, 200), y + random.integers(40, 200)]
        figure = draw.ellipse if random.random() < 0.5 else draw.rectangle
        figure(corners, fill=tuple(int(c) for c in random.integers(0, 256, 3)))
    return Image.blend(image, shapes, random.uniform(0.4, 0.8))


def main():
    out, count = Path(sys.argv[1]), int(sys.argv[2])
    random = np.random.default_rng(int(sys.argv[3]) if len(sys.argv) > 3 else 1)
    splits = [split for split, share in SHARES for _ in range(share)]
    out.mkdir(parents=True, exist_ok=True)
    with open(out / "images.csv", "w", newline="") as table:
        writer = csv.writer(table)
        writer.writerow(["image", "value", "split"])
        for index in range(count):
            name = f"{index:05}.jpg"
            photograph(random).save(out / name, quality=90, subsampling="4:2:0")
            writer.writerow([name, random.integers(0, 101), splits[index % len(splits)]])


main()
