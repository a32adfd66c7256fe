"""Makes numclip-core/src/test/resources/golden/layers.json: the pooled token and the layers of the made-up towers of `backbones.py`.

Hidden states are those that transformers gives with `output_hidden_states`, and what leaves the blocks of OpenCLIP and timm. Run it
with the versions that are in the file: `python tools/golden/layers.py`.
"""
import json

import open_clip
import timm
import torch
import transformers

from backbones import GOLDEN, PE_WATCHED, TARGET, TOWER_WATCHED
from made_up import fill, uniform

QUARTERS = [3, 6, 9]  # of twelve layers
TRANSFORMERS = {  # layers before the last, and whether there is a class token
    "metaclip-2": (transformers.MetaClip2Model, [1], True),
    "siglip": (transformers.SiglipModel, [1, 2], False),
    "image-clip": (transformers.CLIPVisionModel, [1], True),
    "image-clip-projected": (transformers.CLIPVisionModelWithProjection, [1], True),
    "image-siglip": (transformers.SiglipVisionModel, [1], False),
}
OPEN_CLIP = {"open-clip": ([1], True), "open-clip-pe-core": (QUARTERS, True), "open-clip-siglip2": (QUARTERS, False)}


def unit(x):
    return x / x.norm(dim=-1, keepdim=True)


def parts(pooled, states, class_token):
    """`states` are tokens (N, L, W) that leave layers; what is in a row behind the vector of the joint space."""
    row = [unit(pooled)]
    for tokens in states:
        if class_token:
            row.append(unit(tokens[:, 0]))
        row.append(unit(tokens[:, int(class_token):].mean(1)))
    return torch.cat(row, -1)


def noise(size):
    return torch.tensor(uniform("pixels", 2 * 3 * size * size), dtype=torch.float32).reshape(2, 3, size, size)


def case(library, pooled, row, parameters, watched):
    """Gradients are those of the sum of the row times made-up factors."""
    row.mul(torch.tensor(uniform("factors", row.numel()), dtype=torch.float32).reshape(row.shape)).sum().backward()
    gradients = {}
    for ours, (theirs, part) in watched.items():
        gradient = parameters[theirs].grad
        if gradient is not None:
            gradients[ours] = (gradient if part is None else gradient.chunk(3)[part]).norm().item()
    return {"library": library, "pooled": rounded(pooled), "layers": rounded(row), "gradients": gradients}


def rounded(rows):
    return [[float(f"{number:.6g}") for number in row] for row in rows.tolist()]


def of_transformers(name, kind, layers, class_token):
    config = kind.config_class.from_pretrained(TARGET / name)
    model = kind(config).eval()
    model.load_state_dict(fill(model.state_dict()), strict=False)
    tower = getattr(model, "vision_model", model)
    inside = "vision_model." if tower is not model else ""
    size = getattr(config, "vision_config", config).image_size
    output = tower(pixel_values=noise(size), output_hidden_states=True)
    row = parts(output.pooler_output, [output.hidden_states[i] for i in layers], class_token)
    watched = {f"vision_model.{key}": (inside + key, None) for key in TOWER_WATCHED}
    return case(f"transformers {transformers.__version__}", output.pooler_output, row, dict(model.named_parameters()), watched)


def of_open_clip(name, layers, class_token):
    model = open_clip.create_model(f"local-dir:{TARGET / name}", load_weights=False).eval()
    model.load_state_dict(fill(model.state_dict()), strict=False)
    visual = model.visual
    trunk = getattr(visual, "trunk", None)
    blocks = visual.transformer.resblocks if trunk is None else trunk.blocks
    states, last = {}, {}
    for i in layers:
        blocks[i - 1].register_forward_hook(lambda module, inputs, output, i=i: states.update({i: output}))
    end = visual.ln_post if trunk is None else trunk.attn_pool
    end.register_forward_hook(lambda module, inputs, output: last.update(pooled=output))
    size = visual.image_size
    model.encode_image(noise(size if isinstance(size, int) else size[0]))
    pooled = last["pooled"]
    pooled = pooled if pooled.dim() == 2 else pooled[:, 0]
    row = parts(pooled, [states[i] for i in layers], class_token)
    watched = PE_WATCHED if name == "open-clip-pe-core" else {}
    watched = {ours: theirs for ours, theirs in watched.items() if ours.startswith("vision_model.")}
    library = f"open_clip {open_clip.__version__}, timm {timm.__version__}"
    return case(library, pooled, row, dict(model.named_parameters()), watched)


def main():
    cases = {name: of_transformers(name, *layers) for name, layers in TRANSFORMERS.items()}
    cases.update({name: of_open_clip(name, *layers) for name, layers in OPEN_CLIP.items()})
    (GOLDEN / "layers.json").write_text(json.dumps(cases) + "\n")


if __name__ == "__main__":
    main()
