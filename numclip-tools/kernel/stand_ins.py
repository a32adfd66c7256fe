"""What kernel.pt has in place of two functions of `tower.py`, because it must open where oneDNN is missing."""
from typing import Optional

import torch.nn.functional as F
from torch import Tensor


def leave_unpacked(weight: Tensor) -> Tensor:
    return weight


def unpacked_linear(x: Tensor, weight: Tensor, bias: Optional[Tensor], activation: str = "none", form: str = "") -> Tensor:
    """No weight is packed, so `activation` is always none."""
    return F.linear(x, weight, bias)
