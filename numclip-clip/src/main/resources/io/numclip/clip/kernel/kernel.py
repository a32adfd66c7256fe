"""What NativeKernel.java calls by name: the methods of `Kernel`.

numclip-tools/kernel/build.py compiles the four files of this folder to kernel.pt, and to kernel_x86.pt, in which weights are packed for
oneDNN. The compiled files hold no weights. They are arguments, so gradients reach the caller's own tensors. A tower that does not
learn can be stored in the module instead: `keep` takes one weight at a time and converts it to the type it is used in, so the
caller never needs all of them in float32 at once. Letters are those of `tower.py`.
"""
from typing import Final, List, Optional

import torch
import torch.nn.functional as F
from torch import Tensor

from backward import add_gradient, gradient_of, images_backward, images_forward, texts_backward, texts_forward
from optimizer import gradients_of, step
from tower import (
    Attention, ImageTower, Int8Matrix, Layer, Linear, Mlp, Norm, Pool, Projection, Settings, TextTower, encode_images,
    encode_prefix, encode_texts, pack, packed_linear, to_device_of)


# ---- Settings and weights, from lists of numbers and tensors ----

def type_of(code: float) -> torch.dtype:
    """Precision.java numbers the types in this order. With int8 everything but products of `Linear` is in float32."""
    types = [torch.float32, torch.bfloat16, torch.float16, torch.float32]
    return types[int(code)]


def is_int8(code: float) -> bool:
    return int(code) == 3


def read_settings(settings: Tensor) -> Settings:
    """TowerSettings.java writes the numbers in this order, as float64."""
    numbers: List[float] = settings.tolist()
    (layers, heads, epsilon, activation, projection, projection_bias, dtype, causal,
     class_token, patch_bias, pre_norm, pool_heads, rotary_grid, rotary_start, pooled) = numbers[:15]
    return Settings(
        int(layers), int(heads), epsilon, int(activation), bool(projection), bool(projection_bias), type_of(dtype),
        bool(causal), bool(class_token), bool(patch_bias), bool(pre_norm), int(pool_heads), rotary_grid, rotary_start,
        bool(pooled), [int(layer) for layer in numbers[15:]])


def take(weights: List[Tensor], is_there: bool) -> Optional[Tensor]:
    """Removes the first weight from the list and returns it."""
    return weights.pop(0) if is_there else None


def take_norm(weights: List[Tensor]) -> Norm:
    weight = weights.pop(0)
    return Norm(weight, weights.pop(0))


def take_linear(weights: List[Tensor], int8: List[Int8Matrix]) -> Linear:
    weight = weights.pop(0)
    bias = weights.pop(0)
    return Linear(weight, bias, int8.pop(0) if len(int8) > 0 else None)


def take_attention(weights: List[Tensor], int8: List[Int8Matrix]) -> Attention:
    query, key, value = take_linear(weights, int8), take_linear(weights, int8), take_linear(weights, int8)
    return Attention(query, key, value, take_linear(weights, int8))


def take_mlp(weights: List[Tensor], int8: List[Int8Matrix]) -> Mlp:
    norm, expand = take_norm(weights), take_linear(weights, int8)
    return Mlp(norm, expand, take_linear(weights, int8))


def take_layer(weights: List[Tensor], int8: List[Int8Matrix]) -> Layer:
    """ClipWeights.java lists the weights of a layer in this order."""
    norm, attention = take_norm(weights), take_attention(weights, int8)
    return Layer(norm, attention, take_mlp(weights, int8))


def take_pool(weights: List[Tensor], int8: List[Int8Matrix]) -> Pool:
    probe, attention = weights.pop(0), take_attention(weights, int8)
    return Pool(probe, attention, take_mlp(weights, int8))


def take_projection(weights: List[Tensor], settings: Settings) -> Projection:
    weight = take(weights, settings.projection)
    return Projection(weight, take(weights, settings.projection_bias))


def read_image_tower(weights: List[Tensor], int8: List[Int8Matrix], settings: Settings) -> ImageTower:
    """ClipWeights.java lists the weights of a tower in this order. In int8, `int8` has the matrices of all `Linear`."""
    rest = weights[:]  # a copy of the list, because pop removes from it
    int8 = int8[:]
    class_embedding = take(rest, settings.class_token)
    patch_embedding = rest.pop(0)
    patch_bias = take(rest, settings.patch_bias)
    positions = rest.pop(0)
    pre_norm = take_norm(rest) if settings.pre_norm else None
    layers = [take_layer(rest, int8) for _ in range(settings.layers)]
    norm = take_norm(rest)
    pool = take_pool(rest, int8) if settings.pool_heads > 0 else None
    projection = take_projection(rest, settings)
    return ImageTower(class_embedding, patch_embedding, patch_bias, positions, pre_norm, layers, norm, pool, projection)


def read_text_tower(weights: List[Tensor], settings: Settings) -> TextTower:
    rest = weights[:]
    positions = rest.pop(0)
    no_int8: List[Int8Matrix] = []
    layers = [take_layer(rest, no_int8) for _ in range(settings.layers)]
    norm = take_norm(rest)
    return TextTower(positions, layers, norm, take_projection(rest, settings))


def quantize(weight: Tensor) -> Int8Matrix:
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


def sum_of(tensors: List[Tensor]) -> Tensor:
    sums = [tensor.detach().sum() for tensor in tensors]
    return torch.stack(sums).sum() if len(sums) > 0 else torch.zeros([])


class Kernel(torch.nn.Module):
    """Where a method takes `weights`, they are all of a tower's, or a single empty tensor: those that the module stores."""

    # The most elements that an MLP's hidden layer (N, L, F) may have in image_features on a CPU with stored weights: enough
    # for 16 images of a ViT-B/32 or 4 of a ViT-B/16.
    MAX_HIDDEN_ELEMENTS: Final[int] = 2_500_000

    stored: List[Tensor]
    transposed: List[Tensor]  # the same for the backward pass: packed weights are transposed
    int8: List[Int8Matrix]
    tape: List[Tensor]  # of a tower that learns

    def __init__(self):
        super().__init__()
        self.stored = []
        self.transposed = []
        self.int8 = []
        self.tape = []

    # ---- Storing weights ----

    @torch.jit.export
    def packs(self, code: Tensor) -> Tensor:
        """Whether weights of this type can be packed, a bool."""
        packed = pack(torch.ones(16, 16, dtype=type_of(float(code))))
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
        packed = pack(weight)
        if not packed.is_mkldnn:
            return torch.zeros(1, dtype=torch.bool)
        together = packed_linear(x, packed, weight[:, 0], "swish", "")
        even = [torch.equal(packed_linear(x[:few], packed, weight[:, 0], "swish", ""), together[:few])
                for few in [1, 16, 50]]
        return torch.tensor([all(even)])

    @torch.jit.export
    def keep(self, weight: Tensor, code: Tensor) -> Tensor:
        """Stores a copy of the tower's next weight, in the type with this code, and returns the code."""
        self.stored.append(weight.detach().to(type_of(float(code)), copy=True))
        self.transposed.append(self.stored[-1])
        return code

    @torch.jit.export
    def keep_packed(self, weight: Tensor, code: Tensor) -> Tensor:
        """The same for the weight of a `Linear` or the patch embedding, packed."""
        weight = weight.detach().flatten(1)
        if is_int8(float(code)):
            self.int8.append(quantize(weight))
            self.stored.append(weight[:0].clone())
        else:
            self.stored.append(pack(weight.to(type_of(float(code)))))
        return code

    @torch.jit.export
    def keep_packed_both_ways(self, weight: Tensor, code: Tensor) -> Tensor:
        """The same for a text tower through which gradients pass backward."""
        weight = weight.detach().to(type_of(float(code)))
        self.stored.append(pack(weight))
        self.transposed.append(pack(weight.t().contiguous()))
        return code

    @torch.jit.export
    def hold(self, weights: List[Tensor]) -> Tensor:
        """Stores all weights of a tower that learns, themselves."""
        self.stored.extend(weights)
        return torch.zeros(0)

    @torch.jit.export
    def forget(self, nothing: Tensor) -> Tensor:
        """Frees the stored weights and returns its argument."""
        self.stored.clear()
        self.transposed.clear()
        self.int8.clear()
        return nothing

    def is_stored(self, weights: List[Tensor]) -> bool:
        return weights[0].numel() == 0

    def text_tower(self, weights: List[Tensor], settings: Settings) -> TextTower:
        return read_text_tower(self.stored if self.is_stored(weights) else weights, settings)

    # ---- Images ----

    @torch.jit.export
    def image_features(self, weights: List[Tensor], pixels: Tensor, settings: Tensor) -> Tensor:
        """`pixels` is (N, 3, height, width), the result that of `encode_images`.

        With stored weights, a few images go through the tower at a time on a CPU. What a layer computes then stays in the cache,
        and malloc reuses its memory instead of returning it to the system. In int8 it is one at a time.
        """
        read = read_settings(settings)
        if not self.is_stored(weights):
            no_int8: List[Int8Matrix] = []
            return encode_images(read_image_tower(weights, no_int8, read), pixels, read)
        tower = read_image_tower(self.stored, self.int8, read)
        is_packed = len(self.int8) > 0 or tower.layers[0].mlp.expand.weight.is_mkldnn
        if is_packed and pixels.requires_grad and torch.is_grad_enabled():
            raise ValueError("packed weights pass no gradients")
        images = pixels.size(0)
        if len(self.int8) > 0:
            images = 1
        elif not tower.positions.is_cuda:
            tokens, _ = tower.positions.size()
            hidden, _ = tower.layers[0].mlp.expand.weight.size()
            images = max(1, self.MAX_HIDDEN_ELEMENTS // (tokens * hidden))
        return torch.cat([encode_images(tower, some, read) for some in pixels.split(images)])

    @torch.jit.export
    def image_forward(self, pixels: Tensor, settings: Tensor) -> Tensor:
        """`image_features` of weights that learn, which are stored. So is what `image_backward` needs, in place of what was."""
        read = read_settings(settings)
        self.tape.clear()
        return images_forward(read_image_tower(self.stored, self.int8, read), pixels, read, self.tape).detach()

    @torch.jit.export
    def image_backward(self, gradient: Tensor, settings: Tensor) -> Tensor:
        """Adds to the gradients of the weights, from that of what `image_forward` gave, which it returns."""
        read = read_settings(settings)
        images_backward(read_image_tower(self.stored, self.int8, read), self.tape, gradient, read)
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

    # ---- Texts ----

    @torch.jit.export
    def token_embeddings(self, table: Tensor, tokens: Tensor) -> Tensor:
        """Rows of the table (vocabulary, W). `tokens` is (N, L), the result (N, L, W)."""
        return F.embedding(to_device_of(table, tokens), table)

    @torch.jit.export
    def text_prefix(self, weights: List[Tensor], embeddings: Tensor, settings: Tensor) -> Tensor:
        """Keys and values, in every layer, of the tokens with which several texts begin.

        `embeddings` is (1, B, W), the result (layers, 2, 1, H, B, W/H).
        """
        read = read_settings(settings)
        return encode_prefix(self.text_tower(weights, read), embeddings, read)

    @torch.jit.export
    def text_features(self, weights: List[Tensor], embeddings: Tensor, prefix: Tensor, ends: Tensor,
                      settings: Tensor) -> Tensor:
        """`embeddings` (N, L, W) has the tokens after the prefix; the result is (N, D).

        `prefix` comes from `text_prefix`, or is empty. `ends` (N) has the positions of the end tokens, counted from the
        first token of the prefix; without a causal mask, those of the tokens that stand for the texts.
        """
        read = read_settings(settings)
        return encode_texts(self.text_tower(weights, read), embeddings, prefix, ends, read)

    @torch.jit.export
    def text_forward(self, weights: List[Tensor], embeddings: Tensor, prefix: Tensor, ends: Tensor,
                     settings: Tensor) -> List[Tensor]:
        """`text_features` of a frozen tower, without a graph: the features (N, D), then what `text_backward` needs."""
        read = read_settings(settings)
        return texts_forward(self.text_tower(weights, read), embeddings, prefix, ends, read)

    @torch.jit.export
    def text_backward(self, weights: List[Tensor], tape: List[Tensor], gradient: Tensor, settings: Tensor) -> Tensor:
        """The gradient of the embeddings (N, L, W) from that of the features (N, D)."""
        read = read_settings(settings)
        tower = read_text_tower(self.transposed if self.is_stored(weights) else weights, read)
        return texts_backward(tower, tape[:], gradient, read)

    # ---- Training ----

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

    @torch.jit.export
    def add_gradients(self, weights: List[Tensor], replicas: List[Tensor]) -> Tensor:
        """Adds the gradients of `replicas`, as many as `weights` or a multiple, to theirs in that order, and sets them to zero."""
        with torch.no_grad():
            for i, replica in enumerate(replicas):
                gradient = gradient_of(replica)
                if gradient is not None:
                    add_gradient(weights[i % len(weights)], gradient)
                    gradient.zero_()
        return torch.zeros(0)

    @torch.jit.export
    def sum_of_all(self, tensors: List[Tensor]) -> Tensor:
        """The sum of all elements, a scalar; NaN or infinite if one of them is."""
        return sum_of(tensors)

    @torch.jit.export
    def sum_of_gradients(self, parameters: List[Tensor]) -> Tensor:
        """The same of the gradients; 0 if there are none."""
        return sum_of(gradients_of(parameters))

    @torch.jit.export
    def radam_step(self, parameters: List[Tensor], averages: List[Tensor], squares: List[Tensor], settings: Tensor) -> Tensor:
        """One step of torch.optim.RAdam, in place, for the parameters that have gradients, which are zero then.

        `settings`, float64: learning rate, beta1, beta2, epsilon, weight decay, and the number of the step, from 1. Returns
        which parameters have gradients, a bool for each.
        """
        return step(parameters, averages, squares, settings, rectified=True)

    @torch.jit.export
    def adamw_step(self, parameters: List[Tensor], averages: List[Tensor], squares: List[Tensor], settings: Tensor) -> Tensor:
        """One step of torch.optim.AdamW, in place, with arguments and result of `radam_step`."""
        return step(parameters, averages, squares, settings, rectified=False)
