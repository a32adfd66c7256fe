"""Writes golden/prompts.json: prompt ensembles, CoOp and OrdinalCLIP on the random CLIP of the golden files.

Towers by transformers 5.24.0 on torch 2.7.1; trained embeddings replace the output of the token embedding. The rest is
written here from the papers: Radford et al. 2021 (3.1.4, ensembles), Zhou et al. 2022 (CoOp, eq. 2 and 3), Li et al. 2022
(OrdinalCLIP, 3.2, with the weights and the padding of its code). Needs numpy, torch, transformers.

    python tools/golden/prompts.py numclip-core/src/test/resources/golden/clip-tiny-random \
        numclip-core/src/test/resources/golden/prompts.json
"""

import json
import sys

import torch
from transformers import AutoTokenizer, CLIPModel

CONCEPTS = ["child", "teenager", "young adult", "middle adult", "older adult"]
SCALE = 10.0


class Reader:
    """Computes prototypes from sentences of embeddings, and the loss."""

    def __init__(self, directory):
        self.model = CLIPModel.from_pretrained(directory, dtype=torch.float32).eval()
        self.model.requires_grad_(False)
        self.tokenizer = AutoTokenizer.from_pretrained(directory)
        self.embedding = self.model.text_model.embeddings.token_embedding
        generator = torch.Generator().manual_seed(5)
        images = torch.randn(6, self.model.config.projection_dim, generator=generator)
        self.images = torch.nn.functional.normalize(images, dim=1)
        self.labels = torch.tensor([0, 1, 2, 3, 4, 2])

    def words(self, text):
        ids = self.tokenizer(text, add_special_tokens=False)["input_ids"] if text else []
        return self.embedding(torch.tensor(ids, dtype=torch.long))

    def features(self, before, concept, after):
        """One sentence: start, before, concept, after, full stop, end."""
        start, stop, end = (self.embedding(torch.tensor([i])) for i in (49406, 269, 49407))
        sentence = torch.cat([start, before, concept, after, stop, end])[None]
        ids = torch.zeros(1, sentence.shape[1], dtype=torch.long)
        ids[0, -1] = 49407
        hook = self.embedding.register_forward_hook(lambda *_: sentence)
        output = self.model.text_model(input_ids=ids).pooler_output
        hook.remove()
        return torch.nn.functional.normalize(self.model.text_projection(output), dim=1)[0]

    def loss(self, prototypes):
        return torch.nn.functional.cross_entropy(SCALE * self.images @ prototypes.T, self.labels)


def case(reader, name, prototypes, trained, **more):
    loss = reader.loss(prototypes)
    gradients = torch.autograd.grad(loss, list(trained.values()))
    return {
        "name": name,
        **more,
        "prototypes": prototypes.tolist(),
        "loss": loss.item(),
        "gradients": {key: gradient.tolist() for key, gradient in zip(trained, gradients)},
    }


def coop(reader, name, tokens, before):
    generator = torch.Generator().manual_seed(7)
    context = 0.02 * torch.randn(tokens, reader.embedding.weight.shape[1], generator=generator)
    context.requires_grad_()
    rows = [reader.features(context[:before], reader.words(c), context[before:]) for c in CONCEPTS]
    return case(reader, name, torch.stack(rows), {"context": context}, context=context.tolist())


def middle(reader, words):
    """OrdinalCLIP's position "middle": half of the context's tokens, rounded down, before the concept."""
    context = reader.words(words).requires_grad_()
    half = len(context) // 2
    rows = [reader.features(context[:half], reader.words(c), context[half:]) for c in CONCEPTS]
    return case(reader, "context middle", torch.stack(rows), {"context": context}, words=words)


def padded(reader, words):
    longest = max(len(reader.words(word)) for word in words)
    fill = reader.embedding(torch.tensor([0]))
    return torch.stack([torch.cat([reader.words(w)] + [fill] * (longest - len(reader.words(w)))) for w in words])


def ordinalclip(reader, name, base, interpolation):
    functions = {
        "linear": lambda d: 1 - d / 4,
        "inverse-proportion": lambda d: 1 / (d + 1e-5),
        "normal": lambda d: torch.exp(-d * d),
    }
    positions = torch.linspace(0, 4, base)
    weights = functions[interpolation]((torch.arange(5.0)[:, None] - positions[None]).abs())
    weights = weights / weights.sum(dim=1, keepdim=True)
    bases = padded(reader, [CONCEPTS[int(p)] for p in positions]).requires_grad_()
    context = reader.words("age estimation: the person is a").requires_grad_()
    ranks = torch.einsum("kb,bpw->kpw", weights, bases)
    none = torch.zeros(0, bases.shape[2])
    rows = torch.stack([reader.features(context, rank, none) for rank in ranks])
    trained = {"context": context, "concepts": bases}
    return case(reader, name, rows, trained, base_ranks=base, interpolation=interpolation)


def ensemble(reader):
    concepts = [reader.words(concept).requires_grad_() for concept in CONCEPTS]
    templates = [("a photo of a", "person"), ("age estimation: the person is a", ""), ("", "at home")]
    wordings = [
        torch.stack([reader.features(reader.words(a), concept, reader.words(b)) for concept in concepts])
        for a, b in templates
    ]
    prototypes = torch.nn.functional.normalize(torch.stack(wordings).mean(dim=0), dim=1)
    gradients = {f"concept {k}": concept for k, concept in enumerate(concepts)}
    return case(reader, "ensemble", prototypes, gradients, templates=[f"{a} {{}} {b}" for a, b in templates])


def main(directory, path):
    reader = Reader(directory)
    cases = [
        coop(reader, "coop end", 4, 4),
        coop(reader, "coop middle", 5, 2),
        middle(reader, "age estimation: the person is a"),
        ordinalclip(reader, "ordinalclip linear", 3, "linear"),
        ordinalclip(reader, "ordinalclip inverse", 3, "inverse-proportion"),
        ordinalclip(reader, "ordinalclip normal", 2, "normal"),
        ensemble(reader),
    ]
    golden = {"scale": SCALE, "images": reader.images.tolist(), "labels": reader.labels.tolist(), "cases": cases}
    with open(path, "w", encoding="utf-8") as file:
        json.dump(golden, file)
        file.write("\n")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
