"""Both towers of CLIP and one optimizer step, without weights.

tools/kernel/build.py compiles this file to clip.pt; NativeKernel.java calls it. Every weight is an argument, so the
gradients of a forward reach the caller's tensors. Letters: N images or texts, L tokens, W width, H heads, D joint width.

A frozen tower's weights can be kept between calls, matrices in the type that they are multiplied in: `keep` takes them one
by one, so that a caller need never hold all of them in float32.

A layer is 16 tensors: layer norm 1, query, key, value, output, layer norm 2, fc1, fc2, each weight then bias.
Inputs of a tower may lie on the CPU while its weights are on a GPU.
A settings tensor is float64: [heads, layer norm epsilon, 1 for quick_gelu or 0 for gelu, type inside]. Types: 0 float32, 1
bfloat16, 2 float16.
"""
from typing import List, Optional

import torch
import torch.nn.functional as F
from torch import Tensor


def type_of(code: float) -> torch.dtype:
    return torch.float32 if code == 0 else torch.bfloat16 if code == 1 else torch.float16


def beside(x: Tensor, other: Tensor) -> Tensor:
    """x on the device of another; to a GPU from pinned memory, so that the caller need not wait for the copy."""
    if other.is_cuda and not x.is_cuda:
        x = x.pin_memory()
    return x.to(other.device, non_blocking=True)


def dense(x: Tensor, weight: Tensor, bias: Optional[Tensor]) -> Tensor:
    """A linear layer in the type of x."""
    return F.linear(x, weight.to(x.dtype), None if bias is None else bias.to(x.dtype))


def norm(x: Tensor, weight: Tensor, bias: Tensor, epsilon: float) -> Tensor:
    return F.layer_norm(x, [x.size(-1)], weight, bias, epsilon)


def split(x: Tensor, heads: int) -> Tensor:
    return x.unflatten(-1, [heads, x.size(-1) // heads]).transpose(1, 2)      # (N, H, L, W/H)


def attend(q: Tensor, k: Tensor, v: Tensor, mask: Optional[Tensor]) -> Tensor:
    """Attention; mask is true where a row looks. On a CPU the fused function is slow in 16 bits, backward five times."""
    if q.is_cuda or q.dtype == torch.float32:
        return F.scaled_dot_product_attention(q, k, v, attn_mask=mask)
    scores = torch.matmul(q * q.size(-1) ** -0.5, k.transpose(-1, -2))        # (N, H, R, L)
    if mask is not None:
        scores = scores.masked_fill(~mask, float("-inf"))
    return torch.matmul(scores.softmax(-1), v)                                # (N, H, R, W/H)


def cut(pixels: Tensor, size: int) -> Tensor:
    """Square patches as rows; what is left at the right and below is dropped. Faster than conv2d going back."""
    rows, columns = pixels.size(2) // size, pixels.size(3) // size
    x = pixels[:, :, :rows * size, :columns * size]
    x = x.unflatten(3, [columns, size]).unflatten(2, [rows, size])            # (N, 3, rows, P, columns, P)
    return x.permute(0, 2, 4, 1, 3, 5).flatten(3).flatten(1, 2)               # (N, L-1, 3PP)


class Clip(torch.nn.Module):
    kept: List[Tensor]

    def __init__(self):
        super().__init__()
        self.kept = []

    @torch.jit.export
    def keep(self, weight: Tensor, code: Tensor) -> Tensor:
        """Adds a copy of a weight to those that are kept, in the type that the code stands for; returns the code."""
        self.kept.append(weight.to(type_of(float(code)), copy=True))
        return code

    @torch.jit.export
    def forget(self, nothing: Tensor) -> Tensor:
        """Frees the weights that are kept; returns its argument."""
        self.kept = []
        return nothing

    @torch.jit.export
    def kept_image_features(self, pixels: Tensor, settings: Tensor) -> Tensor:
        """On a CPU a few images at a time, so that what a layer makes stays in the cache and malloc has memory at hand."""
        size = self.kept[1].size(-1)
        hidden = (pixels.size(2) // size * (pixels.size(3) // size) + 1) * self.kept[17].size(0)  # L·4W, of one image
        images = pixels.size(0) if self.kept[0].is_cuda else max(1, 2500000 // hidden)
        return torch.cat([self.image_features(self.kept, some, settings) for some in pixels.split(images)])

    @torch.jit.export
    def kept_text_beginning(self, embeddings: Tensor, settings: Tensor) -> Tensor:
        return self.text_beginning(self.kept, embeddings, settings)

    @torch.jit.export
    def kept_text_features(self, embeddings: Tensor, beginning: Tensor, ends: Tensor, settings: Tensor) -> Tensor:
        return self.text_features(self.kept, embeddings, beginning, ends, settings)

    def keys_and_values(self, x: Tensor, w: List[Tensor], heads: int) -> Tensor:
        """x (N, L, W) after its norm -> (2, N, H, L, W/H)."""
        return torch.stack([split(dense(x, w[4], w[5]), heads), split(dense(x, w[6], w[7]), heads)])

    def block(self, x: Tensor, rows: Tensor, before: Optional[Tensor], w: List[Tensor], settings: Tensor,
              mask: Optional[Tensor]) -> Tensor:
        """One pre-norm block: `rows` (N, R, W) look at `x` (N, L, W), and at keys and values (2, 1, H, B, W/H) `before` it;
        sums stay float32."""
        heads, epsilon = int(settings[0]), float(settings[1])
        inside = type_of(float(settings[3]))
        keys = norm(x, w[0], w[1], epsilon).to(inside)                        # (N, L, W)
        queries = keys if rows is x else norm(rows, w[0], w[1], epsilon).to(inside)  # (N, R, W)
        seen = self.keys_and_values(keys, w, heads)                           # (2, N, H, L, W/H)
        if before is not None:
            seen = torch.cat([before.expand(-1, x.size(0), -1, -1, -1), seen], 3)  # (2, N, H, B+L, W/H)
        attended = attend(split(dense(queries, w[2], w[3]), heads), seen[0], seen[1], mask)  # (N, H, R, W/H)
        rows = rows + dense(attended.transpose(1, 2).flatten(2), w[8], w[9])  # (N, R, W)
        hidden = dense(norm(rows, w[10], w[11], epsilon).to(inside), w[12], w[13])  # (N, R, 4W)
        hidden = hidden * (1.702 * hidden).sigmoid_() if bool(settings[2]) else F.gelu(hidden)
        return rows + dense(hidden, w[14], w[15])                             # (N, R, W)

    @torch.jit.export
    def image_features(self, w: List[Tensor], pixels: Tensor, settings: Tensor) -> Tensor:
        """w: class, patches, positions, layer norm, layers, layer norm, projection; pixels (N, 3, H, W) -> (N, D)."""
        epsilon = float(settings[1])
        inside = type_of(float(settings[3]))
        pixels = beside(pixels, w[0])
        patches = dense(cut(pixels, w[1].size(-1)).to(inside), w[1].flatten(1), None).to(torch.float32)  # (N, L-1, W)
        first = w[0].expand(pixels.size(0), 1, -1)                            # (N, 1, W)
        x = torch.cat([first, patches], 1) + w[2]                             # (N, L, W)
        x = norm(x, w[3], w[4], epsilon)
        last = len(w) - 19                                                    # where the last layer begins
        for i in range(5, last, 16):
            x = self.block(x, x, None, w[i:i + 16], settings, None)
        x = self.block(x, x[:, :1], None, w[last:last + 16], settings, None)  # (N, 1, W): only the class token is read
        return F.linear(norm(x[:, 0], w[-3], w[-2], epsilon), w[-1])          # (N, D)

    @torch.jit.export
    def token_embeddings(self, table: Tensor, tokens: Tensor) -> Tensor:
        """Rows of the table; tokens (N, L) -> (N, L, W)."""
        return F.embedding(beside(tokens, table), table)

    @torch.jit.export
    def text_beginning(self, w: List[Tensor], embeddings: Tensor, settings: Tensor) -> Tensor:
        """What later tokens see of the tokens that several texts begin with: keys and values of every layer.

        w as for text_features; embeddings (1, B, W) -> (layers, 2, 1, H, B, W/H).
        """
        embeddings = beside(embeddings, w[0])
        length = embeddings.size(1)
        inside = type_of(float(settings[3]))
        causal = torch.ones(length, length, dtype=torch.bool, device=embeddings.device).tril()
        x = embeddings + w[0][:length]                                        # (1, B, W)
        last = len(w) - 19
        layers: List[Tensor] = []
        for i in range(1, last + 1, 16):
            layer = w[i:i + 16]
            keys = norm(x, layer[0], layer[1], float(settings[1])).to(inside)
            layers.append(self.keys_and_values(keys, layer, int(settings[0])))
            x = self.block(x, x, None, layer, settings, causal) if i < last else x
        return torch.stack(layers)

    @torch.jit.export
    def text_features(self, w: List[Tensor], embeddings: Tensor, beginning: Tensor, ends: Tensor,
                      settings: Tensor) -> Tensor:
        """w: positions, layers, layer norm, projection; embeddings (N, L, W) of the tokens after the beginning, which is
        what text_beginning gives of B tokens, or empty; ends (N), counted from the first token of all -> (N, D)."""
        embeddings, ends = beside(embeddings, w[0]), beside(ends, w[0])
        begun = 0 if beginning.numel() == 0 else beginning.size(4)            # B
        length = embeddings.size(1)
        x = embeddings + w[0][begun:begun + length]                           # (N, L, W)
        causal = torch.ones(length, begun + length, dtype=torch.bool, device=x.device).tril(begun)
        last = len(w) - 19
        for i in range(1, last, 16):
            before = None if begun == 0 else beginning[i // 16]
            x = self.block(x, x, before, w[i:i + 16], settings, causal)
        rows = x[torch.arange(x.size(0), device=x.device), ends - begun].unsqueeze(1)  # (N, 1, W): only the end token is read
        upto = torch.arange(begun + length, device=x.device) <= ends.unsqueeze(1)  # (N, B+L)
        before = None if begun == 0 else beginning[last // 16]
        x = self.block(x, rows, before, w[last:last + 16], settings, upto[:, None, None])
        return F.linear(norm(x[:, 0], w[-3], w[-2], float(settings[1])), w[-1])  # (N, D)

    @torch.jit.export
    def radam_step(self, parameters: List[Tensor], gradients: List[Tensor], averages: List[Tensor],
                   squares: List[Tensor], settings: Tensor) -> Tensor:
        """torch.optim.RAdam, in place; settings float64: [lr, beta1, beta2, epsilon, weight decay, step from 1].

        Returns the Euclidean norm of all gradients, a float32 scalar.
        """
        rate, beta1, beta2 = float(settings[0]), float(settings[1]), float(settings[2])
        epsilon, decay, step = float(settings[3]), float(settings[4]), float(settings[5])
        correction1, correction2 = 1 - beta1 ** step, 1 - beta2 ** step
        longest = 2 / (1 - beta2) - 1
        length = longest - 2 * step * beta2 ** step / correction2
        rectified = 0.0
        if length > 5:
            rectified = ((length - 4) * (length - 2) * longest / ((longest - 4) * (longest - 2) * length)) ** 0.5
        norms: List[Tensor] = []
        with torch.no_grad():
            for i in range(len(parameters)):
                gradient, average, square = gradients[i], averages[i], squares[i]
                norms.append(torch.linalg.vector_norm(gradient))
                if decay != 0:
                    gradient = gradient + decay * parameters[i]
                average.lerp_(gradient, 1 - beta1)
                square.mul_(beta2).addcmul_(gradient, gradient, value=1 - beta2)
                if rectified > 0:
                    scale = rate * rectified * correction2 ** 0.5 / correction1
                    parameters[i].addcdiv_(average, square.sqrt().add_(epsilon), value=-scale)
                else:
                    parameters[i].add_(average, alpha=-rate / correction1)
            return torch.linalg.vector_norm(torch.stack(norms))
