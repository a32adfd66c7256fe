"""Makes numclip-core/src/test/resources/golden/clip-gelu: a random CLIP with unusual settings, and its golden figures.

gelu instead of quick_gelu, patch 4, other widths and heads per tower, a vocabulary of 64. Run with torch 2.7.1 and
transformers: `python tools/golden/clip_small.py`.
"""
import json
import pathlib

import torch
from transformers import CLIPConfig, CLIPModel

TARGET = pathlib.Path(__file__).resolve().parents[2] / "numclip-core/src/test/resources/golden/clip-gelu"
LOSS_PARAMETERS = [
    "vision_model.embeddings.class_embedding", "vision_model.embeddings.patch_embedding.weight",
    "vision_model.pre_layrnorm.weight", "vision_model.encoder.layers.0.self_attn.k_proj.weight",
    "vision_model.encoder.layers.1.self_attn.q_proj.weight", "vision_model.encoder.layers.1.mlp.fc1.weight",
    "vision_model.post_layernorm.bias", "visual_projection.weight",
    "text_model.embeddings.token_embedding.weight", "text_model.embeddings.position_embedding.weight",
    "text_model.encoder.layers.0.self_attn.v_proj.weight", "text_model.encoder.layers.2.self_attn.q_proj.bias",
    "text_model.encoder.layers.2.mlp.fc2.weight", "text_model.final_layer_norm.weight", "text_projection.weight",
]


def model():
    torch.manual_seed(7)
    end = 63
    config = CLIPConfig(
        projection_dim=16, logit_scale_init_value=1.5,
        text_config=dict(vocab_size=64, max_position_embeddings=12, hidden_size=24, intermediate_size=40,
                         num_hidden_layers=3, num_attention_heads=3, hidden_act="gelu", layer_norm_eps=1e-6,
                         bos_token_id=end - 1, eos_token_id=end, pad_token_id=end),
        vision_config=dict(image_size=16, patch_size=4, hidden_size=32, intermediate_size=48, num_hidden_layers=2,
                           num_attention_heads=4, hidden_act="gelu", layer_norm_eps=1e-6))
    clip = CLIPModel(config).eval()
    for parameter in clip.parameters():  # moves layer norms and biases away from one and zero
        parameter.data += 0.1 * torch.randn_like(parameter)
    return clip


def radam(parameter):
    """Values after each of 8 steps (the sixth is the first rectified one), with weight decay."""
    parameter = torch.nn.Parameter(torch.tensor(parameter))
    optimizer = torch.optim.RAdam([parameter], lr=0.05, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.1)
    steps = []
    for _ in range(8):
        optimizer.zero_grad()
        (parameter ** 3).sum().backward()
        optimizer.step()
        steps.append(parameter.tolist())
    return steps


def main():
    clip = model()
    clip.save_pretrained(TARGET)
    pixels = torch.randn(3, 3, 16, 16)
    tokens = torch.randint(0, 62, (4, 9))
    ends = torch.tensor([8, 3, 5, 8])
    for row, end in enumerate(ends):
        tokens[row, end:] = 63
    images = clip.visual_projection(clip.vision_model(pixels).pooler_output)
    texts = clip.text_projection(clip.text_model(tokens).pooler_output)
    (images.square().sum() + texts.square().sum()).backward()
    parameters = dict(clip.named_parameters())
    start = [1.0, -2.0, 0.5]
    (TARGET / "figures.json").write_text(json.dumps({
        "note": "features, and the norms of the gradients of the sum of their squares",
        "pixels": pixels.flatten().tolist(), "tokens": tokens.flatten().tolist(), "ends": ends.tolist(),
        "images": images.tolist(), "texts": texts.tolist(),
        "gradients": {name: parameters[name].grad.norm().item() for name in LOSS_PARAMETERS},
        "radam": {"start": start, "steps": radam(start)},
    }))


if __name__ == "__main__":
    main()
