"""Trains NumCLIP with a frozen image tower as fast as PyTorch can in plain code. See --help.

Nothing is computed twice or in Python loops: features come from inputs/features.py, prompts are cut to the longest, losses are
vectorised, only the text tower is loaded, and batches are rows of one tensor. The network, its losses and their figures are those of
published_training.py.
"""
import argparse
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import torch
from safetensors import safe_open
from torch import nn
from torch.nn import functional as F
from transformers import AutoTokenizer, CLIPTextModelWithProjection

from common import BATCH, Stopwatch, report
from published_losses import SsrHead
from published_model import ADAPTER_RATIO, EDGES, PromptLearner


def distance_weights(distances, ranks):
    """(K - 1) d / sum of d along the last axis, and 1 where d is 0."""
    total = distances.sum(-1, keepdim=True).clamp_min(1)
    return torch.where(distances == 0, 1.0, (ranks - 1) * distances / total)


def ranking_cross_entropy(logits, labels):
    ranks = torch.arange(logits.shape[1])
    weights = distance_weights((labels[:, None] - ranks).abs(), len(ranks))  # (N, K)
    return F.cross_entropy(weights * logits, labels)


def ranking_kl(logits, labels):
    present = labels.unique()
    distances = (present[:, None] - labels).abs()  # (P, N)
    target = torch.softmax(10.0 * (distances == 0), dim=1)
    found = torch.log_softmax(distance_weights(distances, logits.shape[1]) * logits[:, present].T, dim=1)
    return F.kl_div(found, target, reduction="sum") / len(present)


class NumClip(nn.Module):
    """Features (N, D) to logits (N, K) and numbers (N)."""

    def __init__(self, model_directory, precision):
        super().__init__()
        self.text = CLIPTextModelWithProjection.from_pretrained(model_directory, dtype=torch.float32).requires_grad_(False)
        clip = SimpleNamespace(config=SimpleNamespace(text_config=self.text.config), text_model=self.text.text_model)
        self.prompts = PromptLearner(clip, AutoTokenizer.from_pretrained(model_directory), "longest")
        with safe_open(Path(model_directory) / "model.safetensors", "pt") as weights:
            self.scale = weights.get_tensor("logit_scale").float().exp()
        width = self.text.config.projection_dim
        self.adapter = nn.Sequential(
            nn.Linear(width, width // 4, bias=False), nn.ReLU(), nn.Linear(width // 4, width, bias=False), nn.ReLU())
        self.head = SsrHead(EDGES)
        self.edges = torch.tensor(EDGES)
        self.bf16 = precision == "bf16"

    def text_features(self):
        text = self.text.text_model
        with torch.autocast("cpu", torch.bfloat16, enabled=self.bf16):
            hidden = text.embeddings(inputs_embeds=self.prompts())
            hidden = text.encoder(inputs_embeds=hidden, attention_mask=None, is_causal=True).last_hidden_state
            ends = text.final_layer_norm(hidden)[torch.arange(len(hidden)), self.prompts.ends]
            projected = self.text.text_projection(ends)
        return F.normalize(projected.float(), dim=-1)  # (K, D)

    def forward(self, features):
        adapted = ADAPTER_RATIO * self.adapter(features) + (1 - ADAPTER_RATIO) * features
        logits = self.scale * F.normalize(adapted, dim=-1) @ self.text_features().T
        return logits, self.head(logits)

    def loss(self, features, ages):
        ranks = torch.bucketize(ages, self.edges, right=True) - 1
        logits, numbers = self(features)
        return ranking_cross_entropy(logits, ranks) + ranking_kl(logits, ranks) + F.l1_loss(numbers, ages)


def parsed():
    parser = argparse.ArgumentParser(description="NumCLIP on features of a frozen image tower.")
    parser.add_argument("model", help="Hugging Face CLIP directory")
    parser.add_argument("features", help="of inputs/features.py")
    parser.add_argument("--epochs", type=int, default=20)
    parser.add_argument("--learning-rate", type=float, default=1e-5)
    parser.add_argument("--milestones", type=int, nargs="*", default=[60])
    parser.add_argument("--gamma", type=float, default=0.1)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--precision", choices=["fp32", "bf16"], default="fp32", help="of the text tower")
    return parser.parse_args()


@torch.no_grad()
def mean_absolute_error(model, features, ages):
    return (model(features)[1] - ages).abs().mean().item()


def main():
    arguments = parsed()
    torch.manual_seed(arguments.seed)
    arrays = {name: torch.from_numpy(array) for name, array in np.load(arguments.features).items()}
    features, ages = arrays["train"], arrays["train-values"]
    model = NumClip(arguments.model, arguments.precision)
    learning = [parameter for parameter in model.parameters() if parameter.requires_grad]
    optimizer = torch.optim.RAdam(learning, lr=arguments.learning_rate, foreach=True)
    schedule = torch.optim.lr_scheduler.MultiStepLR(optimizer, arguments.milestones, arguments.gamma)
    watch = Stopwatch()
    for epoch in range(1, arguments.epochs + 1):
        for rows in torch.randperm(len(ages)).split(BATCH):
            loss = model.loss(features[rows], ages[rows])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        schedule.step()
        error = mean_absolute_error(model, arrays["validation"], arrays["validation-values"])
        print(f"epoch {epoch}: validation MAE {error:.4f}", flush=True)
    report("seconds", watch.seconds())
    report("validation-mae", error)
    report("mae", mean_absolute_error(model, arrays["test"], arrays["test-values"]))


if __name__ == "__main__":
    main()
