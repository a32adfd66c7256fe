"""The forward pass of CLIP and its relatives: an image tower and a text tower.

This is the file to read. `backward.py` and `optimizer.py` train the towers, and `kernel.py` has what Java calls.

The inputs of a tower may be on the CPU while its weights are on a GPU. Shapes are in the margin:

    N  images or texts
    B  tokens of the prefix, with which all texts begin
    L  tokens of an image, or of a text without its prefix
    R  tokens whose output is needed: L or 1
    C  class tokens of an image: 1 or 0
    W  width of the tower
    F  width of the hidden layer in an MLP
    H  attention heads
    P  side of a patch, in pixels
    D  width of the space that images and texts share
"""
from typing import List, NamedTuple, Optional, Tuple

import torch
import torch.nn.functional as F
from torch import Tensor

Int8Matrix = torch.classes.quantized.LinearPackedParamsBase  # a weight (outputs, inputs), packed for products


# ---- Settings and weights ----

class Settings(NamedTuple):
    layers: int
    heads: int
    epsilon: float  # of every layer norm
    activation: int  # 0: x * sigmoid(1.702 * x), 1: the exact GELU, 2: GELU by tanh
    projection: bool  # whether there is one
    projection_bias: bool
    dtype: torch.dtype  # of matrix products; layer norms and the residual stream stay in float32
    causal: bool  # texts: whether a token attends only to itself and to those before it
    class_token: bool  # images: the first token
    patch_bias: bool
    pre_norm: bool  # whether tokens are normalised before the first layer
    pool_heads: int  # of the attention that makes one token of all; 0: the class token stands for the image
    rotary_grid: float  # rotary positions: the side, in patches, that they are scaled to; 0: there are none
    rotary_start: float  # rotary positions: that of the first patch
    pooled: bool  # images: whether the token that stands for the image is wanted as it is before the projection, too
    tapped: List[int]  # images: the layers before the last, counted from 1, of which `tap` is wanted, too


class Norm(NamedTuple):
    weight: Tensor                                                                  # (W)
    bias: Tensor                                                                    # (W)


class Linear(NamedTuple):
    weight: Tensor  # perhaps packed for oneDNN                                     # (outputs, inputs)
    bias: Tensor                                                                    # (outputs)
    int8: Optional[Int8Matrix]  # the weight in int8; then the other one is empty


class Attention(NamedTuple):
    query: Linear                                                                   # W -> W
    key: Linear                                                                     # W -> W
    value: Linear                                                                   # W -> W
    output: Linear                                                                  # W -> W


class Mlp(NamedTuple):
    norm: Norm
    expand: Linear                                                                  # W -> F
    contract: Linear                                                                # F -> W


class Layer(NamedTuple):
    norm: Norm
    attention: Attention
    mlp: Mlp


class Pool(NamedTuple):
    """Attention of one learned token to all others, then an MLP: the MAP head of Zhai et al., "Scaling Vision
    Transformers" (2022)."""
    probe: Tensor                                                                   # (1, 1, W)
    attention: Attention
    mlp: Mlp


class Projection(NamedTuple):
    weight: Optional[Tensor]                                                        # (D, W)
    bias: Optional[Tensor]                                                          # (D)


class ImageTower(NamedTuple):
    class_embedding: Optional[Tensor]                                               # (W)
    patch_embedding: Tensor  # perhaps packed for oneDNN                            # (W, 3, P, P) or (W, 3PP)
    patch_bias: Optional[Tensor]                                                    # (W)
    positions: Tensor                                                               # (L, W)
    pre_norm: Optional[Norm]
    layers: List[Layer]
    norm: Norm
    pool: Optional[Pool]
    projection: Projection


class TextTower(NamedTuple):
    positions: Tensor                                                               # (context length, W)
    layers: List[Layer]
    norm: Norm
    projection: Projection


# ---- Linear layers ----

def pack(weight: Tensor) -> Tensor:
    """A weight (outputs, inputs) in the order in which oneDNN reads it, so that no product has to put it there."""
    usual_rows = 800
    return torch.ops.mkldnn._reorder_linear_weight(weight, usual_rows)


def packed_linear(x: Tensor, weight: Tensor, bias: Optional[Tensor], activation: str = "none", form: str = "") -> Tensor:
    """F.linear by oneDNN, without a gradient, then its activation: none, swish, or gelu of that form."""
    return torch.ops.mkldnn._linear_pointwise(x, weight, bias, activation, [], form)


def batch_invariant_linear(x: Tensor, weight: Tensor, bias: Optional[Tensor]) -> Tensor:
    """F.linear, whose result for a row does not depend on the number of rows.

    Matrix libraries add up in another order where there are only a few rows, so these are filled up with zeros.
    """
    few = 16
    width = x.size(-1)
    rows = x.numel() // width
    if rows >= few:
        return F.linear(x, weight, bias)
    filled = F.pad(x.reshape(rows, width), [0, 0, 0, few - rows])
    return F.linear(filled, weight, bias)[:rows].view(x.size()[:-1] + [weight.size(0)])


def linear(x: Tensor, layer: Linear, bias_scale: float = 1.0, activation: int = -1) -> Tensor:
    """A linear layer in the type of x, then its activation; -1: none. oneDNN applies it to what it has just multiplied.

    In int8 the numbers of x share a scale, so that x must be of one image, else it would depend on the others.
    """
    bias = layer.bias if bias_scale == 1 else layer.bias * bias_scale
    int8 = layer.int8
    if int8 is not None:
        y = torch.ops.quantized.linear_dynamic(x, int8, False).add_(bias)
    elif layer.weight.is_mkldnn:
        name, form = [("swish", ""), ("gelu", "none"), ("gelu", "tanh"), ("none", "")][activation]
        return packed_linear(x, layer.weight, bias, name, form)
    else:
        y = batch_invariant_linear(x, layer.weight.to(x.dtype), bias.to(x.dtype))
    return y if activation < 0 else activated(y, activation, in_place=not y.requires_grad)


def activated(x: Tensor, activation: int, in_place: bool) -> Tensor:
    if activation == 0:
        return F.silu(x, inplace=in_place)
    return F.gelu(x, approximate=gelu_form(activation))


def gelu_form(activation: int) -> str:
    return "none" if activation == 1 else "tanh"


# ---- One layer ----

def normalize(x: Tensor, norm: Norm, settings: Settings) -> Tensor:
    return F.layer_norm(x, [x.size(-1)], norm.weight, norm.bias, settings.epsilon)


def activation_scale(settings: Settings) -> float:
    """s, by which the input of an MLP is multiplied, and its output divided.

    CLIP's activation is x * sigmoid(s * x), which is close to GELU. It is SiLU(s * x) / s, one operation in place of three.
    """
    return 1.702 if settings.activation == 0 else 1.0


def run_mlp(x: Tensor, mlp: Mlp, settings: Settings) -> Tensor:
    """x (N, R, W) and what the MLP adds to it."""
    s = activation_scale(settings)
    normed = normalize(x, mlp.norm, settings)                                       # (N, R, W)
    normed = (normed if s == 1 else normed * s).to(settings.dtype)                  # (N, R, W)
    hidden = linear(normed, mlp.expand, s, settings.activation)                     # (N, R, F)
    return torch.add(x, linear(hidden, mlp.contract, s), alpha=1 / s)               # (N, R, W)


def split_heads(x: Tensor, heads: int) -> Tensor:
    x = x.unflatten(-1, [heads, x.size(-1) // heads])                               # (N, L, H, W/H)
    return x.transpose(1, 2)                                                        # (N, H, L, W/H)


def merge_heads(x: Tensor) -> Tensor:
    return x.transpose(1, 2).flatten(2)                                             # (N, R, W)


def attend(queries: Tensor, keys: Tensor, values: Tensor, mask: Optional[Tensor]) -> Tensor:
    """Queries attend to the keys for which the mask is true.

    On a CPU, PyTorch's fused function is slow in 16 bits, most of all in the backward pass; and for a single query per
    image, an image alone comes out in other last digits than beside others.
    """
    if queries.is_cuda or (queries.dtype == torch.float32 and queries.size(2) > 1):
        return F.scaled_dot_product_attention(queries, keys, values, attn_mask=mask)
    scale = queries.size(-1) ** -0.5
    keys, values = keys.contiguous(), values.contiguous()  # else an image alone is multiplied in another order
    scores = torch.matmul(queries * scale, keys.transpose(-1, -2))                  # (N, H, R, B+L)
    if mask is not None:
        scores = scores.masked_fill(~mask, float("-inf"))
    return torch.matmul(scores.softmax(-1), values)                                 # (N, H, R, W/H)


def rotate(x: Tensor, rotation: Optional[Tensor]) -> Tensor:
    """Turns each pair of neighbours in x (N, H, R, W/H) by the angle of its token: sine and cosine (2, R.., W/H)."""
    if rotation is None:
        return x
    sine, cosine = rotation[0, :x.size(2)], rotation[1, :x.size(2)]                 # (R, W/H)
    turned = torch.stack([-x[..., 1::2], x[..., ::2]], -1).flatten(-2)              # (N, H, R, W/H)
    return (x * cosine + turned * sine).to(x.dtype)


def keys_and_values(
        x: Tensor, attention: Attention, heads: int, rotation: Optional[Tensor]) -> Tuple[Tensor, Tensor]:
    """What other tokens see of x (N, L, W), which is already normalised."""
    keys = rotate(split_heads(linear(x, attention.key), heads), rotation)           # (N, H, L, W/H)
    values = split_heads(linear(x, attention.value), heads)                         # (N, H, L, W/H)
    return keys, values


def with_prefix(prefix: Optional[Tensor], keys: Tensor, values: Tensor) -> Tuple[Tensor, Tensor]:
    """Keys and values of the prefix, (2, 1, H, B, W/H) if there is one, then the others, (N, H, L, W/H)."""
    if prefix is None:
        return keys, values
    prefix = prefix.expand(-1, keys.size(0), -1, -1, -1)                            # (2, N, H, B, W/H)
    return torch.cat([prefix[0], keys], 2), torch.cat([prefix[1], values], 2)       # (N, H, B+L, W/H)


def run_layer(x: Tensor, rows: Tensor, prefix: Optional[Tensor], layer: Layer, settings: Settings,
              mask: Optional[Tensor], rotation: Optional[Tensor]) -> Tensor:
    """Computes `rows` (N, R, W), which attend to `x` (N, L, W) and to the prefix.

    `rows` is `x` itself, or only those of its tokens whose output is needed; with a rotation, the first ones. `prefix`
    has the keys and values of the tokens before `x`: (2, 1, H, B, W/H).
    """
    normed = normalize(x, layer.norm, settings).to(settings.dtype)                  # (N, L, W)
    if rows is x:
        normed_rows = normed                                                        # (N, R, W)
    else:
        normed_rows = normalize(rows, layer.norm, settings).to(settings.dtype)

    attention = layer.attention
    keys, values = keys_and_values(normed, attention, settings.heads, rotation)     # (N, H, L, W/H)
    keys, values = with_prefix(prefix, keys, values)                                # (N, H, B+L, W/H)
    queries = rotate(split_heads(linear(normed_rows, attention.query), settings.heads), rotation)  # (N, H, R, W/H)
    attended = merge_heads(attend(queries, keys, values, mask))                     # (N, R, W)
    rows = rows + linear(attended, attention.output)                                # (N, R, W)
    return run_mlp(rows, layer.mlp, settings)                                       # (N, R, W)


def to_device_of(other: Tensor, x: Tensor) -> Tensor:
    """Moves x there. Pinned memory lets the caller go on during the copy to a GPU."""
    if other.is_cuda and not x.is_cuda:
        x = x.pin_memory()
    return x.to(other.device, non_blocking=True)


def project(x: Tensor, projection: Projection) -> Tensor:
    """x (N, W) stands for whole images or texts."""
    weight = projection.weight
    return x if weight is None else batch_invariant_linear(x, weight, projection.bias)  # (N, D)


# ---- The image tower ----

def encode_images(tower: ImageTower, pixels: Tensor, settings: Settings) -> Tensor:
    """The features (N, D); beside them, in the same row, the pooled token and what was tapped, if they are wanted."""
    x, rotation = image_tokens(tower, pixels, settings)                             # (N, L, W), (2, L, W/H)
    taps: List[Tensor] = []
    for i, layer in enumerate(tower.layers[:-1]):
        x = run_layer(x, x, None, layer, settings, None, rotation)                  # (N, L, W)
        if i + 1 in settings.tapped:
            taps.append(tap(x, settings))                                           # (N, W+CW)
    features = last_image_layer(tower, x, rotation, settings)                       # (N, D) or (N, D+W)
    return features if len(taps) == 0 else torch.cat([features] + taps, 1)


def tap(x: Tensor, settings: Settings) -> Tensor:
    """Of the tokens (N, L, W) that leave a layer, the class token, if there is one, and the mean of the patches; of length 1."""
    first = int(settings.class_token)
    mean = F.normalize(x[:, first:].mean(1))                                        # (N, W)
    return mean if first == 0 else torch.cat([F.normalize(x[:, 0]), mean], 1)       # (N, W+CW)


def image_tokens(tower: ImageTower, pixels: Tensor, settings: Settings) -> Tuple[Tensor, Optional[Tensor]]:
    """What enters the first layer (N, L, W), and `rotary_positions` of it."""
    pixels = to_device_of(tower.positions, pixels)                                  # (N, 3, height, width)
    side = patch_side(tower)
    patches = cut_patches(pixels, side).to(settings.dtype)                          # (N, L-C, 3PP)
    if tower.patch_embedding.is_mkldnn:
        patches = packed_linear(patches, tower.patch_embedding, None)               # (N, L-C, W)
    else:
        patches = F.linear(patches, tower.patch_embedding.flatten(1).to(settings.dtype))  # (N, L-C, W)
    patches = patches.to(torch.float32)
    patch_bias = tower.patch_bias
    if patch_bias is not None:
        patches = patches + patch_bias                                              # (N, L-C, W)
    class_embedding = tower.class_embedding
    if class_embedding is not None:
        class_token = class_embedding.expand(pixels.size(0), 1, -1)                 # (N, 1, W)
        patches = torch.cat([class_token, patches], 1)                              # (N, L, W)
    x = patches + tower.positions                                                   # (N, L, W)
    pre_norm = tower.pre_norm
    x = x if pre_norm is None else normalize(x, pre_norm, settings)                 # (N, L, W)
    rows, columns = pixels.size(2) // side, pixels.size(3) // side
    return x, rotary_positions(rows, columns, x.size(-1) // settings.heads, settings, x)


def patch_side(tower: ImageTower) -> int:
    """P."""
    width = tower.positions.size(1)
    return int((tower.patch_embedding.numel() // (3 * width)) ** 0.5 + 0.5)


def cut_patches(pixels: Tensor, side: int) -> Tensor:
    """Each square patch becomes a row. Pixels left over at the right and at the bottom are dropped.

    A matrix product of these rows is faster than conv2d in the backward pass.
    """
    _, _, height, width = pixels.size()
    rows, columns = height // side, width // side
    x = pixels[:, :, :rows * side, :columns * side]                                 # (N, 3, rows·P, columns·P)
    x = x.unflatten(3, [columns, side]).unflatten(2, [rows, side])                  # (N, 3, rows, P, columns, P)
    x = x.permute(0, 2, 4, 1, 3, 5)                                                 # (N, rows, columns, 3, P, P)
    return x.flatten(3).flatten(1, 2)                                               # (N, L-C, 3PP)


def rotary_positions(rows: int, columns: int, head_width: int, settings: Settings, like: Tensor) -> Optional[Tensor]:
    """Rotary positions of an image's tokens along two axes, x before y (Su et al., "RoFormer", 2021).

    Returns sine and cosine of each angle, (2, L, W/H). The class token is not turned.
    """
    if settings.rotary_grid == 0:
        return None
    bands = head_width // 4
    speeds = 10000.0 ** (-torch.arange(bands, device=like.device, dtype=torch.float32) / bands)  # (W/4H)
    x = (torch.arange(columns, device=like.device) + settings.rotary_start) / columns * settings.rotary_grid
    y = (torch.arange(rows, device=like.device) + settings.rotary_start) / rows * settings.rotary_grid
    places = torch.stack([x.expand(rows, columns), y.unsqueeze(1).expand(rows, columns)], -1)  # (rows, columns, 2)
    angles = (places.unsqueeze(-1) * speeds).flatten(2).flatten(0, 1)               # (L-C, W/2H)
    if settings.class_token:
        angles = torch.cat([torch.zeros_like(angles[:1]), angles])                  # (L, W/2H)
    angles = angles.repeat_interleave(2, -1)                                        # (L, W/H)
    return torch.stack([angles.sin(), angles.cos()])                                # (2, L, W/H)


def last_image_layer(tower: ImageTower, x: Tensor, rotation: Optional[Tensor], settings: Settings) -> Tensor:
    """The features, and the pooled token if it is wanted, from what enters the last layer (N, L, W)."""
    # Only the class token is needed from it, or all tokens if they are pooled.
    pool = tower.pool
    needed = x[:, :1] if pool is None else x                                        # (N, R, W)
    x = run_layer(x, needed, None, tower.layers[-1], settings, None, rotation)      # (N, R, W)
    x = normalize(x, tower.norm, settings)                                          # (N, R, W)
    image = x[:, 0] if pool is None else pool_tokens(x, pool, settings)             # (N, W)
    features = project(image, tower.projection)                                     # (N, D)
    if not settings.pooled:
        return features
    return torch.cat([features, image if len(settings.tapped) == 0 else F.normalize(image)], 1)  # (N, D+W)


def pool_tokens(x: Tensor, pool: Pool, settings: Settings) -> Tensor:
    """x (N, L, W) is normalised."""
    x = x.to(settings.dtype)                                                        # (N, L, W)
    probe = pool.probe.to(settings.dtype).expand(x.size(0), -1, -1)                 # (N, 1, W)
    queries = split_heads(linear(probe, pool.attention.query), settings.pool_heads)  # (N, H, 1, W/H)
    keys, values = keys_and_values(x, pool.attention, settings.pool_heads, None)    # (N, H, L, W/H)
    attended = merge_heads(attend(queries, keys, values, None))                     # (N, 1, W)
    x = linear(attended, pool.attention.output).to(torch.float32)                   # (N, 1, W)
    return run_mlp(x, pool.mlp, settings)[:, 0]                                     # (N, W)


# ---- The text tower ----

def encode_prefix(tower: TextTower, embeddings: Tensor, settings: Settings) -> Tensor:
    """Keys and values, in every layer, of the tokens with which several texts begin."""
    embeddings = to_device_of(tower.positions, embeddings)                          # (1, B, W)
    length = embeddings.size(1)
    x = embeddings + tower.positions[:length]                                       # (1, B, W)
    # Each token attends to itself and to the tokens before it.
    causal = torch.ones(length, length, dtype=torch.bool, device=x.device).tril()   # (B, B)
    prefix: List[Tensor] = []
    for i, layer in enumerate(tower.layers):
        normed = normalize(x, layer.norm, settings).to(settings.dtype)              # (1, B, W)
        keys, values = keys_and_values(normed, layer.attention, settings.heads, None)  # (1, H, B, W/H)
        prefix.append(torch.stack([keys, values]))                                  # (2, 1, H, B, W/H)
        if i < settings.layers - 1:
            x = run_layer(x, x, None, layer, settings, causal, None)                # (1, B, W)
    return torch.stack(prefix)                                                      # (layers, 2, 1, H, B, W/H)


def prefix_length(prefix: Tensor) -> int:
    """B, which is 0 for an empty tensor: the texts have no prefix in common."""
    return 0 if prefix.numel() == 0 else prefix.size(4)


def prefix_in(layer: int, prefix: Tensor) -> Optional[Tensor]:
    return None if prefix.numel() == 0 else prefix[layer]                           # (2, 1, H, B, W/H)


def encode_texts(tower: TextTower, embeddings: Tensor, prefix: Tensor, ends: Tensor, settings: Settings) -> Tensor:
    embeddings = to_device_of(tower.positions, embeddings)                          # (N, L, W)
    ends = to_device_of(tower.positions, ends)                                      # (N)
    texts, length, _ = embeddings.size()
    start = prefix_length(prefix)
    total = start + length
    x = embeddings + tower.positions[start:total]                                   # (N, L, W)
    mask: Optional[Tensor] = None
    if settings.causal:  # each token attends to the prefix, to itself and to the tokens before it
        mask = torch.ones(length, total, dtype=torch.bool, device=x.device).tril(start)  # (L, B+L)
    for i, layer in enumerate(tower.layers[:-1]):
        x = run_layer(x, x, prefix_in(i, prefix), layer, settings, mask, None)      # (N, L, W)

    # Only one token is needed from the last layer.
    last = settings.layers - 1
    end_token = x[torch.arange(texts, device=x.device), ends - start].unsqueeze(1)  # (N, 1, W)
    if settings.causal:
        up_to_end = torch.arange(total, device=x.device) <= ends.unsqueeze(1)       # (N, B+L)
        mask = up_to_end[:, None, None]                                             # (N, 1, 1, B+L)
    x = run_layer(x, end_token, prefix_in(last, prefix), tower.layers[last], settings, mask, None)
    return project(normalize(x[:, 0], tower.norm, settings), tower.projection)      # (N, D)
