"""Makes numclip-core/src/test/resources/golden/backbones: relatives of CLIP with made-up weights, and their figures.

Each case is a directory as its library writes it, without the weights: those follow from the name and the place of each
number (`made_up.py`), so that the test makes the same ones. `figures.json` says which library made the figures. Run with
the versions that are in it: `python tools/golden/backbones.py`, or with the word `towers` for the image towers that stand alone
and the crops of OpenCLIP.
"""
import json
import pathlib
import shutil
import sys
import tempfile

import numpy as np
import open_clip
import sentencepiece
import timm
import torch
import transformers
from PIL import Image
from safetensors.torch import save_file
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, trainers

from made_up import fill, uniform

GOLDEN = pathlib.Path(__file__).resolve().parents[2] / "numclip-core/src/test/resources/golden"
TARGET = GOLDEN / "backbones"
IMAGES = ["landscape.png", "photo.jpg", "portrait.png"]
TEXTS = [
    "a photo of a person in their thirties.", "A Photo of  a Teenager!", "an old man", "", "a child, three years old",
    "don't_stop & go &amp; see \u201cme\u201d caf\u00e9", "seven " * 90,
]
WORDS = " ".join(TEXTS[:5]).lower().split() + (
    "the photo shows many people with few years and some old young middle aged adult children teenager elderly "
    "one two three four five six seven eight nine ten hundred picture of an image that was taken in nineteen").split()

SIGLIP_WATCHED = {
    "vision_model.embeddings.patch_embedding.weight": ("vision_model.embeddings.patch_embedding.weight", None),
    "vision_model.embeddings.patch_embedding.bias": ("vision_model.embeddings.patch_embedding.bias", None),
    "vision_model.embeddings.position_embedding.weight": ("vision_model.embeddings.position_embedding.weight", None),
    "vision_model.encoder.layers.0.self_attn.k_proj.weight": ("vision_model.encoder.layers.0.self_attn.k_proj.weight", None),
    "vision_model.encoder.layers.2.mlp.fc1.weight": ("vision_model.encoder.layers.2.mlp.fc1.weight", None),
    "vision_model.head.probe": ("vision_model.head.probe", None),
    "vision_model.head.attention.q_proj.weight": ("vision_model.head.attention.in_proj_weight", 0),
    "vision_model.head.attention.v_proj.bias": ("vision_model.head.attention.in_proj_bias", 2),
    "vision_model.head.mlp.fc2.weight": ("vision_model.head.mlp.fc2.weight", None),
    "text_model.embeddings.token_embedding.weight": ("text_model.embeddings.token_embedding.weight", None),
    "text_model.encoder.layers.1.self_attn.q_proj.weight": ("text_model.encoder.layers.1.self_attn.q_proj.weight", None),
    "text_projection.weight": ("text_model.head.weight", None),
    "text_projection.bias": ("text_model.head.bias", None),
}
PE_WATCHED = {
    "vision_model.embeddings.class_embedding": ("visual.trunk.cls_token", None),
    "vision_model.encoder.layers.0.self_attn.q_proj.weight": ("visual.trunk.blocks.0.attn.qkv.weight", 0),
    "vision_model.encoder.layers.11.self_attn.k_proj.weight": ("visual.trunk.blocks.11.attn.qkv.weight", 1),
    "vision_model.pre_layrnorm.weight": ("visual.trunk.norm_pre.weight", None),
    "vision_model.head.attention.q_proj.weight": ("visual.trunk.attn_pool.q.weight", None),
    "visual_projection.weight": ("visual.trunk.head.weight", None),
    "text_projection.weight": ("text.text_projection", None),
}
TOWER_WATCHED = ["embeddings.patch_embedding.weight", "embeddings.position_embedding.weight",
                 "encoder.layers.0.self_attn.q_proj.weight", "encoder.layers.0.mlp.fc2.bias", "post_layernorm.weight"]


# ---- Tokenizers ----

def sentence_pieces(folder):
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter([" ".join(WORDS[i:] + WORDS[:i]) for i in range(len(WORDS))]),
        model_prefix=str(folder / "spiece"), vocab_size=70, model_type="unigram", pad_id=0, eos_id=1, unk_id=2,
        bos_id=-1, num_threads=1)
    (folder / "spiece.vocab").unlink()


def byte_pairs():
    """As Gemma's: a sign for spaces, bytes for unknown letters."""
    tokenizer = Tokenizer(models.BPE(byte_fallback=True, fuse_unk=True, unk_token="<unk>"))
    tokenizer.normalizer = normalizers.Replace(" ", "\u2581")
    special = ["<pad>", "<eos>", "<bos>", "<unk>", "<mask>"] + [f"<0x{i:02X}>" for i in range(256)]
    trainer = trainers.BpeTrainer(vocab_size=420, special_tokens=special, show_progress=False)
    words = [w for word in WORDS for w in (word, " " + word)]
    tokenizer.train_from_iterator(words, trainer)
    model = json.loads(tokenizer.to_str())["model"]
    return model["vocab"], [tuple(merge) for merge in model["merges"]]


# ---- Figures ----

def figures(folder, library, image_features, text_features, preprocess, tokenize, state, size, parameters=(),
            watched=None):
    """`watched` has, by our name of a weight, its name here and which third of it is meant, or None."""
    images = []
    for name in IMAGES:
        picture = Image.open(GOLDEN / "images" / name)
        pixels = preprocess(picture)
        images.append({"file": name, "pixels": first(pixels), "embedding": image_features(pixels[None])[0].tolist()})
    noise = torch.tensor(uniform("pixels", 2 * 3 * size * size), dtype=torch.float32).reshape(2, 3, size, size)
    texts = []
    for text in TEXTS if tokenize else []:
        ids = tokenize(text)
        texts.append({"text": text, "ids": ids[0].tolist(), "embedding": text_features(ids)[0].tolist()})
    gradients = {}
    if watched:
        with torch.enable_grad():
            total = image_features(noise).square().sum()
            if tokenize:
                total = total + text_features(tokenize(TEXTS[0])).square().sum()
            total.backward()
        gradients = {ours: norm(parameters[theirs].grad, part) for ours, (theirs, part) in watched.items()}
    (folder / "figures.json").write_text(json.dumps({
        "library": library,
        "tensors": {name: list(tensor.shape) for name, tensor in state.items()},
        "images": images, "texts": texts, "pixels": image_features(noise).tolist(),
        "gradients": gradients,
    }))


def norm(gradient, part):
    return (gradient if part is None else gradient.chunk(3)[part]).norm().item()


def first(pixels):
    """Enough of the pixels to see that they are the same."""
    return pixels.flatten()[:: max(1, pixels.numel() // 200)].tolist()


def of_open_clip(name, config, prepare=None, image_size=None, watched=None):
    folder = TARGET / name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    if prepare:
        prepare(folder)
    (folder / "open_clip_config.json").write_text(json.dumps(config, indent=2) + "\n")
    with tempfile.TemporaryDirectory() as place:
        whole = pathlib.Path(place) / "model"
        shutil.copytree(folder, whole)
        stored = json.loads(json.dumps(config))
        if image_size:  # the positions of another grid
            stored["model_cfg"]["vision_cfg"]["image_size"] = image_size
        (whole / "open_clip_config.json").write_text(json.dumps(stored))
        state = fill(open_clip.create_model(f"local-dir:{whole}", load_weights=False).state_dict())
        save_file(state, whole / "open_clip_model.safetensors")
        (whole / "open_clip_config.json").write_text(json.dumps(config))
        model, preprocess = open_clip.create_model_from_pretrained(f"local-dir:{whole}")
        model.eval()
        tokenizer = open_clip.get_tokenizer(f"local-dir:{whole}")
        with torch.no_grad():
            figures(folder, f"open_clip {open_clip.__version__}, timm {timm.__version__}", model.encode_image,
                    model.encode_text, preprocess, tokenizer, state, model.visual.image_size[0]
                    if isinstance(model.visual.image_size, tuple) else model.visual.image_size,
                    dict(model.named_parameters()), watched)


def of_transformers(name, model, tokenizer, processor, padding):
    folder = TARGET / name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    state = fill(model.state_dict())
    model.load_state_dict(state, strict=False)
    model.eval()
    model.config.save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    processor.save_pretrained(folder)
    read = transformers.AutoTokenizer.from_pretrained(folder)
    length = model.config.text_config.max_position_embeddings

    def tokenize(text):
        return read([text], padding=padding, max_length=length, truncation=True, return_tensors="pt").input_ids

    def images(pixels):
        output = model.get_image_features(pixel_values=pixels)
        return getattr(output, "pooler_output", output)

    def texts(ids):
        output = model.get_text_features(input_ids=ids)
        return getattr(output, "pooler_output", output)

    def preprocess(picture):
        return processor(images=picture.convert("RGB"), return_tensors="pt").pixel_values[0]

    with torch.no_grad():
        figures(folder, f"transformers {transformers.__version__}", images, texts, preprocess, tokenize, state,
                model.config.vision_config.image_size, dict(model.named_parameters()), SIGLIP_WATCHED
                if isinstance(model, transformers.SiglipModel) else None)


def gemma_tokenizer():
    vocabulary, merges = byte_pairs()
    return transformers.models.siglip2.tokenization_siglip2.Siglip2Tokenizer(
        vocab=vocabulary, merges=merges, padding_side="right", add_bos_token=False, add_eos_token=True,
        model_input_names=["input_ids"])


def siglip_config(vocabulary):
    text = dict(vocab_size=vocabulary, hidden_size=32, intermediate_size=40, num_hidden_layers=2, num_attention_heads=2,
                max_position_embeddings=16, projection_size=24)
    vision = dict(hidden_size=24, intermediate_size=44, num_hidden_layers=3, num_attention_heads=3, image_size=35,
                  patch_size=8)
    return transformers.SiglipConfig(text_config=text, vision_config=vision)


def siglip_processor(size):
    return transformers.SiglipImageProcessor(size={"height": size, "width": size})


def main():
    TARGET.mkdir(parents=True, exist_ok=True)
    towers()
    crops()
    if sys.argv[1:] != ["towers"]:
        whole_models()


def whole_models():
    tokens = dict(vocab_size=49408, width=16, heads=2, layers=2)
    of_open_clip("open-clip", {
        "model_cfg": {
            "embed_dim": 12, "quick_gelu": True,
            "vision_cfg": {"image_size": 37, "patch_size": 8, "width": 32, "layers": 2, "head_width": 16, "mlp_ratio": 3},
            "text_cfg": {"context_length": 20, **tokens}},
        "preprocess_cfg": {"mean": [0.5, 0.4, 0.3], "std": [0.2, 0.25, 0.3]}})
    of_open_clip("open-clip-custom", {
        "model_cfg": {
            "embed_dim": 20, "custom_text": True,
            "vision_cfg": {"image_size": 56, "patch_size": 8, "width": 40, "layers": 2, "head_width": 20,
                           "act_kwargs": {"approximate": "tanh"}, "norm_kwargs": {"eps": 1e-6}},
            "text_cfg": {"context_length": 77, "no_causal_mask": True, **tokens}},
        "preprocess_cfg": {"interpolation": "bilinear", "resize_mode": "squash"}}, image_size=40)
    of_open_clip("open-clip-pe-core", {
        "model_cfg": {
            "embed_dim": 12, "custom_text": True,
            "vision_cfg": {"image_size": 384, "timm_model_name": "vit_pe_core_tiny_patch16_384",
                           "timm_model_pretrained": False, "timm_pool": "map", "timm_proj": None},
            "text_cfg": {"context_length": 32, **tokens}},
        "preprocess_cfg": {"mean": [0.5, 0.5, 0.5], "std": [0.5, 0.5, 0.5], "interpolation": "bilinear",
                           "resize_mode": "squash"}}, watched=PE_WATCHED)

    def gemma(folder):
        gemma_tokenizer().save_pretrained(folder)

    of_open_clip("open-clip-siglip2", {
        "model_cfg": {
            "embed_dim": 768, "init_logit_bias": -10, "custom_text": True,
            "vision_cfg": {"image_size": 256, "timm_model_name": "vit_base_patch32_siglip_256",
                           "timm_model_pretrained": False, "timm_pool": "map", "timm_proj": "none"},
            "text_cfg": {"context_length": 16, "vocab_size": 420, "hf_tokenizer_name": "any/name",
                         "tokenizer_kwargs": {"clean": "canonicalize"}, "width": 32, "heads": 2, "layers": 2,
                         "mlp_ratio": 3.7362, "no_causal_mask": True, "proj_bias": True, "pool_type": "last",
                         "norm_kwargs": {"eps": 1e-6}, "act_kwargs": {"approximate": "tanh"}}},
        "preprocess_cfg": {"mean": [0.5, 0.5, 0.5], "std": [0.5, 0.5, 0.5], "resize_mode": "squash"}}, gemma)

    torch.manual_seed(1)
    of_transformers("siglip2", transformers.SiglipModel(siglip_config(420)), gemma_tokenizer(), siglip_processor(35),
                    "max_length")
    with tempfile.TemporaryDirectory() as place:
        sentence_pieces(pathlib.Path(place))
        pieces = transformers.SiglipTokenizer(str(pathlib.Path(place) / "spiece.model"))
        of_transformers("siglip", transformers.SiglipModel(siglip_config(70)), pieces, siglip_processor(35),
                        "max_length")
        of_transformers("metaclip-2", metaclip(), xlm_tokenizer(pathlib.Path(place)), transformers.CLIPImageProcessor(
            size={"shortest_edge": 24}, crop_size={"height": 24, "width": 24}), True)


# ---- Image towers that stand alone ----

def tower_sizes(**more):
    return dict(hidden_size=24, intermediate_size=43, num_hidden_layers=2, num_attention_heads=3, image_size=40, patch_size=9,
                **more)


def tower(name, cls, processor, prefix="", projected=False, **more):
    """`prefix` stands before the names of the tensors in the file: transformers 4 wrote one, 5 does not."""
    folder = TARGET / name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    model = cls(cls.config_class(**tower_sizes(**more))).eval()
    state = fill({prefix + key: value for key, value in model.state_dict().items()})
    model.load_state_dict({key[len(prefix):]: value for key, value in state.items()}, strict=False)
    model.config.save_pretrained(folder)
    config = json.loads((folder / "config.json").read_text())
    (folder / "config.json").write_text(json.dumps({**config, "architectures": [cls.__name__]}, indent=2) + "\n")
    processor.save_pretrained(folder)
    inside = "vision_model." if projected else ""
    watched = {f"vision_model.{key}": (inside + key, None) for key in TOWER_WATCHED}

    def images(pixels):
        output = model(pixel_values=pixels)
        return output.image_embeds if projected else output.pooler_output

    def preprocess(picture):
        return processor(images=picture.convert("RGB"), return_tensors="pt").pixel_values[0]

    with torch.no_grad():
        figures(folder, f"transformers {transformers.__version__}", images, None, preprocess, None, state, 40,
                dict(model.named_parameters()), watched)


def towers():
    clip = transformers.CLIPImageProcessor(size={"shortest_edge": 40}, crop_size={"height": 40, "width": 40})
    tower("image-clip", transformers.CLIPVisionModel, clip, hidden_act="gelu")
    tower("image-clip-4", transformers.CLIPVisionModel, clip, "vision_model.")
    tower("image-clip-projected", transformers.CLIPVisionModelWithProjection, clip, projected=True, projection_dim=10)
    tower("image-metaclip-2", transformers.MetaClip2VisionModel, clip, hidden_act="gelu")
    tower("image-siglip", transformers.SiglipVisionModel, siglip_processor(40))


def crops():
    """Where OpenCLIP crops images that are 8 pixels high and wider than that: the first column that is kept, by the width."""
    transform = open_clip.image_transform(8, False, mean=(0, 0, 0), std=(1, 1, 1))
    starts = {}
    for width in range(8, 22):
        ramp = np.broadcast_to(np.arange(width, dtype=np.uint8)[None, :, None], (8, width, 3))
        starts[width] = round(transform(Image.fromarray(np.ascontiguousarray(ramp)))[0, 0, 0].item() * 255)
    (GOLDEN / "center-crop.json").write_text(json.dumps({"library": f"open_clip {open_clip.__version__}", "starts": starts}) + "\n")


def metaclip():
    text = dict(vocab_size=80, hidden_size=32, intermediate_size=40, num_hidden_layers=2, num_attention_heads=2,
                max_position_embeddings=18, hidden_act="gelu", eos_token_id=2, bos_token_id=0, pad_token_id=1)
    vision = dict(hidden_size=24, intermediate_size=44, num_hidden_layers=2, num_attention_heads=2, image_size=24,
                  patch_size=8, hidden_act="gelu")
    return transformers.MetaClip2Model(transformers.MetaClip2Config(text_config=text, vision_config=vision,
                                                                    projection_dim=12))


def xlm_tokenizer(folder):
    processor = sentencepiece.SentencePieceProcessor(str(folder / "spiece.model"))
    pieces = [("<s>", 0.0), ("<pad>", 0.0), ("</s>", 0.0), ("<unk>", 0.0)]
    pieces += [(processor.id_to_piece(i), processor.get_score(i)) for i in range(3, processor.get_piece_size())]
    return transformers.XLMRobertaTokenizerFast(vocab=pieces)


if __name__ == "__main__":
    main()
