"""Trains NumCLIP as its published code does: image tower and prompts at every step, nothing kept. See --help.

The list has the columns image, value and split. Prints the validation MAE after every epoch, or with --time-only trains
some epochs, or a part of one, and prints the seconds that a whole epoch takes.
"""
import argparse
import csv
import itertools
from pathlib import Path

import torch
from PIL import Image
from torch.utils.data import DataLoader, Dataset
from torchvision.transforms import v2

from common import BATCH, Stopwatch, report
from published_model import PublishedNumClip

IMAGENET = ([0.485, 0.456, 0.406], [0.229, 0.224, 0.225])
CLIP = ([0.48145466, 0.4578275, 0.40821073], [0.26862954, 0.26130258, 0.27577711])


def published_reading(size, training):
    """Both sides to 8/7 of the size, a crop, a flip, ImageNet's statistics: 256 and 224 in the published code."""
    large = size * 8 // 7
    cut = [v2.RandomCrop(size), v2.RandomHorizontalFlip()] if training else [v2.CenterCrop(size)]
    return v2.Compose([v2.Resize((large, large)), *cut, *tensor(*IMAGENET)])


def clip_reading(size, training):
    """As CLIP was trained: the shorter side to the size, the middle, CLIP's statistics."""
    bicubic = v2.Resize(size, interpolation=v2.InterpolationMode.BICUBIC)
    return v2.Compose([bicubic, v2.CenterCrop(size), *tensor(*CLIP)])


def tensor(mean, deviation):
    return [v2.PILToTensor(), v2.ToDtype(torch.float32, scale=True), v2.Normalize(mean, deviation)]


READINGS = {"published": published_reading, "clip": clip_reading}


class Ages(Dataset):
    """The images of one split of a list, with their ages."""

    def __init__(self, table, split, transform):
        with open(table, newline="") as lines:
            self.rows = [line for line in csv.DictReader(lines) if line["split"] == split]
        self.folder = Path(table).parent
        self.transform = transform

    def __len__(self):
        return len(self.rows)

    def __getitem__(self, index):
        row = self.rows[index]
        image = Image.open(self.folder / row["image"]).convert("RGB")
        return self.transform(image), torch.tensor(float(row["value"]))


class Features(Dataset):
    """The features of each image from the frozen tower, in place of its pixels."""

    @torch.no_grad()
    def __init__(self, model, images):
        batches = [(model.encode(pixels), ages) for pixels, ages in DataLoader(images, BATCH, num_workers=2)]
        self.features, self.ages = map(torch.cat, zip(*batches))

    def __len__(self):
        return len(self.ages)

    def __getitem__(self, index):
        return self.features[index], self.ages[index]


def loader(arguments, split, model):
    training = split == "train"
    images = Ages(arguments.list, split, READINGS[arguments.images](model.clip.config.vision_config.image_size, training))
    if arguments.keep_features:
        return DataLoader(Features(model, images), BATCH, shuffle=training)
    return DataLoader(images, BATCH, shuffle=training, num_workers=2, persistent_workers=True)


def loaders(arguments, model):
    """Loaders of the splits that are needed."""
    splits = ["train"] if arguments.time_only else ["train", "validation", "test"]
    return {split: loader(arguments, split, model) for split in splits}


def train(model, batches, optimizer):
    for pixels, ages in batches:
        loss = sum(model.losses(pixels, ages).values())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()


@torch.no_grad()
def mean_absolute_error(model, batches):
    errors = [(model(pixels)[1] - ages).abs() for pixels, ages in batches]
    return torch.cat(errors).mean().item()


def parsed():
    parser = argparse.ArgumentParser(description="NumCLIP as published, with a frozen image tower.")
    parser.add_argument("model", help="Hugging Face CLIP directory")
    parser.add_argument("list", help="CSV with the columns image, value, split; images relative to it")
    parser.add_argument("--epochs", type=int, default=20)
    parser.add_argument("--learning-rate", type=float, default=1e-5, help="of adapter, head and concepts")
    parser.add_argument("--milestones", type=int, nargs="*", default=[60])
    parser.add_argument("--gamma", type=float, default=0.1)
    parser.add_argument("--images", choices=READINGS, default="published", help="how images are read")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--time-only", action="store_true", help="no validation; prints seconds-per-epoch")
    parser.add_argument("--steps", type=int, help="with --time-only: steps of an epoch that are timed; default: all")
    parser.add_argument("--keep-features", action="store_true",
                        help="encodes each image once: the same MAE in less time; needs --images clip, which reads an image "
                             "the same way each time")
    arguments = parser.parse_args()
    if arguments.keep_features and arguments.images != "clip":
        parser.error("--keep-features needs --images clip")
    return arguments


def main():
    arguments = parsed()
    torch.manual_seed(arguments.seed)
    model = PublishedNumClip(arguments.model, image_tower_learns=False)
    learning = [parameter for parameter in model.parameters() if parameter.requires_grad]
    optimizer = torch.optim.RAdam(learning, lr=arguments.learning_rate)
    schedule = torch.optim.lr_scheduler.MultiStepLR(optimizer, arguments.milestones, arguments.gamma)
    batches = loaders(arguments, model)
    if arguments.keep_features:
        model.encode = lambda features: features
    steps = arguments.steps or len(batches["train"])
    watch = Stopwatch()
    if arguments.time_only:
        train(model, itertools.islice(batches["train"], 1), optimizer)  # starts the workers
    epochs = Stopwatch()
    for epoch in range(1, arguments.epochs + 1):
        train(model, itertools.islice(batches["train"], steps), optimizer)
        schedule.step()
        if not arguments.time_only:
            error = mean_absolute_error(model, batches["validation"])
            print(f"epoch {epoch}: validation MAE {error:.4f}", flush=True)
    report("seconds", watch.seconds())
    if arguments.time_only:
        report("seconds-per-epoch", epochs.seconds() / arguments.epochs * len(batches["train"]) / steps)
    else:
        report("validation-mae", error)
        report("mae", mean_absolute_error(model, batches["test"]))


if __name__ == "__main__":
    main()
