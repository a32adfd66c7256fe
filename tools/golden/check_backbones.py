"""Compares `numclip embed` with the Python originals, on random directories of every family and layout in odd sizes.

    python tools/golden/check_backbones.py [--numclip ./numclip] [--only NAME] [--keep DIR]

With torch 2.15, transformers 5.24, open_clip 3.3 and timm 1.0.31. Image files go through the directory's own preprocessing:
tall, wide, gray, transparent, with a palette, turned by EXIF, tiny, and one that has the model's size already, whose features
must be equal to 1e-4 of the largest number. Nothing is written to the repository. The exit code is the number of directories
that differ.
"""
import argparse
import json
import logging
import pathlib
import subprocess
import sys
import tempfile

import numpy as np
import open_clip
import torch
import transformers
from PIL import Image, ImageOps
from safetensors.torch import load_file, save_file

import backbones

TEXTS = ["a photo of a person in their thirties.", "An  OLD man, &amp; 3 apples!", "", "caf\u00e9 \u00fcber_alles don't", "seven " * 90]
FEATURES, COSINE_16, COSINE_FILE = 1e-4, 0.999, 0.9995


# ---- Images ----

def write_images(folder, side):
    """Smooth colours and a little noise; their names say what is odd about them."""
    random = np.random.default_rng(side)

    def picture(width, height, channels=3):
        y, x = np.mgrid[0:height, 0:width]
        waves = [np.sin((x * (i + 1) / max(width, 8) + y * (3 - i) / max(height, 8)) * 4 + i) for i in range(channels)]
        noisy = np.stack(waves, -1) * 90 + 128 + random.normal(0, 12, (height, width, channels))
        return np.clip(noisy, 0, 255).astype(np.uint8)

    def save(name, image, **options):
        image.save(folder / name, **options)

    save("exact.png", Image.fromarray(picture(side, side)))
    save("tall.jpg", Image.fromarray(picture(40, 333)), quality=92)
    save("wide.png", Image.fromarray(picture(411, 37)))
    save("gray.png", Image.fromarray(picture(90, 70, 1)[..., 0]))
    save("gray.jpg", Image.fromarray(picture(91, 64, 1)[..., 0]), quality=90)
    save("rgba.png", Image.fromarray(picture(120, 95, 4), "RGBA"))
    save("gray-alpha.png", Image.fromarray(picture(60, 95, 2), "LA"))
    save("palette.png", Image.fromarray(picture(100, 130)).quantize(31))
    save("tiny.png", Image.fromarray(picture(1, 1)))
    save("small.png", Image.fromarray(picture(3, 2)))
    turned = Image.Exif()
    turned[0x0112] = 6
    save("turned.jpg", Image.fromarray(picture(150, 80)), quality=95, exif=turned)
    return sorted(folder.glob("*.*"))


# ---- Directories ----

class Case:
    """A directory, and the features that its library gives."""

    def __init__(self, name, side, images, texts, tokenize, causal):
        self.name, self.side, self.causal = name, side, causal
        self.images, self.texts, self.tokenize = images, texts, tokenize


def seeded(model, seed):
    """Weights that make all parts matter."""
    generator = torch.Generator().manual_seed(seed)
    with torch.no_grad():
        for name, weight in model.named_parameters():
            if weight.dim() == 0 or name == "logit_bias":
                continue
            size = weight.shape[-1] ** -0.5 * 1.2 if weight.dim() > 1 else 0.15
            centre = 1 if weight.dim() == 1 and name.endswith("weight") else 0
            weight.copy_(torch.randn(weight.shape, generator=generator) * size + centre)
    return model.eval()


def of_transformers(folder, model, tokenizer, processor, padding, dtype=torch.float32, shard="50GB"):
    model.to(dtype).save_pretrained(folder, max_shard_size=shard)
    model.float()  # the numbers that were stored, in float32 arithmetic
    if tokenizer is not None:
        tokenizer.save_pretrained(folder)
    processor.save_pretrained(folder)
    texts, tokenize, causal = None, None, True
    if tokenizer is not None:
        read = transformers.AutoTokenizer.from_pretrained(folder)
        length = model.config.text_config.max_position_embeddings
        causal = model.config.model_type != "siglip"

        def tokenize(text):
            return read([text], padding=padding, max_length=length, truncation=True, return_tensors="pt").input_ids

        def texts(ids):
            return pooled(model.get_text_features(input_ids=ids))

    def images(picture):
        pixels = processor(images=picture, return_tensors="pt").pixel_values
        return pooled(model.get_image_features(pixel_values=pixels) if hasattr(model, "get_image_features")
                      else model(pixel_values=pixels))

    size = processor.size  # an image of it is not resized
    return Case(folder.name, size.get("shortest_edge") or size["height"], images, texts, tokenize, causal)


def pooled(output):
    embedding = getattr(output, "image_embeds", None)
    return embedding if embedding is not None else getattr(output, "pooler_output", output)


def of_open_clip(folder, config, dtype=torch.float32, prepare=None, file="open_clip_model.safetensors"):
    if prepare:
        prepare(folder)
    (folder / "open_clip_config.json").write_text(json.dumps(config))
    model = seeded(open_clip.create_model(f"local-dir:{folder}", load_weights=False), len(folder.name))
    save_file({name: tensor.to(dtype).contiguous() for name, tensor in model.state_dict().items()}, folder / file)
    model, preprocess = open_clip.create_model_from_pretrained(f"local-dir:{folder}")
    model.eval()
    tokenize = open_clip.get_tokenizer(f"local-dir:{folder}")
    side = model.visual.image_size
    return Case(folder.name, side[0] if isinstance(side, tuple) else side, lambda p: model.encode_image(preprocess(p)[None]),
                model.encode_text, tokenize, not config["model_cfg"]["text_cfg"].get("no_causal_mask", False))


def clip_tokenizer(length):
    source = backbones.GOLDEN / "clip-tiny-random"
    return transformers.CLIPTokenizerFast.from_pretrained(source, model_max_length=length)


def clip(seed, side, patch, width, heads, layers, context, act, projection, hidden=None, text_width=32, eps=1e-5):
    vision = dict(hidden_size=width, intermediate_size=hidden or 2 * width + 3, num_hidden_layers=layers, image_size=side,
                  num_attention_heads=heads, patch_size=patch, hidden_act=act, layer_norm_eps=eps)
    text = dict(vocab_size=49408, hidden_size=text_width, intermediate_size=50, num_hidden_layers=layers, hidden_act=act,
                num_attention_heads=4, max_position_embeddings=context, eos_token_id=49407, bos_token_id=49406,
                pad_token_id=49407, layer_norm_eps=eps)
    config = transformers.CLIPConfig(text_config=text, vision_config=vision, projection_dim=projection)
    return seeded(transformers.CLIPModel(config), seed)


def siglip(seed, side, patch, width, heads, layers, vocabulary, hidden=None, text_width=None, act="gelu_pytorch_tanh"):
    vision = dict(hidden_size=width, intermediate_size=hidden or 2 * width + 5, num_hidden_layers=layers, image_size=side,
                  num_attention_heads=heads, patch_size=patch, hidden_act=act)
    text = dict(vocab_size=vocabulary, hidden_size=text_width or width, intermediate_size=37, num_hidden_layers=layers,
                num_attention_heads=2, max_position_embeddings=64, projection_size=width, hidden_act=act)
    return seeded(transformers.SiglipModel(transformers.SiglipConfig(text_config=text, vision_config=vision)), seed)


def metaclip(seed, folder, side, patch, width, heads, projection, layers=2):
    tokenizer = xlm(folder)
    text = dict(vocab_size=80, hidden_size=36, intermediate_size=70, num_hidden_layers=layers, num_attention_heads=3,
                max_position_embeddings=13, hidden_act="gelu", eos_token_id=2, bos_token_id=0, pad_token_id=1)
    vision = dict(hidden_size=width, intermediate_size=2 * width, num_hidden_layers=layers, num_attention_heads=heads,
                  image_size=side, patch_size=patch, hidden_act="gelu")
    config = transformers.MetaClip2Config(text_config=text, vision_config=vision, projection_dim=projection)
    return seeded(transformers.MetaClip2Model(config), seed), tokenizer


def xlm(folder):
    backbones.sentence_pieces(folder)
    tokenizer = backbones.xlm_tokenizer(folder)
    (folder / "spiece.model").unlink()
    return tokenizer


def clip_processor(side, **options):
    return transformers.CLIPImageProcessor(size={"shortest_edge": side}, crop_size={"height": side, "width": side}, **options)


def open_clip_config(embed, vision, text, preprocess=None, **model):
    text = {"context_length": 77, "vocab_size": 49408, "width": 24, "heads": 3, "layers": 2, **text}
    return {"model_cfg": {"embed_dim": embed, "vision_cfg": vision, "text_cfg": text, **model}, "preprocess_cfg": preprocess or {}}


def timm_config(name, side, text, embed, projection, interpolation="bicubic"):
    vision = {"image_size": side, "timm_model_name": name, "timm_model_pretrained": False, "timm_pool": "map",
              "timm_proj": projection}
    half = {"mean": [0.5] * 3, "std": [0.5] * 3, "interpolation": interpolation, "resize_mode": "squash"}
    return open_clip_config(embed, vision, text, half, custom_text=True)


def siglip_text(folder, clean="canonicalize", **more):
    """With Gemma's kind of vocabulary."""
    return {"context_length": 64, "vocab_size": 420, "hf_tokenizer_name": str(folder), "tokenizer_kwargs": {"clean": clean},
            "width": 48, "heads": 3, "layers": 1, "no_causal_mask": True, "proj_bias": True, "pool_type": "last",
            "norm_kwargs": {"eps": 1e-6}, **more}


def spiece(folder):
    backbones.sentence_pieces(folder)
    tokenizer = transformers.SiglipTokenizer(str(folder / "spiece.model"))
    return tokenizer


def gemma(folder):
    backbones.gemma_tokenizer().save_pretrained(folder)


def both_layouts(folder, names):
    """Two configurations, and the weights of one of them."""
    model = clip(5, 40, 8, 32, 2, 2, 20, "gelu", 16)
    if names == "transformers":
        case = of_transformers(folder, model, clip_tokenizer(20), clip_processor(40), True)
        other = open_clip_config(16, {"image_size": 40, "patch_size": 8, "width": 32, "layers": 2, "head_width": 16}, {})
        (folder / "open_clip_config.json").write_text(json.dumps(other))
        return case
    model.config.save_pretrained(folder)
    vision = {"image_size": 40, "patch_size": 8, "width": 32, "layers": 2, "head_width": 16}
    return of_open_clip(folder, open_clip_config(16, vision, {}), file="model.safetensors")


def vision_only(folder, cls, old_names=False, dtype=torch.float32, **sizes):
    config = cls.config_class(**sizes)
    model = seeded(cls(config), 7)
    side = config.image_size
    siglip = "Siglip" in cls.__name__
    processor = backbones.siglip_processor(side) if siglip else clip_processor(side)
    case = of_transformers(folder, model, None, processor, True, dtype)
    if old_names:  # as transformers 4 wrote them
        file = folder / "model.safetensors"
        tensors = {f"vision_model.{name}": tensor.clone() for name, tensor in load_file(file).items()}
        save_file(tensors, file, {"format": "pt"})
    return case


def cases():
    """The makers of directories by name."""
    t, half, brain = transformers, torch.float16, torch.bfloat16
    odd = dict(hidden_size=48, intermediate_size=77, num_hidden_layers=1, num_attention_heads=3, image_size=40, patch_size=9)
    return {
        "clip-72-9": lambda f: of_transformers(f, clip(1, 72, 9, 48, 3, 5, 13, "gelu", 20), clip_tokenizer(13),
                                               clip_processor(72), True),
        "clip-one-layer-half": lambda f: of_transformers(f, clip(2, 50, 7, 48, 3, 1, 77, "quick_gelu", 64), clip_tokenizer(77),
                                                         clip_processor(50), True, half),
        "clip-shards-brain": lambda f: of_transformers(f, clip(3, 33, 11, 40, 5, 5, 64, "gelu_pytorch_tanh", 12, eps=1e-6),
                                                       clip_tokenizer(64), clip_processor(33, resample=2), True, brain, "200KB"),
        "clip-padded-resize": lambda f: of_transformers(f, clip(4, 40, 8, 32, 2, 2, 20, "gelu", 16), clip_tokenizer(20),
            t.CLIPImageProcessor(size={"shortest_edge": 47}, crop_size={"height": 40, "width": 40}), True),
        "both-transformers": lambda f: both_layouts(f, "transformers"),
        "both-open-clip": lambda f: both_layouts(f, "open_clip"),
        "siglip2-so400m-like": lambda f: of_transformers(f, siglip(6, 42, 14, 72, 2, 3, 420, hidden=int(72 * 3.7362), text_width=36),
                                                         backbones.gemma_tokenizer(), backbones.siglip_processor(42), "max_length"),
        "siglip-shards-half": lambda f: of_transformers(f, siglip(7, 48, 16, 48, 3, 1, 70), spiece(f), backbones.siglip_processor(48),
                                                        "max_length", half, "40KB"),
        "siglip-gelu": lambda f: of_transformers(f, siglip(8, 35, 5, 30, 3, 2, 420, act="gelu"), backbones.gemma_tokenizer(),
                                                 backbones.siglip_processor(35), "max_length", brain),
        "metaclip-2": lambda f: (lambda made: of_transformers(f, made[0], made[1], clip_processor(45), True))(
            metaclip(9, f, 45, 9, 48, 3, 20)),
        "metaclip-2-squashed": lambda f: (lambda made: of_transformers(f, made[0], made[1], t.CLIPImageProcessor(
            size={"height": 30, "width": 30}, do_center_crop=False), True, half))(metaclip(10, f, 30, 7, 24, 2, 24, 5)),
        "open-clip-quick": lambda f: of_open_clip(f, open_clip_config(
            20, {"image_size": 72, "patch_size": 9, "width": 48, "layers": 5, "head_width": 16}, {"context_length": 13},
            quick_gelu=True), half),
        "open-clip-so400m-like": lambda f: of_open_clip(f, open_clip_config(
            24, {"image_size": 42, "patch_size": 14, "width": 72, "layers": 1, "head_width": 36, "mlp_ratio": 3.7362},
            {"context_length": 64, "width": 48, "mlp_ratio": 3.7362, "act_kwargs": {"approximate": "tanh"}},
            {"mean": [0.5] * 3, "std": [0.5] * 3, "resize_mode": "squash"}, custom_text=True, init_logit_bias=-10), brain,
            file="open_clip_pytorch_model.safetensors"),
        "open-clip-eps": lambda f: of_open_clip(f, open_clip_config(
            48, {"image_size": 40, "patch_size": 9, "width": 30, "layers": 2, "head_width": 10, "norm_kwargs": {"eps": 1e-6}},
            {"norm_kwargs": {"eps": 1e-6}, "context_length": 32}, {"interpolation": "bilinear"}, custom_text=True)),
        "timm-siglip": lambda f: of_open_clip(f, timm_config("vit_base_patch16_siglip_224", 224, siglip_text(
            f, mlp_ratio=3.7362), 768, "none"), half, gemma),
        "timm-siglip2-256": lambda f: of_open_clip(f, timm_config("vit_base_patch32_siglip_256", 256, siglip_text(
            f, act_kwargs={"approximate": "tanh"}, clean="lower"), 768, "none"), brain, gemma),
        "timm-pe-core": lambda f: of_open_clip(f, timm_config("vit_pe_core_tiny_patch16_384", 384, {
            "context_length": 32}, 40, None, "bilinear"), half),
        "timm-pe-core-small": lambda f: of_open_clip(f, timm_config("vit_pe_core_small_patch16_384", 384, {
            "context_length": 32, "layers": 5}, 20, None, "bilinear"), brain),
        "vision-clip": lambda f: vision_only(f, t.CLIPVisionModel, **odd),
        "vision-clip-old": lambda f: vision_only(f, t.CLIPVisionModel, True, hidden_act="gelu", **odd),
        "vision-clip-projected": lambda f: vision_only(f, t.CLIPVisionModelWithProjection, dtype=half, projection_dim=20, **odd),
        "vision-siglip": lambda f: vision_only(f, t.SiglipVisionModel, **odd),
        "vision-siglip-old": lambda f: vision_only(f, t.SiglipVisionModel, True, brain, **odd),
        "vision-metaclip-2": lambda f: vision_only(f, t.MetaClip2VisionModel, hidden_act="gelu", **odd),
        "vision-metaclip-2-projected": lambda f: vision_only(f, t.MetaClip2VisionModelWithProjection, projection_dim=70, **odd),
    }


# ---- Comparison ----

def embed(numclip, folder, files, texts, precision):
    command = [numclip, "embed", "--model", folder, "--format", "json", "--precision", precision, "--image", *files]
    if texts:
        command += ["--text", *texts]
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True)
    if done.returncode != 0:
        raise ValueError(f"exit code {done.returncode}: {done.stderr.strip()}")
    return json.loads(done.stdout)


def cosine(a, b):
    return float(a @ b / (np.linalg.norm(a) * np.linalg.norm(b)))


def apart(found, expected):
    """The largest difference, as a share of the largest number or of 1."""
    return float(np.abs(found - expected).max() / max(1, np.abs(expected).max()))


def trimmed(ids):
    """What a causal tower sees: the ids up to the first of the largest one, or of the last."""
    ids = list(ids)
    end = ids.index(max(ids)) if max(ids) > 1000 else ids.index(2)
    return ids[:end + 1]


def compare(case, numclip, folder, files):
    faults = []
    with torch.no_grad():
        expected = [case.images(ImageOps.exif_transpose(Image.open(file)).convert("RGB"))[0].numpy() for file in files]
        ids = [case.tokenize(text) for text in TEXTS] if case.texts else []
        texts = [case.texts(each)[0].numpy() for each in ids]
    worst = {"exact": 0.0, "file": 1.0, "16 bits": 1.0, "text": 0.0}
    found = embed(numclip, folder, files, TEXTS if case.texts else [], "fp32")
    rounded = embed(numclip, folder, files, TEXTS if case.texts else [], "bf16")
    for file, ours, ours16, theirs in zip(files, found["images"], rounded["images"], expected):
        ours, ours16 = np.array(ours["embedding"]), np.array(ours16["embedding"])
        worst["file"] = min(worst["file"], cosine(ours, theirs))
        worst["16 bits"] = min(worst["16 bits"], cosine(ours16, theirs))
        if file.name == "exact.png":
            worst["exact"] = apart(ours, theirs)
        if cosine(ours, theirs) < COSINE_FILE:
            faults.append(f"{file.name}: cosine {cosine(ours, theirs):.6f}")
    for text, ours, ours16, theirs, their_ids in zip(TEXTS, found["texts"], rounded["texts"], texts, ids):
        their_ids = trimmed(their_ids[0].tolist()) if case.causal else their_ids[0].tolist()
        if ours["ids"] != their_ids:
            faults.append(f"ids of {text[:20]!r}: {ours['ids']}, expected {their_ids}")
            continue
        worst["text"] = max(worst["text"], apart(np.array(ours["embedding"]), theirs))
        worst["16 bits"] = min(worst["16 bits"], cosine(np.array(ours16["embedding"]), theirs))
    if max(worst["exact"], worst["text"]) > FEATURES or worst["16 bits"] < COSINE_16:
        faults.append("features differ")
    return worst, faults


def check(name, make, place, numclip):
    folder, pictures = place / name, place / (name + "-images")
    folder.mkdir(parents=True)
    pictures.mkdir()
    case = make(folder)
    worst, faults = compare(case, numclip, folder, write_images(pictures, case.side))
    print(f"{name:28}", ", ".join(f"{key} {value:.2e}" if value < 0.5 else f"{key} {value:.6f}" for key, value in worst.items()),
          "ok" if not faults else "DIFFERS: " + "; ".join(faults), flush=True)
    return not faults


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--numclip", default="./numclip")
    options.add_argument("--only", default="")
    options.add_argument("--keep", type=pathlib.Path)
    options = options.parse_args()
    transformers.logging.set_verbosity_error()
    transformers.logging.disable_progress_bar()
    logging.disable(logging.WARNING)
    bad = 0
    with tempfile.TemporaryDirectory() as temporary:
        place = options.keep or pathlib.Path(temporary)
        for name, make in cases().items():
            if options.only in name:
                try:
                    bad += not check(name, make, place, options.numclip)
                except ValueError as fault:
                    bad += 1
                    print(f"{name:28} DIFFERS: {fault}", flush=True)
    sys.exit(bad)


if __name__ == "__main__":
    main()
