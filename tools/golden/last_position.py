"""Makes numclip-core/src/test/resources/golden/backbones/open-clip-last: a causal text tower of OpenCLIP that is read at its last
position, padding or not (`pool_type: last`), after transformers.

No model is published like that. CLIP's towers in transformers are the same network, and give the hidden state of each position:
here that of the last one, for ids that are padded with 0 up to the context, as OpenCLIP's tokenizer does.

    python tools/golden/last_position.py   (torch and transformers)
"""
import json
import pathlib

import torch
import transformers

from made_up import fill, uniform

GOLDEN = pathlib.Path(__file__).resolve().parents[2] / "numclip-core/src/test/resources/golden"
TARGET = GOLDEN / "backbones/open-clip-last"
TEXTS = ["a photo of a person in their thirties.", "A Photo of a Teenager!", "an old man", "", "seven " * 90]
SIDE, PATCH, WIDTH, TEXT_WIDTH, LAYERS, HEADS, EMBEDDING, CONTEXT, VOCABULARY = 24, 8, 24, 16, 2, 2, 12, 20, 49408

PARTS = {"ln_1": "layer_norm1", "ln_2": "layer_norm2", "attn.out_proj": "self_attn.out_proj", "mlp.c_fc": "mlp.fc1", "mlp.c_proj": "mlp.fc2"}
WHOLE = {
    "visual.class_embedding": "vision_model.embeddings.class_embedding",
    "visual.conv1.weight": "vision_model.embeddings.patch_embedding.weight",
    "visual.positional_embedding": "vision_model.embeddings.position_embedding.weight",
    "visual.ln_pre.weight": "vision_model.pre_layrnorm.weight",
    "visual.ln_pre.bias": "vision_model.pre_layrnorm.bias",
    "visual.ln_post.weight": "vision_model.post_layernorm.weight",
    "visual.ln_post.bias": "vision_model.post_layernorm.bias",
    "text.token_embedding.weight": "text_model.embeddings.token_embedding.weight",
    "text.positional_embedding": "text_model.embeddings.position_embedding.weight",
    "text.ln_final.weight": "text_model.final_layer_norm.weight",
    "text.ln_final.bias": "text_model.final_layer_norm.bias",
    "logit_scale": "logit_scale",
}
TRANSPOSED = {"visual.proj": "visual_projection.weight", "text.text_projection": "text_projection.weight"}


def model():
    sizes = dict(num_hidden_layers=LAYERS, num_attention_heads=HEADS, hidden_act="gelu")
    text = dict(vocab_size=VOCABULARY, hidden_size=TEXT_WIDTH, intermediate_size=4 * TEXT_WIDTH, max_position_embeddings=CONTEXT,
                eos_token_id=VOCABULARY - 1, bos_token_id=VOCABULARY - 2, pad_token_id=0, **sizes)
    vision = dict(hidden_size=WIDTH, intermediate_size=4 * WIDTH, image_size=SIDE, patch_size=PATCH, **sizes)
    return transformers.CLIPModel(transformers.CLIPConfig(text_config=text, vision_config=vision, projection_dim=EMBEDDING)).eval()


def parts():
    """Beginnings of the names of each layer in transformers and in OpenCLIP, and the ends."""
    for tower, prefix in (("vision_model", "visual"), ("text_model", "text")):
        for i in range(LAYERS):
            for end in ("weight", "bias"):
                yield f"{tower}.encoder.layers.{i}.", f"{prefix}.transformer.resblocks.{i}.", end


def open_clip_names(state):
    """The tensors of transformers as OpenCLIP stores them."""
    stored = {ours: state[theirs] for ours, theirs in WHOLE.items()}
    stored |= {ours: state[theirs].T for ours, theirs in TRANSPOSED.items()}
    for layer, block, end in parts():
        stored[f"{block}attn.in_proj_{end}"] = torch.cat([state[f"{layer}self_attn.{each}_proj.{end}"] for each in "qkv"])
        stored |= {f"{block}{ours}.{end}": state[f"{layer}{theirs}.{end}"] for ours, theirs in PARTS.items()}
    return stored


def transformers_names(stored):
    state = {theirs: stored[ours] for ours, theirs in WHOLE.items()}
    state |= {theirs: stored[ours].T for ours, theirs in TRANSPOSED.items()}
    for layer, block, end in parts():
        thirds = stored[f"{block}attn.in_proj_{end}"].chunk(3)
        state |= {f"{layer}self_attn.{each}_proj.{end}": third for each, third in zip("qkv", thirds)}
        state |= {f"{layer}{theirs}.{end}": stored[f"{block}{ours}.{end}"] for ours, theirs in PARTS.items()}
    return state


def config():
    sizes = {"layers": LAYERS}
    return {
        "model_cfg": {
            "embed_dim": EMBEDDING, "custom_text": True,
            "vision_cfg": {"image_size": SIDE, "patch_size": PATCH, "width": WIDTH, "head_width": WIDTH // HEADS, **sizes},
            "text_cfg": {"context_length": CONTEXT, "vocab_size": VOCABULARY, "width": TEXT_WIDTH, "heads": HEADS,
                         "pool_type": "last", **sizes}},
        "preprocess_cfg": {}}


def main():
    clip = model()
    stored = fill(open_clip_names(clip.state_dict()))
    clip.load_state_dict(transformers_names(stored), strict=False)
    tokenizer = transformers.CLIPTokenizerFast.from_pretrained(GOLDEN / "clip-tiny-random", model_max_length=CONTEXT)
    texts = []
    with torch.no_grad():
        for text in TEXTS:
            ids = tokenizer([text], truncation=True).input_ids[0]
            ids += [0] * (CONTEXT - len(ids))
            hidden = clip.text_model(input_ids=torch.tensor([ids])).last_hidden_state  # (1, L, W)
            texts.append({"text": text, "ids": ids, "embedding": clip.text_projection(hidden[0, -1]).tolist()})
        noise = torch.tensor(uniform("pixels", 2 * 3 * SIDE * SIDE), dtype=torch.float32).reshape(2, 3, SIDE, SIDE)
        images = clip.visual_projection(clip.vision_model(pixel_values=noise).pooler_output).tolist()
    TARGET.mkdir(parents=True, exist_ok=True)
    (TARGET / "open_clip_config.json").write_text(json.dumps(config(), indent=2) + "\n")
    (TARGET / "figures.json").write_text(json.dumps({
        "library": f"transformers {transformers.__version__}",
        "tensors": {name: list(tensor.shape) for name, tensor in stored.items()},
        "images": [], "texts": texts, "pixels": images, "gradients": {}}))


if __name__ == "__main__":
    main()
