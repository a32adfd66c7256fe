"""The losses and the head as the published code computes them: weights of one sample after another, in Python.

Rewritten from the formulas, with K ranks and N images. Weights are (K - 1) |y - j| / sum of |y - k| over k, and 1
where j = y.
"""
import torch
from torch import nn
from torch.nn import functional as F


def distance_weights(label, others, ranks):
    """Weights of one row, a list as long as others."""
    distances = [abs(label - other) for other in others]
    total = sum(distances)
    return [1.0 if distance == 0 else (ranks - 1) * distance / total for distance in distances]


def ranking_cross_entropy(logits, labels):
    """CE-FCRC, image to text. logits (N, K), labels (N) are ranks."""
    ranks = logits.shape[1]
    weights = []
    for label in labels:
        weights.append(distance_weights(label.detach().cpu().numpy().tolist(), range(ranks), ranks))
    return F.cross_entropy(torch.tensor(weights) * logits, labels)


def ranking_kl(logits, labels):
    """KL-FCRC, text to image: for every rank that the batch has, the batch is ordered by its distance."""
    ranks = logits.shape[1]
    known = [label.detach().cpu().numpy().tolist() for label in labels]
    present = sorted(set(known))
    loss = 0.0
    for rank in present:
        weights = torch.tensor(distance_weights(rank, known, ranks))
        target = F.softmax(torch.tensor([10.0 if label == rank else 0.0 for label in known]), dim=0)
        loss = loss + F.kl_div(F.log_softmax(weights * logits[:, rank], dim=0), target, reduction="sum")
    return loss / len(present)


class SsrHead(nn.Module):
    """logits (N, K) to numbers (N): sum of p_k b_k / (1 + delta_k), b_k the left edges of the bins."""

    def __init__(self, edges):
        super().__init__()
        ranks = len(edges)
        self.hidden = nn.Linear(ranks, 2 * ranks)
        self.delta = nn.Linear(2 * ranks, ranks)
        for layer in (self.hidden, self.delta):
            nn.init.normal_(layer.weight, std=0.001)
            nn.init.zeros_(layer.bias)
        self.register_buffer("edges", torch.tensor(edges, dtype=torch.float32))

    def forward(self, logits):
        delta = torch.tanh(self.delta(F.relu(self.hidden(logits))))  # (N, K)
        return (F.softmax(logits, dim=1) * self.edges / (1 + delta)).sum(1)
