"""Both halves of the published ranking loss and the SSR head, forward and backward. Usage: [BATCH [RANKS [TIMES]]]

Random logits and labels; prints the median seconds of TIMES passes after two warm-up passes.
"""
import statistics
import sys

import torch
from torch.nn import functional as F

from common import Stopwatch, report
from published_losses import SsrHead, ranking_cross_entropy, ranking_kl

batch, ranks, times = (list(map(int, sys.argv[1:])) + [512, 101, 20][len(sys.argv) - 1:])
torch.manual_seed(1)
head = SsrHead([float(rank) for rank in range(ranks)])
labels = torch.randint(0, ranks, (batch,))
logits = (20 * torch.randn(batch, ranks)).requires_grad_()
seconds = []
for _ in range(2 + times):
    watch = Stopwatch()
    head.zero_grad()
    logits.grad = None
    loss = ranking_cross_entropy(logits, labels) + ranking_kl(logits, labels) + F.l1_loss(head(logits), labels.float())
    loss.backward()
    seconds.append(watch.seconds())
report("seconds", statistics.median(seconds[2:]))
