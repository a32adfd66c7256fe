"""A CLIP of real size with random weights, in Hugging Face layout. Usage: TOKENIZER_DIR PATCH OUT

The shape of openai/clip-vit-base-patchPATCH: 224 pixels, 77 tokens, the full vocabulary, D = 512, float32. TOKENIZER_DIR
holds CLIP's own tokenizer.
"""
import json
import shutil
import sys
from pathlib import Path

import torch
from transformers import CLIPConfig, CLIPModel

tokenizer, patch, out = Path(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3])
torch.manual_seed(patch)
config = CLIPConfig(
    projection_dim=512,
    text_config={"bos_token_id": 49406, "eos_token_id": 49407, "pad_token_id": 49407, "projection_dim": 512},
    vision_config={"patch_size": patch, "image_size": 224, "projection_dim": 512})
model = CLIPModel(config)
with torch.no_grad():
    # As after training; the initial 14 leaves the predictions nearly even.
    model.logit_scale.fill_(4.6052)
    for block in (*model.vision_model.encoder.layers, *model.text_model.encoder.layers):
        # The residual branches of a fresh CLIP are too small to tell images apart.
        block.mlp.fc2.weight.mul_(4)
        block.self_attn.out_proj.weight.mul_(4)
model.save_pretrained(out)
for name in ("tokenizer.json", "tokenizer_config.json"):
    shutil.copyfile(tokenizer / name, out / name)
preprocessing = json.loads((tokenizer / "preprocessor_config.json").read_text())
preprocessing |= {"size": {"shortest_edge": 224}, "crop_size": {"height": 224, "width": 224}}
(out / "preprocessor_config.json").write_text(json.dumps(preprocessing, indent=2))
