"""Weights that follow from their names and the place of each number, so that a test makes the same ones."""
import numpy as np
import torch


# ---- Weights that follow from their names ----

@np.errstate(over="ignore")
def mixed(x):
    """The finaliser of SplitMix64, on uint64."""
    x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return x ^ (x >> np.uint64(31))


@np.errstate(over="ignore")
def uniform(name, count):
    """From -1 to 1."""
    seed = np.uint64(0)
    for byte in name.encode():
        seed = mixed(np.uint64(seed) + np.uint64(byte))
    bits = mixed(seed + np.arange(count, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15))
    return (bits >> np.uint64(40)).astype(np.float64) / 2 ** 23 - 1


def weights(name, shape):
    """Matrices are scaled by the last size of their shape; weights of layer norms are around 1, biases around 0."""
    values = uniform(name, int(np.prod(shape, dtype=np.int64)))
    if len(shape) >= 2:
        return (values * (2 / np.sqrt(shape[-1]))).astype(np.float32).reshape(shape)
    return (values * 0.2 + (1 if name.endswith(".weight") else 0)).astype(np.float32).reshape(shape)


def fill(state):
    filled = {}
    for name, tensor in state.items():
        if tensor.dtype == torch.float32:
            filled[name] = torch.from_numpy(weights(name, tuple(tensor.shape)).copy())
    return filled
