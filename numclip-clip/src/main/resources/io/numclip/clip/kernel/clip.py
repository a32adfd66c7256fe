"""The two towers of CLIP and its relatives, and one optimizer step, for TorchScript.

tools/kernel/build.py compiles this file to clip.pt, and to clip_x86.pt, in which weights are packed for oneDNN.
NativeKernel.java calls the methods of `Clip` by name. The compiled files hold no weights. They are arguments, in the order of ClipWeights.java, so gradients reach the caller's
own tensors. The weights of a tower that does not learn can be stored in the module instead: `keep` takes them one at a
time and converts each to the type it is used in, so the caller never needs all of them in float32 at once.

The inputs of a tower may be on the CPU while its weights are on a GPU.

Shapes are in the margin:

    N  images or texts
    B  tokens that all texts begin with
    L  tokens of an image, or of a text without those B
    R  tokens whose output is needed: L or 1
    C  class tokens of an image: 1 or 0
    W  width of the tower
    F  width of the hidden layer in an MLP
    H  attention heads
    P  side of a patch, in pixels
    D  width of the space that images and texts share
"""
from typing import Final, List, NamedTuple, Optional, Tuple

import torch
import torch.nn.functional as F
from torch import Tensor

Int8Matrix = torch.classes.quantized.LinearPackedParamsBase  # a weight (outputs, inputs), packed for products


# ---- Settings ----

class Settings(NamedTuple):
    layers: int
    heads: int
    epsilon: float  # of every layer norm
    activation: int  # 0: x * sigmoid(1.702 * x), 1: the exact GELU, 2: GELU by tanh
    projection: bool  # whether there is one
    projection_bias: bool
    inside: torch.dtype  # the type for matrix products; layer norms and the residual stream stay in float32
    causal: bool  # texts: whether a token attends only to itself and to those before it
    class_token: bool  # images: the first token
    patch_bias: bool
    pre_norm: bool  # whether tokens are normalised before the first layer
    pool_heads: int  # of the attention that makes one token of all; 0: the class token stands for the image
    rotary_grid: float  # rotary positions: the side, in patches, that they are scaled to; 0: there are none
    rotary_start: float  # rotary positions: that of the first patch


def type_of(code: float) -> torch.dtype:
    """Precision.java numbers the types in this order. With int8 everything but products of `Dense` is in float32."""
    types = [torch.float32, torch.bfloat16, torch.float16, torch.float32]
    return types[int(code)]


def is_int8(code: float) -> bool:
    return int(code) == 3


def read_settings(settings: Tensor) -> Settings:
    """TowerSettings.java writes the numbers in this order, as float64."""
    numbers: List[float] = settings.tolist()
    (layers, heads, epsilon, activation, projection, projection_bias, inside, causal,
     class_token, patch_bias, pre_norm, pool_heads, rotary_grid, rotary_start) = numbers
    return Settings(
        int(layers), int(heads), epsilon, int(activation), bool(projection), bool(projection_bias), type_of(inside),
        bool(causal), bool(class_token), bool(patch_bias), bool(pre_norm), int(pool_heads), rotary_grid, rotary_start)


# ---- Weights ----

class Norm(NamedTuple):
    weight: Tensor                                                                  # (W)
    bias: Tensor                                                                    # (W)


class Dense(NamedTuple):
    weight: Tensor  # perhaps packed for oneDNN                                     # (outputs, inputs)
    bias: Tensor                                                                    # (outputs)
    packed: Optional[Int8Matrix]  # the weight in int8; then the other one is empty


class Layer(NamedTuple):
    attention_norm: Norm
    query: Dense                                                                    # W -> W
    key: Dense                                                                      # W -> W
    value: Dense                                                                    # W -> W
    output: Dense                                                                   # W -> W
    mlp_norm: Norm
    expand: Dense                                                                   # W -> F
    contract: Dense                                                                 # F -> W


class Pool(NamedTuple):
    """Attention of one learned token to all others, then an MLP: the MAP head of Zhai et al., "Scaling Vision
    Transformers" (2022)."""
    probe: Tensor                                                                   # (1, 1, W)
    query: Dense                                                                    # W -> W
    key: Dense                                                                      # W -> W
    value: Dense                                                                    # W -> W
    output: Dense                                                                   # W -> W
    norm: Norm
    expand: Dense                                                                   # W -> F
    contract: Dense                                                                 # F -> W


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


def take(weights: List[Tensor], is_there: bool) -> Optional[Tensor]:
    """Removes the first weight from the list and returns it."""
    return weights.pop(0) if is_there else None


def take_norm(weights: List[Tensor]) -> Norm:
    weight = weights.pop(0)
    return Norm(weight, weights.pop(0))


def take_dense(weights: List[Tensor], packed: List[Int8Matrix]) -> Dense:
    weight = weights.pop(0)
    bias = weights.pop(0)
    return Dense(weight, bias, packed.pop(0) if len(packed) > 0 else None)


def take_layer(weights: List[Tensor], packed: List[Int8Matrix]) -> Layer:
    """ClipWeights.java lists the weights of a layer in this order."""
    attention_norm = take_norm(weights)
    query, key, value = take_dense(weights, packed), take_dense(weights, packed), take_dense(weights, packed)
    output, mlp_norm = take_dense(weights, packed), take_norm(weights)
    expand, contract = take_dense(weights, packed), take_dense(weights, packed)
    return Layer(attention_norm, query, key, value, output, mlp_norm, expand, contract)


def take_pool(weights: List[Tensor], packed: List[Int8Matrix]) -> Pool:
    probe = weights.pop(0)
    query, key, value = take_dense(weights, packed), take_dense(weights, packed), take_dense(weights, packed)
    output, norm = take_dense(weights, packed), take_norm(weights)
    expand, contract = take_dense(weights, packed), take_dense(weights, packed)
    return Pool(probe, query, key, value, output, norm, expand, contract)


def take_projection(weights: List[Tensor], settings: Settings) -> Projection:
    weight = take(weights, settings.projection)
    return Projection(weight, take(weights, settings.projection_bias))


def image_tower(weights: List[Tensor], packed: List[Int8Matrix], settings: Settings) -> ImageTower:
    """ClipWeights.java lists the weights of a tower in this order. In int8 `packed` has those of all `Dense`."""
    rest = weights[:]  # a copy of the list, because pop removes from it
    packed = packed[:]
    class_embedding = take(rest, settings.class_token)
    patch_embedding = rest.pop(0)
    patch_bias = take(rest, settings.patch_bias)
    positions = rest.pop(0)
    pre_norm = take_norm(rest) if settings.pre_norm else None
    layers = [take_layer(rest, packed) for _ in range(settings.layers)]
    norm = take_norm(rest)
    pool = take_pool(rest, packed) if settings.pool_heads > 0 else None
    projection = take_projection(rest, settings)
    return ImageTower(class_embedding, patch_embedding, patch_bias, positions, pre_norm, layers, norm, pool, projection)


def text_tower(weights: List[Tensor], settings: Settings) -> TextTower:
    rest = weights[:]
    positions = rest.pop(0)
    not_packed: List[Int8Matrix] = []
    layers = [take_layer(rest, not_packed) for _ in range(settings.layers)]
    norm = take_norm(rest)
    return TextTower(positions, layers, norm, take_projection(rest, settings))


# ---- One layer ----

def beside(x: Tensor, other: Tensor) -> Tensor:
    """Moves x to the device of the other tensor. Pinned memory lets the caller go on during the copy to a GPU."""
    if other.is_cuda and not x.is_cuda:
        x = x.pin_memory()
    return x.to(other.device, non_blocking=True)


def linear(x: Tensor, weight: Tensor, bias: Optional[Tensor]) -> Tensor:
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


def one_dnn_matrix(weight: Tensor) -> Tensor:
    """A weight (outputs, inputs) in the order in which oneDNN reads it, so that no product has to put it there."""
    usual_rows = 800
    return torch.ops.mkldnn._reorder_linear_weight(weight, usual_rows)


def one_dnn_product(x: Tensor, weight: Tensor, bias: Optional[Tensor], then: str, form: str) -> Tensor:
    """F.linear with such a weight, without a gradient. `then` is applied to the result: none, swish, or gelu of that form."""
    return torch.ops.mkldnn._linear_pointwise(x, weight, bias, then, [], form)


def not_packed(weight: Tensor) -> Tensor:
    """Takes the place of `one_dnn_matrix` where oneDNN is missing."""
    return weight


def usual_product(x: Tensor, weight: Tensor, bias: Optional[Tensor], then: str, form: str) -> Tensor:
    """Takes the place of `one_dnn_product` there, where no weight is packed and `then` is always none."""
    return F.linear(x, weight, bias)


def dense(x: Tensor, weights: Dense, times: float = 1.0) -> Tensor:
    """A linear layer in the type of x, whose bias is taken so many times.

    In int8 the numbers of x share a scale, so that x must be of one image, else it would depend on the others.
    """
    bias = weights.bias if times == 1 else weights.bias * times
    packed = weights.packed
    if packed is not None:
        return torch.ops.quantized.linear_dynamic(x, packed, False).add_(bias)
    if weights.weight.is_mkldnn:
        return one_dnn_product(x, weights.weight, bias, "none", "")
    return linear(x, weights.weight.to(x.dtype), bias.to(x.dtype))


def normalize(x: Tensor, weights: Norm, settings: Settings) -> Tensor:
    width = x.size(-1)
    return F.layer_norm(x, [width], weights.weight, weights.bias, settings.epsilon)


def mlp(x: Tensor, norm: Norm, expand: Dense, contract: Dense, settings: Settings) -> Tensor:
    """x (N, R, W) and what the MLP adds to it.

    CLIP's activation is x * sigmoid(s * x), which is close to GELU. It is SiLU(s * x) / s, one operation in place of three. So
    the narrow input is multiplied by s, and what is added, divided by it.
    """
    is_gelu = settings.activation > 0
    s = 1.0 if is_gelu else 1.702
    normed = normalize(x, norm, settings)                                           # (N, R, W)
    normed = (normed if is_gelu else normed * s).to(settings.inside)                # (N, R, W)
    hidden = expanded(normed, expand, s, settings.activation)                       # (N, R, F)
    return torch.add(x, dense(hidden, contract, s), alpha=1 / s)                    # (N, R, W)


def expanded(x: Tensor, weights: Dense, times: float, activation: int) -> Tensor:
    """A linear layer and the activation after it, which oneDNN applies to what it has just multiplied."""
    if weights.weight.is_mkldnn:
        then, form = [("swish", ""), ("gelu", "none"), ("gelu", "tanh")][activation]
        return one_dnn_product(x, weights.weight, weights.bias * times, then, form)
    x = dense(x, weights, times)
    return activated(x, activation, not x.requires_grad)


def activated(x: Tensor, activation: int, in_place: bool) -> Tensor:
    if activation == 0:
        return F.silu(x, inplace=in_place)
    return F.gelu(x, approximate=gelu_form(activation))


def gelu_form(activation: int) -> str:
    return "none" if activation == 1 else "tanh"


def split_heads(x: Tensor, heads: int) -> Tensor:
    width = x.size(-1)
    x = x.unflatten(-1, [heads, width // heads])                                    # (N, L, H, W/H)
    return x.transpose(1, 2)                                                        # (N, H, L, W/H)


def merge_heads(x: Tensor) -> Tensor:
    x = x.transpose(1, 2)                                                           # (N, R, H, W/H)
    return x.flatten(2)                                                             # (N, R, W)


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


def rotate_back(x: Tensor, rotation: Optional[Tensor]) -> Tensor:
    """The inverse of `rotate`, and what it does to a gradient."""
    return x if rotation is None else rotate(x, torch.stack([-rotation[0], rotation[1]]))


def keys_and_values(x: Tensor, layer: Layer, heads: int, rotation: Optional[Tensor]) -> Tuple[Tensor, Tensor]:
    """What other tokens see of x (N, L, W), which is already normalised."""
    keys = rotate(split_heads(dense(x, layer.key), heads), rotation)                # (N, H, L, W/H)
    values = split_heads(dense(x, layer.value), heads)                              # (N, H, L, W/H)
    return keys, values


def joined(before: Optional[Tensor], keys: Tensor, values: Tensor) -> Tuple[Tensor, Tensor]:
    """Keys and values of the tokens before, (2, 1, H, B, W/H) if there are any, and (N, H, L, W/H) of those after them."""
    if before is None:
        return keys, values
    before = before.expand(-1, keys.size(0), -1, -1, -1)                            # (2, N, H, B, W/H)
    return torch.cat([before[0], keys], 2), torch.cat([before[1], values], 2)       # (N, H, B+L, W/H)


def run_layer(x: Tensor, rows: Tensor, before: Optional[Tensor], layer: Layer, settings: Settings,
              mask: Optional[Tensor], rotation: Optional[Tensor]) -> Tensor:
    """Computes `rows` (N, R, W), which attend to `x` (N, L, W) and to the tokens before it.

    `rows` is `x` itself, or only those of its tokens whose output is needed; with a rotation, the first ones. `before`
    has the keys and values of the tokens before `x`: (2, 1, H, B, W/H).
    """
    normed = normalize(x, layer.attention_norm, settings).to(settings.inside)       # (N, L, W)
    if rows is x:
        normed_rows = normed                                                        # (N, R, W)
    else:
        normed_rows = normalize(rows, layer.attention_norm, settings).to(settings.inside)

    keys, values = keys_and_values(normed, layer, settings.heads, rotation)         # (N, H, L, W/H)
    keys, values = joined(before, keys, values)                                     # (N, H, B+L, W/H)
    queries = split_heads(dense(normed_rows, layer.query), settings.heads)          # (N, H, R, W/H)
    queries = rotate(queries, rotation)                                             # (N, H, R, W/H)
    attended = merge_heads(attend(queries, keys, values, mask))                     # (N, R, W)
    rows = rows + dense(attended, layer.output)                                     # (N, R, W)
    return mlp(rows, layer.mlp_norm, layer.expand, layer.contract, settings)  # (N, R, W)


# ---- The two towers ----

def project(x: Tensor, projection: Projection) -> Tensor:
    """x (N, W) stands for whole images or texts."""
    weight = projection.weight
    return x if weight is None else linear(x, weight, projection.bias)              # (N, D)


def pool_tokens(x: Tensor, pool: Pool, settings: Settings) -> Tensor:
    """x (N, L, W) is normalised."""
    x = x.to(settings.inside)                                                       # (N, L, W)
    probe = pool.probe.to(settings.inside).expand(x.size(0), -1, -1)                # (N, 1, W)
    queries = split_heads(dense(probe, pool.query), settings.pool_heads)            # (N, H, 1, W/H)
    keys = split_heads(dense(x, pool.key), settings.pool_heads)                     # (N, H, L, W/H)
    values = split_heads(dense(x, pool.value), settings.pool_heads)                 # (N, H, L, W/H)
    attended = merge_heads(attend(queries, keys, values, None))                     # (N, 1, W)
    x = dense(attended, pool.output).to(torch.float32)                              # (N, 1, W)
    x = mlp(x, pool.norm, pool.expand, pool.contract, settings)                 # (N, 1, W)
    return x[:, 0]                                                                  # (N, W)


def rotation_of(rows: int, columns: int, head_width: int, settings: Settings, like: Tensor) -> Optional[Tensor]:
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


def patch_side(tower: ImageTower) -> int:
    """P."""
    _, width = tower.positions.size()
    return int((tower.patch_embedding.numel() // (3 * width)) ** 0.5 + 0.5)


def image_tokens(tower: ImageTower, pixels: Tensor, settings: Settings) -> Tuple[Tensor, Optional[Tensor]]:
    """What enters the first layer (N, L, W), and `rotation_of` it."""
    pixels = beside(pixels, tower.positions)                                        # (N, 3, height, width)
    side = patch_side(tower)
    patches = cut_patches(pixels, side).to(settings.inside)                         # (N, L-C, 3PP)
    if tower.patch_embedding.is_mkldnn:
        patches = one_dnn_product(patches, tower.patch_embedding, None, "none", "")  # (N, L-C, W)
    else:
        patches = F.linear(patches, tower.patch_embedding.flatten(1).to(settings.inside))  # (N, L-C, W)
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
    return x, rotation_of(rows, columns, x.size(-1) // settings.heads, settings, x)


def encode_images(tower: ImageTower, pixels: Tensor, settings: Settings) -> Tensor:
    x, rotation = image_tokens(tower, pixels, settings)                             # (N, L, W), (2, L, W/H)
    for layer in tower.layers[:-1]:
        x = run_layer(x, x, None, layer, settings, None, rotation)                  # (N, L, W)
    return image_of(tower, x, rotation, settings)                                   # (N, D)


def image_of(tower: ImageTower, x: Tensor, rotation: Optional[Tensor], settings: Settings) -> Tensor:
    """The features, from what enters the last layer (N, L, W)."""
    # Only the class token is needed from it, or all tokens if they are pooled.
    pool = tower.pool
    needed = x[:, :1] if pool is None else x                                        # (N, R, W)
    x = run_layer(x, needed, None, tower.layers[-1], settings, None, rotation)      # (N, R, W)
    x = normalize(x, tower.norm, settings)                                          # (N, R, W)
    image = x[:, 0] if pool is None else pool_tokens(x, pool, settings)             # (N, W)
    return project(image, tower.projection)                                         # (N, D)


def length_of(beginning: Tensor) -> int:
    """B, which is 0 for an empty tensor: the texts have no beginning in common."""
    if beginning.numel() == 0:
        return 0
    _layers, _keys_and_values, _one, _heads, length, _head_width = beginning.size()
    return length


def of_layer(beginning: Tensor, layer: int) -> Optional[Tensor]:
    return None if beginning.numel() == 0 else beginning[layer]                     # (2, 1, H, B, W/H)


def encode_beginning(tower: TextTower, embeddings: Tensor, settings: Settings) -> Tensor:
    embeddings = beside(embeddings, tower.positions)                                # (1, B, W)
    _, length, _ = embeddings.size()
    x = embeddings + tower.positions[:length]                                       # (1, B, W)
    # Each token attends to itself and to the tokens before it.
    causal = torch.ones(length, length, dtype=torch.bool, device=x.device).tril()   # (B, B)
    last = len(tower.layers) - 1
    seen: List[Tensor] = []
    for i, layer in enumerate(tower.layers):
        normed = normalize(x, layer.attention_norm, settings).to(settings.inside)   # (1, B, W)
        keys, values = keys_and_values(normed, layer, settings.heads, None)         # (1, H, B, W/H)
        seen.append(torch.stack([keys, values]))                                    # (2, 1, H, B, W/H)
        if i < last:
            x = run_layer(x, x, None, layer, settings, causal, None)                # (1, B, W)
    return torch.stack(seen)                                                        # (layers, 2, 1, H, B, W/H)


def encode_texts(tower: TextTower, embeddings: Tensor, beginning: Tensor, ends: Tensor, settings: Settings) -> Tensor:
    embeddings = beside(embeddings, tower.positions)                                # (N, L, W)
    ends = beside(ends, tower.positions)                                            # (N)
    texts, length, _ = embeddings.size()
    begun = length_of(beginning)
    total = begun + length
    x = embeddings + tower.positions[begun:total]                                   # (N, L, W)
    seen: Optional[Tensor] = None
    if settings.causal:  # each token attends to the beginning, to itself and to the tokens before it
        seen = torch.ones(length, total, dtype=torch.bool, device=x.device).tril(begun)  # (L, B+L)
    for i, layer in enumerate(tower.layers[:-1]):
        x = run_layer(x, x, of_layer(beginning, i), layer, settings, seen, None)    # (N, L, W)

    # Only one token is needed from the last layer.
    last = len(tower.layers) - 1
    end_token = x[torch.arange(texts, device=x.device), ends - begun].unsqueeze(1)  # (N, 1, W)
    if settings.causal:
        up_to_end = torch.arange(total, device=x.device) <= ends.unsqueeze(1)       # (N, B+L)
        seen = up_to_end[:, None, None]                                             # (N, 1, 1, B+L)
    x = run_layer(x, end_token, of_layer(beginning, last), tower.layers[last], settings, seen, None)
    return project(normalize(x[:, 0], tower.norm, settings), tower.projection)      # (N, D)


# ---- Gradients without a graph ----
#
# Where texts are short, a graph of some 500 small operations takes longer than they do, and autograd knows no products by oneDNN.
# So the way back through a layer is written out. What the way there puts at the end of the tape, the way back takes from it.

def is_for_one_dnn(x: Tensor, weight: Tensor) -> bool:
    """Which library multiplies. In float32, MKL has only AVX2 on processors of AMD."""
    many = 64  # rows; with fewer it takes too long to put the weight in order
    return weight.is_mkldnn or (x.dtype == torch.float32 and not x.is_cuda and x.numel() >= many * x.size(-1))


def product(x: Tensor, weight: Tensor, bias: Optional[Tensor]) -> Tensor:
    """F.linear without a gradient."""
    if is_for_one_dnn(x, weight):
        return one_dnn_product(x, weight, bias, "none", "")
    return F.linear(x, weight, bias)


def transposed_product(x: Tensor, y: Tensor) -> Tensor:
    """x (R, a) and y (R, b) give (a, b). oneDNN copies what is on the left: the smaller one."""
    if is_for_one_dnn(x, y) and x.size(1) > y.size(1):
        return one_dnn_product(y.t(), x.t(), None, "none", "").t()
    return product(x.t(), y.t(), None)


def record_norm(x: Tensor, weights: Norm, settings: Settings, tape: List[Tensor]) -> Tensor:
    normed, mean, scale = torch.native_layer_norm(x, [x.size(-1)], weights.weight, weights.bias, settings.epsilon)
    tape.extend([x, mean, scale])                                                   # (N, L, W), (N, L, 1), (N, L, 1)
    return normed                                                                   # (N, L, W)


def norm_gradient(gradient: Tensor, weights: Norm, tape: List[Tensor]) -> Tensor:
    scale, mean, x = tape.pop(), tape.pop(), tape.pop()
    learns = weights.weight.requires_grad or weights.bias.requires_grad
    of_x, of_weight, of_bias = torch.ops.aten.native_layer_norm_backward(
        gradient.to(torch.float32), x, [x.size(-1)], mean, scale, weights.weight, weights.bias, [True, learns, learns])
    if learns:
        add_gradient(weights.weight, of_weight)
        add_gradient(weights.bias, of_bias)
    return of_x                                                                     # (N, L, W)


def record_dense(x: Tensor, weights: Dense, tape: List[Tensor], times: float = 1.0) -> Tensor:
    """`dense`."""
    bias = weights.bias if times == 1 else weights.bias * times
    weight = weights.weight.to(x.dtype)
    if weights.weight.requires_grad:
        tape.extend([x, weight])
    return product(x, weight, bias.to(x.dtype))


def dense_gradient(gradient: Tensor, weights: Dense, tape: List[Tensor], times: float = 1.0) -> Tensor:
    """Of the input, from that of the output. The weight's is divided by the factor that `record_dense` was given."""
    weight = weights.weight
    if weight.is_mkldnn:  # and transposed, see Clip.turned
        return product(gradient, weight, None)
    rows = gradient.flatten(0, 1)                                                   # (NL, outputs)
    if weight.requires_grad:
        weight, x = tape.pop(), tape.pop().flatten(0, 1)                            # (NL, inputs)
        add_gradient(weights.weight, transposed_product(rows, x), 1 / times)
    if weights.bias.requires_grad:
        add_gradient(weights.bias, rows.sum(0))
    return product(gradient, weight.to(gradient.dtype).t(), None)


def record_projections(x: Tensor, layer: Layer, tape: List[Tensor]) -> List[Tensor]:
    """Queries, keys and values (N, L, W), in one product if they learn."""
    if not layer.query.weight.requires_grad:
        return [record_dense(x, weights, tape) for weights in [layer.query, layer.key, layer.value]]
    weight = torch.cat([layer.query.weight, layer.key.weight, layer.value.weight]).to(x.dtype)  # (3W, W)
    bias = torch.cat([layer.query.bias, layer.key.bias, layer.value.bias]).to(x.dtype)  # (3W)
    tape.extend([x, weight])
    return product(x, weight, bias).chunk(3, -1)


def projections_gradient(queries: Tensor, keys: Tensor, values: Tensor, layer: Layer, tape: List[Tensor]) -> Tensor:
    """Of x, from those of its projections (N, L, W)."""
    if not layer.query.weight.requires_grad:
        x = dense_gradient(values, layer.value, tape)                               # (N, L, W)
        x.add_(dense_gradient(keys, layer.key, tape))
        return x.add_(dense_gradient(queries, layer.query, tape))                   # (N, L, W)
    joined = torch.cat([queries, keys, values], -1)                                 # (N, L, 3W)
    rows = joined.flatten(0, 1)                                                     # (NL, 3W)
    weight, x = tape.pop(), tape.pop().flatten(0, 1)                                # (3W, W), (NL, W)
    of_weights = transposed_product(rows, x).chunk(3)                               # (W, W)
    of_biases = rows.sum(0).chunk(3)                                                # (W)
    for i, weights in enumerate([layer.query, layer.key, layer.value]):
        add_gradient(weights.weight, of_weights[i])
        add_gradient(weights.bias, of_biases[i])
    return product(joined, weight.t(), None)                                        # (N, L, W)


def record_attention(queries: Tensor, keys: Tensor, values: Tensor, mask: Optional[Tensor], tape: List[Tensor]) -> Tensor:
    """`attend`. The mask (L, B+L) is 0 where a token attends to another, else -inf; None: all attend to all."""
    _, heads, _, head_width = queries.size()
    keys, values = keys.flatten(0, 1), values.flatten(0, 1)                         # (NH, B+L, W/H)
    queries = queries.flatten(0, 1).mul_(head_width ** -0.5)                        # (NH, L, W/H)
    if mask is None:
        scores = torch.bmm(queries, keys.transpose(1, 2))                           # (NH, L, B+L)
    else:
        scores = torch.baddbmm(mask, queries, keys.transpose(1, 2))                 # (NH, L, B+L)
    shares = scores.softmax(-1)                                                     # (NH, L, B+L)
    tape.extend([queries, keys, values, shares])
    return torch.bmm(shares, values).unflatten(0, [-1, heads])                      # (N, H, L, W/H)


def attention_gradient(gradient: Tensor, tape: List[Tensor]) -> Tuple[Tensor, Tensor, Tensor]:
    """Of queries, keys and values (N, H, L, W/H). Those of the tokens before have none."""
    _, heads, length, head_width = gradient.size()
    shares, values, keys, queries = tape.pop(), tape.pop(), tape.pop(), tape.pop()
    begun = keys.size(1) - length
    gradient = gradient.flatten(0, 1)                                               # (NH, L, W/H)
    of_values = torch.bmm(shares[:, :, begun:].transpose(1, 2), gradient)           # (NH, L, W/H)
    scores = torch.bmm(gradient, values.transpose(1, 2))                            # (NH, L, B+L)
    scores = torch.ops.aten._softmax_backward_data(scores, shares, -1, shares.dtype)
    of_queries = torch.bmm(scores, keys).mul_(head_width ** -0.5)                   # (NH, L, W/H)
    of_keys = torch.bmm(scores[:, :, begun:].transpose(1, 2), queries)              # (NH, L, W/H)
    split = [-1, heads]
    return of_queries.unflatten(0, split), of_keys.unflatten(0, split), of_values.unflatten(0, split)


def record_layer(x: Tensor, before: Optional[Tensor], layer: Layer, settings: Settings, mask: Optional[Tensor],
                 rotation: Optional[Tensor], tape: List[Tensor]) -> Tensor:
    """`run_layer` of all tokens of x (N, L, W). `mask` (L, B+L) is 0 where a token attends to another, else -inf."""
    heads = settings.heads
    normed = record_norm(x, layer.attention_norm, settings, tape).to(settings.inside)  # (N, L, W)
    each = [split_heads(projected, heads) for projected in record_projections(normed, layer, tape)]
    queries, keys, values = rotate(each[0], rotation), rotate(each[1], rotation), each[2]  # (N, H, L, W/H)
    if rotation is not None:
        tape.append(rotation)
    keys, values = joined(before, keys, values)                                     # (N, H, B+L, W/H)
    attended = merge_heads(record_attention(queries, keys, values, mask, tape))     # (N, L, W)
    x = x + record_dense(attended, layer.output, tape)                              # (N, L, W)

    s = 1.0 if settings.activation > 0 else 1.702  # as in `mlp`
    normed = record_norm(x, layer.mlp_norm, settings, tape)                         # (N, L, W)
    normed = (normed if s == 1 else normed * s).to(settings.inside)                 # (N, L, W)
    before_activation = record_dense(normed, layer.expand, tape, s)                 # (N, L, F)
    tape.append(before_activation)
    hidden = activated(before_activation, settings.activation, False)               # (N, L, F)
    return torch.add(x, record_dense(hidden, layer.contract, tape, s), alpha=1 / s)  # (N, L, W)


def layer_gradient(gradient: Tensor, tape: List[Tensor], layer: Layer, settings: Settings) -> Tensor:
    """Of the layer's input (N, L, W), from that of its output."""
    s = 1.0 if settings.activation > 0 else 1.702  # as in `mlp`; the factors s and 1 / s cancel but in gradients of weights
    hidden = dense_gradient(gradient.to(settings.inside), layer.contract, tape, s)  # (N, L, F)
    before_activation = tape.pop()                                                  # (N, L, F)
    if settings.activation == 0:
        torch.ops.aten.silu_backward(hidden, before_activation, grad_input=hidden)  # (N, L, F)
    else:
        torch.ops.aten.gelu_backward(
            hidden, before_activation, approximate=gelu_form(settings.activation), grad_input=hidden)
    normed = dense_gradient(hidden, layer.expand, tape, s)                          # (N, L, W)
    gradient = norm_gradient(normed, layer.mlp_norm, tape).add_(gradient)           # (N, L, W)

    attended = dense_gradient(gradient.to(settings.inside), layer.output, tape)     # (N, L, W)
    queries, keys, values = attention_gradient(split_heads(attended, settings.heads), tape)  # (N, H, L, W/H)
    rotation = tape.pop() if settings.rotary_grid > 0 else None
    queries, keys = rotate_back(queries, rotation), rotate_back(keys, rotation)     # (N, H, L, W/H)
    normed = projections_gradient(merge_heads(queries), merge_heads(keys), merge_heads(values), layer, tape)
    return norm_gradient(normed, layer.attention_norm, tape).add_(gradient)         # (N, L, W)


def record_texts(tower: TextTower, embeddings: Tensor, beginning: Tensor, ends: Tensor, settings: Settings) -> List[Tensor]:
    """`encode_texts`: the features (N, D), then the tape."""
    embeddings = beside(embeddings, tower.positions)                                # (N, L, W)
    ends = beside(ends, tower.positions)                                            # (N)
    texts, length, _ = embeddings.size()
    begun = length_of(beginning)
    total = begun + length
    mask: Optional[Tensor] = None
    if settings.causal:  # each token attends to the beginning, to itself and to the tokens before it
        mask = torch.full([length, total], float("-inf"), dtype=settings.inside, device=embeddings.device)
        mask = mask.triu(begun + 1)                                                 # (L, B+L)
    tape: List[Tensor] = []
    x = embeddings + tower.positions[begun:total]                                   # (N, L, W)
    for i, layer in enumerate(tower.layers):
        x = record_layer(x, of_layer(beginning, i), layer, settings, mask, None, tape)  # (N, L, W)
    tape.append(ends - begun)                                                       # (N)
    end_token = x[torch.arange(texts, device=x.device), ends - begun]               # (N, W)
    normed = record_norm(end_token, tower.norm, settings, tape)                     # (N, W)
    return [project(normed, tower.projection)] + tape


def texts_gradient(tower: TextTower, tape: List[Tensor], gradient: Tensor, settings: Settings) -> Tensor:
    """Of the embeddings (N, L, W), from that of the features (N, D)."""
    weight = tower.projection.weight
    end_token = gradient if weight is None else torch.matmul(gradient, weight)      # (N, W)
    end_token = norm_gradient(end_token, tower.norm, tape)                          # (N, W)
    ends = tape.pop()                                                               # (N)
    texts, length, width = tape[0].size()
    x = torch.zeros(texts, length, width, device=ends.device)                       # (N, L, W)
    x[torch.arange(texts, device=x.device), ends] = end_token
    for i in range(len(tower.layers)):
        x = layer_gradient(x, tape, tower.layers[-1 - i], settings)                 # (N, L, W)
    return x


def record_images(tower: ImageTower, pixels: Tensor, settings: Settings, tape: List[Tensor]) -> Tensor:
    """`encode_images` of a tower that learns, (N, D).

    What is before the layers has a graph, and so have the last one and what is after it.
    """
    tokens, rotation = image_tokens(tower, pixels, settings)                        # (N, L, W), (2, L, W/H)
    tape.append(tokens)
    with torch.no_grad():
        x = tokens.detach()                                                         # (N, L, W)
        for layer in tower.layers[:-1]:
            x = record_layer(x, None, layer, settings, None, rotation, tape)        # (N, L, W)
    x = x.detach().requires_grad_()                                                 # (N, L, W)
    features = image_of(tower, x, rotation, settings)                               # (N, D)
    tape.extend([x, features])
    return features


def add_image_gradients(tower: ImageTower, tape: List[Tensor], gradient: Tensor, settings: Settings):
    """To those of the weights, from that of the features (N, D)."""
    features, x = tape.pop(), tape.pop()
    features.backward(gradient)
    of_x = x.grad                                                                   # (N, L, W)
    with torch.no_grad():
        for i in range(1, len(tower.layers)):
            of_x = layer_gradient(of_x, tape, tower.layers[-1 - i], settings)       # (N, L, W)
    tokens = tape.pop()
    if tokens.requires_grad:
        tokens.backward(of_x)


# ---- Packed weights ----

def pack(weight: Tensor) -> Int8Matrix:
    """Rounds a weight (outputs, inputs) to int8, with a scale for each output.

    Without VNNI instructions products are added in pairs of neighbours, in 16 bits. An input has at most 255, so two
    weights of one sign may have 128 together: 127, and what rounding adds. Then all processors have the same result.
    """
    most, least = 127, 2.0 ** -23
    first, second = F.pad(weight, [0, weight.size(1) % 2]).unflatten(1, [-1, 2]).unbind(2)  # (outputs, inputs/2)
    # The sum of two of different signs is less than the larger of them.
    largest = torch.maximum(weight.abs().amax(1), (first + second).abs_().amax(1))  # (outputs)
    scales = (largest / most).clamp_min(least)                                      # (outputs)
    rounded = (weight / scales.unsqueeze(1)).round_().to(torch.int8)                # (outputs, inputs)
    zeros = torch.zeros(weight.size(0), dtype=torch.int64)                          # (outputs)
    return torch.ops.quantized.linear_prepack(
        torch._make_per_channel_quantized_tensor(rounded, scales.to(torch.float64), zeros, 0), None)


# ---- Gradients, and steps of an optimizer ----

def gradient_of(parameter: Tensor) -> Optional[Tensor]:
    gradient: Optional[Tensor] = parameter.grad  # TorchScript believes that there is always one
    return gradient


def gradients_of(parameters: List[Tensor]) -> List[Tensor]:
    """Those that there are."""
    gradients: List[Tensor] = []
    for parameter in parameters:
        gradient = gradient_of(parameter)
        if gradient is not None:
            gradients.append(gradient)
    return gradients


def add_gradient(weight: Tensor, gradient: Tensor, times: float = 1.0):
    """To that of a weight that learns."""
    if weight.requires_grad:
        total = gradient_of(weight)
        if total is None:
            weight.backward(gradient.to(weight.dtype) * times)
        else:
            total.add_(gradient, alpha=times)


def sum_of_all(tensors: List[Tensor]) -> Tensor:
    sums = [tensor.detach().sum() for tensor in tensors]
    return torch.stack(sums).sum() if len(sums) > 0 else torch.zeros([])


class Moving(NamedTuple):
    """The parameters that have gradients, and what an optimizer knows of them."""
    parameters: List[Tensor]
    gradients: List[Tensor]
    averages: List[Tensor]
    squares: List[Tensor]
    which: List[bool]  # for each parameter, whether it is one of them


def moving_of(parameters: List[Tensor], averages: List[Tensor], squares: List[Tensor]) -> Moving:
    which = [gradient_of(parameter) is not None for parameter in parameters]
    return Moving(
        chosen(parameters, which), gradients_of(parameters), chosen(averages, which), chosen(squares, which), which)


def chosen(tensors: List[Tensor], which: List[bool]) -> List[Tensor]:
    some: List[Tensor] = []
    for tensor, is_chosen in zip(tensors, which):
        if is_chosen:
            some.append(tensor)
    return some


def adamw(moving: Moving, settings: Tensor):
    """Loshchilov and Hutter, "Decoupled Weight Decay Regularization" (2019)."""
    numbers: List[float] = settings.tolist()
    rate, beta1, beta2, epsilon, decay, step = numbers
    torch._fused_adamw_(
        moving.parameters, moving.gradients, moving.averages, moving.squares, [], same_step(moving, step), lr=rate,
        beta1=beta1, beta2=beta2, weight_decay=decay, eps=epsilon, amsgrad=False, maximize=False)


def radam(moving: Moving, settings: Tensor):
    """Names as in the paper: Liu et al., "On the Variance of the Adaptive Learning Rate and Beyond" (2020)."""
    numbers: List[float] = settings.tolist()
    rate, beta1, beta2, epsilon, decay, step = numbers
    correction1, correction2 = 1 - beta1 ** step, 1 - beta2 ** step
    rho_limit = 2 / (1 - beta2) - 1
    rho = rho_limit - 2 * step * beta2 ** step / correction2
    least_rho = 5  # PyTorch's bound; the paper has 4
    if rho > least_rho:  # a step of Adam at another rate, whose epsilon comes before the correction
        r = ((rho - 4) * (rho - 2) * rho_limit / ((rho_limit - 4) * (rho_limit - 2) * rho)) ** 0.5
        torch._fused_adam_(
            moving.parameters, moving.gradients, moving.averages, moving.squares, [], same_step(moving, step), lr=rate * r,
            beta1=beta1, beta2=beta2, weight_decay=decay, eps=epsilon / correction2 ** 0.5, amsgrad=False, maximize=False)
    else:
        for parameter, gradient, average, square in zip(
                moving.parameters, moving.gradients, moving.averages, moving.squares):
            if decay != 0:
                gradient.add_(parameter, alpha=decay)
            average.lerp_(gradient, 1 - beta1)
            square.mul_(beta2).addcmul_(gradient, gradient, value=1 - beta2)
            parameter.add_(average, alpha=-rate / correction1)


def same_step(moving: Moving, step: float) -> List[Tensor]:
    """The number of the step, for each parameter."""
    number = torch.full([], step, device=moving.parameters[0].device)
    return [number] * len(moving.parameters)


def set_to_zero(tensors: List[Tensor]):
    for tensor in tensors:
        tensor.zero_()


# ---- What Java calls ----

class Clip(torch.nn.Module):
    # The most elements that an MLP's hidden layer (N, L, F) may have in kept_image_features on a CPU: enough for
    # 16 images of a ViT-B/32 or 4 of a ViT-B/16.
    MAX_HIDDEN_ELEMENTS: Final[int] = 2_500_000

    kept: List[Tensor]
    packed: List[Int8Matrix]
    turned: List[Tensor]  # what is kept, for gradients: packed weights are transposed
    tape: List[Tensor]  # of a tower that learns

    def __init__(self):
        super().__init__()
        self.kept = []
        self.packed = []
        self.turned = []
        self.tape = []

    @torch.jit.export
    def packs(self, code: Tensor) -> Tensor:
        """Whether weights of this type can be packed, a bool."""
        packed = one_dnn_matrix(torch.ones(16, 16, dtype=type_of(float(code))))
        return torch.tensor([packed.is_mkldnn])

    @torch.jit.export
    def packs_evenly(self, code: Tensor) -> Tensor:
        """Whether a row of a product with a packed weight of this type has the same bits beside any number of others.

        In float32 it has with AVX-512, and is up to twice as fast as F.linear, but not with AVX2. The result is a bool.
        """
        rows, inputs, outputs = 128, 3072, 64
        type = type_of(float(code))
        x = torch.arange(rows * inputs, dtype=torch.float32).sin().to(type).view(rows, inputs)
        weight = torch.arange(outputs * inputs, dtype=torch.float32).cos().to(type).view(outputs, inputs)
        packed = one_dnn_matrix(weight)
        if not packed.is_mkldnn:
            return torch.zeros(1, dtype=torch.bool)
        together = one_dnn_product(x, packed, weight[:, 0], "swish", "")
        even = [torch.equal(one_dnn_product(x[:few], packed, weight[:, 0], "swish", ""), together[:few])
                for few in [1, 16, 50]]
        return torch.tensor([all(even)])

    @torch.jit.export
    def keep(self, weight: Tensor, code: Tensor) -> Tensor:
        """Stores a copy of the tower's next weight, in the type with this code, and returns the code."""
        self.kept.append(weight.detach().to(type_of(float(code)), copy=True))
        self.turned.append(self.kept[-1])
        return code

    @torch.jit.export
    def keep_packed(self, weight: Tensor, code: Tensor) -> Tensor:
        """The same for the weight of a `Dense` or the patch embedding, packed."""
        weight = weight.detach().flatten(1)
        if is_int8(float(code)):
            self.packed.append(pack(weight))
            self.kept.append(weight[:0].clone())
        else:
            self.kept.append(one_dnn_matrix(weight.to(type_of(float(code)))))
        return code

    @torch.jit.export
    def keep_both_ways(self, weight: Tensor, code: Tensor) -> Tensor:
        """The same for a text tower whose gradient is wanted."""
        weight = weight.detach().to(type_of(float(code)))
        self.kept.append(one_dnn_matrix(weight))
        self.turned.append(one_dnn_matrix(weight.t().contiguous()))
        return code

    @torch.jit.export
    def hold(self, weights: List[Tensor]) -> Tensor:
        """Stores all weights of a tower that learns, themselves."""
        self.kept.extend(weights)
        return torch.zeros(0)

    @torch.jit.export
    def forget(self, nothing: Tensor) -> Tensor:
        """Frees the stored weights and returns its argument."""
        self.kept.clear()
        self.packed.clear()
        self.turned.clear()
        return nothing

    @torch.jit.export
    def image_features(self, weights: List[Tensor], pixels: Tensor, settings: Tensor) -> Tensor:
        """`pixels` is (N, 3, height, width), the result (N, D)."""
        read = read_settings(settings)
        not_packed: List[Int8Matrix] = []
        return encode_images(image_tower(weights, not_packed, read), pixels, read)

    @torch.jit.export
    def kept_image_features(self, pixels: Tensor, settings: Tensor) -> Tensor:
        """The same with the stored weights.

        On a CPU, a few images go through the tower at a time. What a layer computes then stays in the cache, and malloc
        reuses its memory instead of returning it to the system. In int8 it is one at a time.
        """
        read = read_settings(settings)
        tower = image_tower(self.kept, self.packed, read)
        is_packed = len(self.packed) > 0 or tower.layers[0].expand.weight.is_mkldnn
        if is_packed and pixels.requires_grad and torch.is_grad_enabled():
            raise ValueError("packed weights pass no gradients")
        images = pixels.size(0)
        if len(self.packed) > 0:
            images = 1
        elif not tower.positions.is_cuda:
            tokens, _ = tower.positions.size()
            hidden, _ = tower.layers[0].expand.weight.size()
            images = max(1, self.MAX_HIDDEN_ELEMENTS // (tokens * hidden))
        return torch.cat([encode_images(tower, some, read) for some in pixels.split(images)])

    @torch.jit.export
    def recorded_image_features(self, pixels: Tensor, settings: Tensor) -> Tensor:
        """`image_features` of weights that learn. What `add_image_gradients` needs is stored, in place of what was."""
        read = read_settings(settings)
        self.tape.clear()
        return record_images(image_tower(self.kept, self.packed, read), pixels, read, self.tape).detach()

    @torch.jit.export
    def add_image_gradients(self, gradient: Tensor, settings: Tensor) -> Tensor:
        """Adds to the gradients of the weights, from that of the features (N, D), which it returns."""
        read = read_settings(settings)
        add_image_gradients(image_tower(self.kept, self.packed, read), self.tape, gradient, read)
        return gradient

    @torch.jit.export
    def resized_positions(self, positions: Tensor, settings: Tensor) -> Tensor:
        """Positions (L, W) of a square grid for another one. `settings`, float64: class tokens C and the new side."""
        numbers: List[float] = settings.tolist()
        first, side = int(numbers[0]), int(numbers[1])
        grid = positions[first:]                                                    # (L-C, W)
        old = int(grid.size(0) ** 0.5 + 0.5)
        grid = grid.t().reshape(1, grid.size(1), old, old)                          # (1, W, old, old)
        grid = F.interpolate(grid, [side, side], mode="bicubic", antialias=True, align_corners=False)
        return torch.cat([positions[:first], grid.flatten(2)[0].t()])               # (C+side·side, W)

    @torch.jit.export
    def token_embeddings(self, table: Tensor, tokens: Tensor) -> Tensor:
        """Rows of the table (vocabulary, W). `tokens` is (N, L), the result (N, L, W)."""
        return F.embedding(beside(tokens, table), table)

    @torch.jit.export
    def text_beginning(self, weights: List[Tensor], embeddings: Tensor, settings: Tensor) -> Tensor:
        """Keys and values, in every layer, of the tokens that several texts begin with.

        `embeddings` is (1, B, W), the result (layers, 2, 1, H, B, W/H).
        """
        read = read_settings(settings)
        return encode_beginning(text_tower(weights, read), embeddings, read)

    @torch.jit.export
    def kept_text_beginning(self, embeddings: Tensor, settings: Tensor) -> Tensor:
        """The same with the stored weights."""
        read = read_settings(settings)
        return encode_beginning(text_tower(self.kept, read), embeddings, read)

    @torch.jit.export
    def text_features(self, weights: List[Tensor], embeddings: Tensor, beginning: Tensor, ends: Tensor,
                      settings: Tensor) -> Tensor:
        """`embeddings` (N, L, W) has the tokens after the beginning; the result is (N, D).

        `beginning` comes from `text_beginning`, or is empty. `ends` (N) has the positions of the end tokens, counted
        from the first token of the beginning; without a causal mask, those of the tokens that stand for the texts.
        """
        read = read_settings(settings)
        return encode_texts(text_tower(weights, read), embeddings, beginning, ends, read)

    @torch.jit.export
    def kept_text_features(self, embeddings: Tensor, beginning: Tensor, ends: Tensor, settings: Tensor) -> Tensor:
        """The same with the stored weights."""
        read = read_settings(settings)
        return encode_texts(text_tower(self.kept, read), embeddings, beginning, ends, read)

    @torch.jit.export
    def recorded_text_features(self, weights: List[Tensor], embeddings: Tensor, beginning: Tensor, ends: Tensor,
                               settings: Tensor) -> List[Tensor]:
        """`text_features` of a frozen tower, without a graph: the features (N, D), then what `text_gradient` needs."""
        read = read_settings(settings)
        return record_texts(text_tower(weights, read), embeddings, beginning, ends, read)

    @torch.jit.export
    def kept_recorded_text_features(self, embeddings: Tensor, beginning: Tensor, ends: Tensor,
                                    settings: Tensor) -> List[Tensor]:
        """The same with the stored weights."""
        read = read_settings(settings)
        return record_texts(text_tower(self.kept, read), embeddings, beginning, ends, read)

    @torch.jit.export
    def text_gradient(self, weights: List[Tensor], tape: List[Tensor], gradient: Tensor, settings: Tensor) -> Tensor:
        """The gradient of the embeddings (N, L, W) from that of the features (N, D)."""
        read = read_settings(settings)
        return texts_gradient(text_tower(weights, read), tape[:], gradient, read)

    @torch.jit.export
    def kept_text_gradient(self, tape: List[Tensor], gradient: Tensor, settings: Tensor) -> Tensor:
        """The same with the stored weights."""
        read = read_settings(settings)
        return texts_gradient(text_tower(self.turned, read), tape[:], gradient, read)

    @torch.jit.export
    def add_gradients(self, weights: List[Tensor], copies: List[Tensor]) -> Tensor:
        """Adds the gradients of `copies`, as many as `weights` or a multiple, to theirs in that order, and sets them to zero."""
        with torch.no_grad():
            for i, copy in enumerate(copies):
                gradient = gradient_of(copy)
                if gradient is not None:
                    add_gradient(weights[i % len(weights)], gradient)
                    gradient.zero_()
        return torch.zeros(0)

    @torch.jit.export
    def sum_of_all(self, tensors: List[Tensor]) -> Tensor:
        """The sum of all elements, a scalar; NaN or infinite if one of them is."""
        return sum_of_all(tensors)

    @torch.jit.export
    def sum_of_gradients(self, parameters: List[Tensor]) -> Tensor:
        """The same of the gradients; 0 if there are none."""
        return sum_of_all(gradients_of(parameters))

    @torch.jit.export
    def radam_step(self, parameters: List[Tensor], averages: List[Tensor], squares: List[Tensor], settings: Tensor) -> Tensor:
        """One step of torch.optim.RAdam, in place, for the parameters that have gradients, which are zero then.

        `settings`, float64: learning rate, beta1, beta2, epsilon, weight decay, and the number of the step, from 1. Returns
        which parameters have gradients, a bool for each.
        """
        moving = moving_of(parameters, averages, squares)
        if any(moving.which):
            with torch.no_grad():
                radam(moving, settings)
                set_to_zero(moving.gradients)
        return torch.tensor(moving.which)

    @torch.jit.export
    def adamw_step(self, parameters: List[Tensor], averages: List[Tensor], squares: List[Tensor], settings: Tensor) -> Tensor:
        """One step of torch.optim.AdamW, in place, with arguments and result of `radam_step`."""
        moving = moving_of(parameters, averages, squares)
        if any(moving.which):
            with torch.no_grad():
                adamw(moving, settings)
                set_to_zero(moving.gradients)
        return torch.tensor(moving.which)

    @torch.jit.export
    def adapted(self, weights: List[Tensor], downs: List[Tensor], ups: List[Tensor], scale: Tensor) -> List[Tensor]:
        """Weights (outputs, inputs) with low-rank changes: weight + scale · up @ down.

        `downs` are (rank, inputs), `ups` (outputs, rank), and `scale` a float64 scalar. Source: Hu et al., "LoRA: Low-Rank
        Adaptation of Large Language Models" (2022), whose A and B are `down` and `up`.
        """
        factor = float(scale)
        changed: List[Tensor] = []
        for weight, down, up in zip(weights, downs, ups):
            changed.append(torch.addmm(weight, up, down, alpha=factor))
        return changed
