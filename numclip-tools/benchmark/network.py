"""A small convolutional network from scratch, as a user could have it in minutes: always the same number of steps."""
import numpy as np
import torch
from torch import nn
from torch.nn.functional import affine_grid, cross_entropy, grid_sample, smooth_l1_loss

SIDE = 48
STEPS = 1500
BATCH = 32
RATE = 3e-3
THREADS = 1  # sums are in another order with another number
TURN, ZOOM, SHIFT = np.radians(10), 0.15, 0.08  # as `init` proposes them


def layer(before: int, after: int, stride: int = 1) -> list[nn.Module]:
    return [nn.Conv2d(before, after, 3, stride, 1, bias=False), nn.BatchNorm2d(after), nn.ReLU()]


def predictions(images: np.ndarray, values: np.ndarray, parts: tuple, has_classes: bool, seed: int) -> tuple[np.ndarray, str]:
    """Numbers for the test part. Learns classes, if there are any, and the number; the validation part says which is used."""
    torch.manual_seed(seed)
    torch.set_num_threads(THREADS)
    train, validation, test = parts
    known, classes = np.unique(values[train], return_inverse=True)
    middle, spread = values[train].mean(), values[train].std() or 1
    network = nn.Sequential(*layer(3, 16, 2), *layer(16, 32), nn.MaxPool2d(2), *layer(32, 64), nn.MaxPool2d(2),
                            *layer(64, 128), nn.AdaptiveAvgPool2d(2), nn.Flatten(), nn.Dropout(0.2),
                            nn.Linear(512, 1 + len(known)))
    fit(network, torch.from_numpy(images[train]), torch.from_numpy((values[train] - middle) / spread).float(),
        torch.from_numpy(classes), 1.0 if has_classes else 0.0)
    network.eval()
    with torch.no_grad():
        found = [torch.cat([network(batch) for batch in torch.from_numpy(images[part]).split(256)]).numpy()
                 for part in (validation, test)]
    ways = {"number": [each[:, 0] * spread + middle for each in found]}
    if has_classes:
        ways["classes"] = [known[each[:, 1:].argmax(1)] for each in found]
    best = min(ways, key=lambda way: np.abs(ways[way][0] - values[validation]).mean())
    return ways[best][1], best


def fit(network: nn.Module, images: torch.Tensor, numbers: torch.Tensor, classes: torch.Tensor, share: float) -> None:
    optimizer = torch.optim.AdamW(network.parameters(), RATE, weight_decay=0.05)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, RATE, STEPS)
    order = torch.empty(0, dtype=torch.long)
    for _ in range(STEPS):
        while len(order) < BATCH:
            order = torch.cat([order, torch.randperm(len(images))])
        batch, order = order[:BATCH], order[BATCH:]
        shown = network(warped(images[batch]))
        loss = smooth_l1_loss(shown[:, 0], numbers[batch]) + share * cross_entropy(shown[:, 1:], classes[batch])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        schedule.step()


def warped(images: torch.Tensor) -> torch.Tensor:
    count = len(images)
    turn = (torch.rand(count) * 2 - 1) * TURN
    zoom = 1 + (torch.rand(count) * 2 - 1) * ZOOM
    change = torch.zeros(count, 2, 3)
    change[:, 0, 0] = change[:, 1, 1] = torch.cos(turn) * zoom
    change[:, 0, 1], change[:, 1, 0] = -torch.sin(turn) * zoom, torch.sin(turn) * zoom
    change[:, :, 2] = (torch.rand(count, 2) * 2 - 1) * SHIFT * 2
    return grid_sample(images, affine_grid(change, list(images.shape), False), padding_mode="border", align_corners=False)
