"""NumCLIP as its published code runs it, rewritten on the modules of transformers. Checked by published_check.py."""
import torch
from torch import nn
from torch.nn import functional as F
from transformers import AutoTokenizer, CLIPModel

from published_losses import SsrHead, ranking_cross_entropy, ranking_kl

CONTEXT = "age estimation: the person is a"
CONCEPTS = ["child", "teenager", "young adult", "middle adult", "older adult"]
EDGES = [0.0, 13.0, 19.0, 35.0, 65.0]
ADAPTER_RATIO = 0.8


def rank_of(age):
    """The bin of an age, 0 to 4."""
    return sum(age >= edge for edge in EDGES) - 1


class PromptLearner(nn.Module):
    """Start, context, concept, full stop, end: embeddings, of which those of the concepts are trained."""

    def __init__(self, clip, tokenizer, length):
        super().__init__()
        config = clip.config.text_config
        table = clip.text_model.embeddings.token_embedding.weight.detach()
        ids = lambda text: tokenizer(text, add_special_tokens=False)["input_ids"]
        context, stop = ids(CONTEXT), ids(".")
        concepts = [ids(concept) for concept in CONCEPTS]
        longest = 3 + len(context) + max(map(len, concepts))
        self.length = longest if length == "longest" else config.max_position_embeddings
        self.ends = torch.tensor([2 + len(context) + len(concept) for concept in concepts])
        self.before = table[torch.tensor([tokenizer.bos_token_id] + context)]
        self.after = table[torch.tensor(stop + [tokenizer.eos_token_id])]
        self.padding = table[0]
        self.concepts = nn.ParameterList([nn.Parameter(table[torch.tensor(concept)].clone()) for concept in concepts])

    def forward(self):
        """Embeddings (K, length, width) of the prompts."""
        prompts = []
        for concept in self.concepts:
            sentence = torch.cat([self.before, concept, self.after])
            padding = self.padding.expand(self.length - len(sentence), -1)
            prompts.append(torch.cat([sentence, padding]))
        return torch.stack(prompts)


class PublishedNumClip(nn.Module):
    """The model of one step: images (N, 3, H, W) to logits (N, K) and numbers (N)."""

    def __init__(self, model_directory, image_tower_learns, length="full"):
        super().__init__()
        self.clip = CLIPModel.from_pretrained(model_directory, dtype=torch.float32).requires_grad_(False)
        self.image_tower_learns = image_tower_learns
        self.clip.vision_model.requires_grad_(image_tower_learns)
        self.clip.visual_projection.requires_grad_(image_tower_learns)
        self.prompts = PromptLearner(self.clip, AutoTokenizer.from_pretrained(model_directory), length)
        width = self.clip.config.projection_dim
        self.adapter = nn.Sequential(
            nn.Linear(width, width // 4, bias=False), nn.ReLU(), nn.Linear(width // 4, width, bias=False), nn.ReLU())
        self.head = SsrHead(EDGES)

    def encode(self, pixels):
        with torch.set_grad_enabled(self.image_tower_learns and torch.is_grad_enabled()):
            return self.clip.get_image_features(pixel_values=pixels).pooler_output  # (N, D)

    def image_features(self, pixels):
        features = self.encode(pixels)
        adapted = ADAPTER_RATIO * self.adapter(features) + (1 - ADAPTER_RATIO) * features
        return F.normalize(adapted, dim=-1)  # (N, D)

    def text_features(self):
        text = self.clip.text_model
        hidden = text.embeddings(inputs_embeds=self.prompts())
        hidden = text.encoder(inputs_embeds=hidden, attention_mask=None, is_causal=True).last_hidden_state
        ends = text.final_layer_norm(hidden)[torch.arange(len(hidden)), self.prompts.ends]
        return F.normalize(self.clip.text_projection(ends), dim=-1)  # (K, D)

    def forward(self, pixels):
        logits = self.clip.logit_scale.exp() * self.image_features(pixels) @ self.text_features().T
        return logits, self.head(logits)

    def losses(self, pixels, ages):
        """The three losses of a batch, by name; their sum is what is minimised."""
        ranks = torch.tensor([rank_of(age) for age in ages.tolist()])
        logits, numbers = self(pixels)
        return {
            "image_to_text": ranking_cross_entropy(logits, ranks),
            "text_to_image": ranking_kl(logits, ranks),
            "regression": F.l1_loss(numbers, ages),
        }
