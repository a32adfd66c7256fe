"""A ViT-B/32 CLIP for images of 256 pixels that computes the same as the embedded CLIP. Usage: EMBEDDED OUT

Each channel of the small model appears several times in the large one, and the copies share its work, so that layer norms,
attention and features are the same; heads and blocks that the small model lacks add nothing (Net2Net, Chen, Goodfellow,
Shlens 2016). Both see 8 x 8 patches: of 8 pixels, and of 32 pixels of an image four times as large.
"""
import shutil
import sys
from pathlib import Path

import torch
from torch.nn.functional import pad
from transformers import CLIPConfig, CLIPModel

HEADS = 4  # of the small model


def tiled(small, shape):
    """Channels repeated; the weights of channels that are summed over are divided among the copies."""
    repeats = [large // own for large, own in zip(shape, small.shape)]
    return small.repeat(repeats) / (repeats[1] if len(repeats) == 2 else 1)


def heads(small, channels):
    """The first dimension of queries, keys or values: each head tiled to 64 channels, then heads of zeros."""
    small = small.unflatten(0, (HEADS, -1))  # (heads, channels of a head, ...)
    wide = torch.cat([small] * (64 // small.shape[1]), dim=1).flatten(0, 1)
    return torch.cat([wide, torch.zeros(channels - len(wide), *wide.shape[1:])])


def attention(name, small, shape):
    repeats = 64 * HEADS / small.shape[-1 if "out_proj.weight" in name else 0]  # of a channel within its head
    if "out_proj.weight" in name:
        return heads(small.T, shape[1]).T.repeat(shape[0] // len(small), 1) / repeats
    if "out_proj.bias" in name:
        return tiled(small, shape)
    inputs = small if small.dim() == 1 else tiled(small, (len(small), shape[1]))
    # A sum over more channels, divided by the root of their number.
    return heads(inputs, shape[0]) * (repeats ** -0.5 if "q_proj" in name else 1)


def rows(small, shape):
    """Embeddings of tokens or positions; zero where the small model has no token or position."""
    return pad(small, (0, 0, 0, shape[0] - len(small))).repeat(1, shape[1] // small.shape[1])


def patch_embedding(small, shape):
    """Patches of 8 pixels to patches of 32: the mean of 4 x 4 pixels takes the place of one."""
    small = small.repeat(shape[0] // len(small), 1, 1, 1)
    return small.repeat_interleave(4, dim=2).repeat_interleave(4, dim=3) / 16


def grown(name, small, shape):
    """The parameter of the large model that does what this one of the small model does."""
    if "self_attn" in name:
        return attention(name, small, shape)
    if "patch_embedding" in name:
        return patch_embedding(small, shape)
    if "token_embedding" in name or "position_embedding" in name:
        return rows(small, shape)
    return tiled(small, shape)


def main(small_directory, out):
    small_model = CLIPModel.from_pretrained(small_directory, dtype=torch.float32)
    text = {name: small_model.config.text_config.to_dict()[name] for name in ("bos_token_id", "eos_token_id", "pad_token_id")}
    torch.manual_seed(32)
    model = CLIPModel(CLIPConfig(
        projection_dim=512, text_config=text | {"projection_dim": 512},
        vision_config={"patch_size": 32, "image_size": 256, "projection_dim": 512}))
    small = small_model.state_dict()
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            if name in small:
                parameter.copy_(grown(name, small[name], parameter.shape))
            elif "out_proj" in name or "fc2" in name:
                parameter.zero_()  # a block of the large model only
    model.save_pretrained(out)
    for name in ("tokenizer.json", "tokenizer_config.json"):
        if (small_directory / name).exists():
            shutil.copyfile(small_directory / name, out / name)
    preprocessing = (small_directory / "preprocessor_config.json").read_text()
    (out / "preprocessor_config.json").write_text(preprocessing.replace("64", "256"))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
