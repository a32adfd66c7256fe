"""The backward pass through the layers of a tower, written out.

Where texts are short, a graph of some 500 small operations takes longer than they do, and autograd knows no products by oneDNN.
Each `…_forward` computes what `tower.py` does, and pushes onto the tape what its `…_backward` pops. Letters are those of
`tower.py`.
"""
from typing import List, Optional, Tuple

import torch
from torch import Tensor

from tower import (
    Attention, ImageTower, Layer, Linear, Norm, Settings, TextTower, activated, activation_scale, gelu_form, image_tokens,
    last_image_layer, merge_heads, packed_linear, prefix_in, prefix_length, project, rotate, split_heads, tap, to_device_of,
    with_prefix)


# ---- Gradients of weights ----

def gradient_of(parameter: Tensor) -> Optional[Tensor]:
    gradient: Optional[Tensor] = parameter.grad  # TorchScript believes that there is always one
    return gradient


def add_gradient(weight: Tensor, gradient: Tensor, scale: float = 1.0):
    """Adds to the gradient of a weight, if it learns."""
    if weight.requires_grad:
        total = gradient_of(weight)
        if total is None:
            weight.backward(gradient.to(weight.dtype) * scale)
        else:
            total.add_(gradient, alpha=scale)


# ---- Linear layers ----

def is_for_one_dnn(x: Tensor, weight: Tensor) -> bool:
    """Which library multiplies. In float32, MKL has only AVX2 on processors of AMD."""
    many = 64  # rows; with fewer it takes too long to put the weight in order
    return weight.is_mkldnn or (x.dtype == torch.float32 and not x.is_cuda and x.numel() >= many * x.size(-1))


def fast_linear(x: Tensor, weight: Tensor, bias: Optional[Tensor]) -> Tensor:
    """F.linear without a gradient."""
    if is_for_one_dnn(x, weight):
        return packed_linear(x, weight, bias)
    return torch.nn.functional.linear(x, weight, bias)


def weight_gradient(outputs: Tensor, inputs: Tensor) -> Tensor:
    """From the gradient of the outputs (R, a) and the inputs (R, b), (a, b). oneDNN copies what is on the left: the smaller one."""
    if is_for_one_dnn(outputs, inputs) and outputs.size(1) > inputs.size(1):
        return packed_linear(inputs.t(), outputs.t(), None).t()
    return fast_linear(outputs.t(), inputs.t(), None)


def linear_forward(x: Tensor, layer: Linear, tape: List[Tensor], bias_scale: float = 1.0) -> Tensor:
    bias = layer.bias if bias_scale == 1 else layer.bias * bias_scale
    weight = layer.weight.to(x.dtype)
    if layer.weight.requires_grad:
        tape.extend([x, weight])
    return fast_linear(x, weight, bias.to(x.dtype))


def linear_backward(gradient: Tensor, layer: Linear, tape: List[Tensor], bias_scale: float = 1.0) -> Tensor:
    """The gradient of the input, from that of the output. The weight's is divided by `bias_scale`."""
    weight = layer.weight
    if weight.is_mkldnn:  # and transposed, see Kernel.transposed
        return fast_linear(gradient, weight, None)
    rows = gradient.flatten(0, 1)                                                   # (NL, outputs)
    if weight.requires_grad:
        weight, x = tape.pop(), tape.pop().flatten(0, 1)                            # (NL, inputs)
        add_gradient(layer.weight, weight_gradient(rows, x), 1 / bias_scale)
    if layer.bias.requires_grad:
        add_gradient(layer.bias, rows.sum(0))
    return fast_linear(gradient, weight.to(gradient.dtype).t(), None)


# ---- Layer norm ----

def norm_forward(x: Tensor, norm: Norm, settings: Settings, tape: List[Tensor]) -> Tensor:
    normed, mean, scale = torch.native_layer_norm(x, [x.size(-1)], norm.weight, norm.bias, settings.epsilon)
    tape.extend([x, mean, scale])                                                   # (N, L, W), (N, L, 1), (N, L, 1)
    return normed                                                                   # (N, L, W)


def norm_backward(gradient: Tensor, norm: Norm, tape: List[Tensor]) -> Tensor:
    scale, mean, x = tape.pop(), tape.pop(), tape.pop()
    learns = norm.weight.requires_grad or norm.bias.requires_grad
    x_gradient, norm_gradient, bias_gradient = torch.ops.aten.native_layer_norm_backward(
        gradient.to(torch.float32), x, [x.size(-1)], mean, scale, norm.weight, norm.bias, [True, learns, learns])
    if learns:
        add_gradient(norm.weight, norm_gradient)
        add_gradient(norm.bias, bias_gradient)
    return x_gradient                                                               # (N, L, W)


# ---- Attention ----

def projections_forward(x: Tensor, attention: Attention, tape: List[Tensor]) -> List[Tensor]:
    """Queries, keys and values (N, L, W), in one product if they learn."""
    if not attention.query.weight.requires_grad:
        return [linear_forward(x, projection, tape) for projection in [attention.query, attention.key, attention.value]]
    weight = torch.cat([attention.query.weight, attention.key.weight, attention.value.weight]).to(x.dtype)  # (3W, W)
    bias = torch.cat([attention.query.bias, attention.key.bias, attention.value.bias]).to(x.dtype)  # (3W)
    tape.extend([x, weight])
    return fast_linear(x, weight, bias).chunk(3, -1)


def projections_backward(queries: Tensor, keys: Tensor, values: Tensor, attention: Attention, tape: List[Tensor]) -> Tensor:
    """The gradient of x, from those of its projections (N, L, W)."""
    if not attention.query.weight.requires_grad:
        x = linear_backward(values, attention.value, tape)                              # (N, L, W)
        x.add_(linear_backward(keys, attention.key, tape))
        return x.add_(linear_backward(queries, attention.query, tape))                  # (N, L, W)
    joined = torch.cat([queries, keys, values], -1)                                 # (N, L, 3W)
    rows = joined.flatten(0, 1)                                                     # (NL, 3W)
    weight, x = tape.pop(), tape.pop().flatten(0, 1)                                # (3W, W), (NL, W)
    weights = weight_gradient(rows, x).chunk(3)                                     # (W, W)
    biases = rows.sum(0).chunk(3)                                                   # (W)
    for i, projection in enumerate([attention.query, attention.key, attention.value]):
        add_gradient(projection.weight, weights[i])
        add_gradient(projection.bias, biases[i])
    return fast_linear(joined, weight.t(), None)                                    # (N, L, W)


def attention_forward(queries: Tensor, keys: Tensor, values: Tensor, mask: Optional[Tensor], tape: List[Tensor]) -> Tensor:
    """The mask (L, B+L) is 0 where a token attends to another, else -inf; None: all attend to all."""
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


def attention_backward(gradient: Tensor, tape: List[Tensor]) -> Tuple[Tensor, Tensor, Tensor]:
    """The gradients of queries, keys and values (N, H, L, W/H). Those of the prefix have none."""
    _, heads, length, head_width = gradient.size()
    shares, values, keys, queries = tape.pop(), tape.pop(), tape.pop(), tape.pop()
    start = keys.size(1) - length
    gradient = gradient.flatten(0, 1)                                               # (NH, L, W/H)
    value_gradient = torch.bmm(shares[:, :, start:].transpose(1, 2), gradient)      # (NH, L, W/H)
    scores = torch.bmm(gradient, values.transpose(1, 2))                            # (NH, L, B+L)
    scores = torch.ops.aten._softmax_backward_data(scores, shares, -1, shares.dtype)
    query_gradient = torch.bmm(scores, keys).mul_(head_width ** -0.5)               # (NH, L, W/H)
    key_gradient = torch.bmm(scores[:, :, start:].transpose(1, 2), queries)         # (NH, L, W/H)
    split = [-1, heads]
    return query_gradient.unflatten(0, split), key_gradient.unflatten(0, split), value_gradient.unflatten(0, split)


def rotate_backward(gradient: Tensor, rotation: Optional[Tensor]) -> Tensor:
    return gradient if rotation is None else rotate(gradient, torch.stack([-rotation[0], rotation[1]]))


# ---- One layer ----

def layer_forward(x: Tensor, prefix: Optional[Tensor], layer: Layer, settings: Settings, mask: Optional[Tensor],
                  rotation: Optional[Tensor], tape: List[Tensor]) -> Tensor:
    """`run_layer` of all tokens of x (N, L, W). `mask` (L, B+L) is 0 where a token attends to another, else -inf."""
    heads = settings.heads
    normed = norm_forward(x, layer.norm, settings, tape).to(settings.dtype)  # (N, L, W)
    each = [split_heads(projection, heads) for projection in projections_forward(normed, layer.attention, tape)]
    queries, keys, values = rotate(each[0], rotation), rotate(each[1], rotation), each[2]  # (N, H, L, W/H)
    if rotation is not None:
        tape.append(rotation)
    keys, values = with_prefix(prefix, keys, values)                                # (N, H, B+L, W/H)
    attended = merge_heads(attention_forward(queries, keys, values, mask, tape))    # (N, L, W)
    x = x + linear_forward(attended, layer.attention.output, tape)                            # (N, L, W)

    s = activation_scale(settings)
    normed = norm_forward(x, layer.mlp.norm, settings, tape)                        # (N, L, W)
    normed = (normed if s == 1 else normed * s).to(settings.dtype)                  # (N, L, W)
    expanded = linear_forward(normed, layer.mlp.expand, tape, s)                        # (N, L, F)
    tape.append(expanded)
    hidden = activated(expanded, settings.activation, in_place=False)               # (N, L, F)
    return torch.add(x, linear_forward(hidden, layer.mlp.contract, tape, s), alpha=1 / s)  # (N, L, W)


def layer_backward(gradient: Tensor, tape: List[Tensor], layer: Layer, settings: Settings) -> Tensor:
    """The gradient of the layer's input (N, L, W), from that of its output."""
    s = activation_scale(settings)  # s and 1 / s cancel but in the gradients of weights
    hidden = linear_backward(gradient.to(settings.dtype), layer.mlp.contract, tape, s)  # (N, L, F)
    expanded = tape.pop()                                                           # (N, L, F)
    if settings.activation == 0:
        torch.ops.aten.silu_backward(hidden, expanded, grad_input=hidden)           # (N, L, F)
    else:
        torch.ops.aten.gelu_backward(hidden, expanded, approximate=gelu_form(settings.activation), grad_input=hidden)
    normed = linear_backward(hidden, layer.mlp.expand, tape, s)                         # (N, L, W)
    gradient = norm_backward(normed, layer.mlp.norm, tape).add_(gradient)           # (N, L, W)

    attended = linear_backward(gradient.to(settings.dtype), layer.attention.output, tape)     # (N, L, W)
    queries, keys, values = attention_backward(split_heads(attended, settings.heads), tape)  # (N, H, L, W/H)
    rotation = tape.pop() if settings.rotary_grid > 0 else None
    queries, keys = rotate_backward(queries, rotation), rotate_backward(keys, rotation)  # (N, H, L, W/H)
    normed = projections_backward(merge_heads(queries), merge_heads(keys), merge_heads(values), layer.attention, tape)
    return norm_backward(normed, layer.norm, tape).add_(gradient)         # (N, L, W)


# ---- What is tapped ----

def unit_backward(gradient: Tensor, x: Tensor) -> Tensor:
    """The gradient of x (N, W), from that of the same vectors of length 1."""
    length = x.norm(2, [1], True)                                                   # (N, 1)
    unit = x / length                                                               # (N, W)
    return (gradient - unit * (unit * gradient).sum(1, keepdim=True)) / length      # (N, W)


def tap_backward(gradient: Tensor, x: Tensor, settings: Settings) -> Tensor:
    """The gradient of x (N, L, W), from that of `tap`."""
    first = int(settings.class_token)
    patches = x[:, first:]                                                          # (N, L-C, W)
    parts = gradient.split(x.size(2), 1)                                            # (N, W)
    each = unit_backward(parts[-1], patches.mean(1)) / patches.size(1)              # (N, W)
    all = each.unsqueeze(1).repeat(1, x.size(1), 1)                                 # (N, L, W)
    if first > 0:
        all[:, 0] = unit_backward(parts[0], x[:, 0])
    return all


# ---- The towers ----

def texts_forward(tower: TextTower, embeddings: Tensor, prefix: Tensor, ends: Tensor, settings: Settings) -> List[Tensor]:
    """`encode_texts` of a frozen tower: the features (N, D), then the tape."""
    embeddings = to_device_of(tower.positions, embeddings)                          # (N, L, W)
    ends = to_device_of(tower.positions, ends)                                      # (N)
    texts, length, _ = embeddings.size()
    start = prefix_length(prefix)
    total = start + length
    mask: Optional[Tensor] = None
    if settings.causal:  # each token attends to the prefix, to itself and to the tokens before it
        mask = torch.full([length, total], float("-inf"), dtype=settings.dtype, device=embeddings.device)
        mask = mask.triu(start + 1)                                                 # (L, B+L)
    tape: List[Tensor] = []
    x = embeddings + tower.positions[start:total]                                   # (N, L, W)
    for i, layer in enumerate(tower.layers):
        x = layer_forward(x, prefix_in(i, prefix), layer, settings, mask, None, tape)  # (N, L, W)
    tape.append(ends - start)                                                       # (N)
    end_token = x[torch.arange(texts, device=x.device), ends - start]               # (N, W)
    normed = norm_forward(end_token, tower.norm, settings, tape)                    # (N, W)
    return [project(normed, tower.projection)] + tape


def texts_backward(tower: TextTower, tape: List[Tensor], gradient: Tensor, settings: Settings) -> Tensor:
    """The gradient of the embeddings (N, L, W), from that of the features (N, D)."""
    weight = tower.projection.weight
    end_token = gradient if weight is None else torch.matmul(gradient, weight)      # (N, W)
    end_token = norm_backward(end_token, tower.norm, tape)                          # (N, W)
    ends = tape.pop()                                                               # (N)
    texts, length, width = tape[0].size()
    x = torch.zeros(texts, length, width, device=ends.device)                       # (N, L, W)
    x[torch.arange(texts, device=x.device), ends] = end_token
    for i in range(len(tower.layers)):
        x = layer_backward(x, tape, tower.layers[-1 - i], settings)                 # (N, L, W)
    return x


def images_forward(tower: ImageTower, pixels: Tensor, settings: Settings, tape: List[Tensor]) -> Tensor:
    """`encode_images` of a tower that learns.

    What is before the layers has a graph, and so have the last one and what is after it.
    """
    tokens, rotation = image_tokens(tower, pixels, settings)                        # (N, L, W), (2, L, W/H)
    tape.append(tokens)
    taps: List[Tensor] = []
    with torch.no_grad():
        x = tokens.detach()                                                         # (N, L, W)
        for i, layer in enumerate(tower.layers[:-1]):
            x = layer_forward(x, None, layer, settings, None, rotation, tape)       # (N, L, W)
            if i + 1 in settings.tapped:
                taps.append(tap(x, settings))                                       # (N, W+CW)
                tape.append(x)
    x = x.detach().requires_grad_()                                                 # (N, L, W)
    features = last_image_layer(tower, x, rotation, settings)                       # (N, D) or (N, D+W)
    tape.extend([x, features])
    return features if len(taps) == 0 else torch.cat([features] + taps, 1)


def images_backward(tower: ImageTower, tape: List[Tensor], gradient: Tensor, settings: Settings):
    """Adds to the gradients of the weights, from that of what `images_forward` gave."""
    features, x = tape.pop(), tape.pop()
    last, taps = gradient[:, :features.size(1)], gradient[:, features.size(1):]
    features.backward(last)
    x_gradient = x.grad                                                             # (N, L, W)
    with torch.no_grad():
        for i in range(len(tower.layers) - 1, 0, -1):  # the number of the layer
            if i in settings.tapped:
                width = taps.size(1) // len(settings.tapped)                        # W+CW
                start = settings.tapped.index(i) * width
                x_gradient = x_gradient + tap_backward(taps[:, start:start + width], tape.pop(), settings)
            x_gradient = layer_backward(x_gradient, tape, tower.layers[i - 1], settings)  # (N, L, W)
    tokens = tape.pop()
    if tokens.requires_grad:
        tokens.backward(x_gradient)
