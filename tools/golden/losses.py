"""Makes numclip-core/src/test/resources/golden/losses.json: every rival loss and its gradients on five batches.

Usage: python tools/golden/losses.py > numclip-core/src/test/resources/golden/losses.json

From public packages: coral and corn by coral-pytorch 1.4.0, fed with the binary logits that belong to the concept
probabilities; sord, unimodal-*, emd and weighted-kappa by dlordinal 2.7.0; pairwise-ranking by torch 2.7.1. No public
package has the others; they are written here from the papers' formulas, pair by pair and without a thought of speed.
"""
import json
import math

import coral_pytorch.losses
import dlordinal.losses
import torch
from coral_pytorch.dataset import levels_from_labelbatch
from torch.nn import CrossEntropyLoss
from torch.nn import functional as F

AGES = ([0, 13, 19, 35, 65, 100], [6, 16, 27, 48, 75])
TENS = ([10.0 * k for k in range(10)], [10.0 * k + 4 for k in range(9)])
HALVES = ([0, 40, 100], [20, 70])
BATCHES = [("ages", AGES, 12, 8), ("one image", AGES, 1, 8), ("two concepts", HALVES, 6, 8), ("absent concepts", TENS, 7, 8),
           ("confident", TENS, 32, 40)]


def batch(name, scale, count, deviation, seed):
    generator = torch.Generator().manual_seed(seed)
    edges, anchors = scale
    # Whole labels, so that some are equal and some equally far apart.
    labels = torch.randint(0, int(edges[-1]), (count,), generator=generator).float()
    if name == "absent concepts":
        labels = labels.remainder(35)
    bins = torch.bucketize(labels, torch.tensor(edges[1:-1]).float(), right=True)
    size = len(anchors)
    return {
        "name": name, "edges": edges, "anchors": anchors, "labels": labels, "bins": bins,
        "bin_counts": torch.randint(1, 50, (size,), generator=generator).tolist(),
        "logits": deviation / 8 * torch.randn(count, size, generator=generator),
        "value": labels + 10 * torch.randn(count, generator=generator),
        "imageFeatures": F.normalize(torch.randn(count, 6, generator=generator), dim=1),
        "textFeatures": F.normalize(torch.randn(size, 6, generator=generator), dim=1),
    }


def unimodal(kind, *settings, eta):
    def loss(data, output):
        size = len(data["anchors"])
        return getattr(dlordinal.losses, kind)(CrossEntropyLoss(), size, *settings, eta=eta)(output["logits"], data["bins"])
    return loss


def coral(weights):
    def loss(data, output):
        chances = output["logits"].double().softmax(1)
        above = torch.stack([chances[:, k + 1:].sum(1) for k in range(chances.shape[1] - 1)], 1)
        up_to = torch.stack([chances[:, :k + 1].sum(1) for k in range(chances.shape[1] - 1)], 1)
        levels = levels_from_labelbatch(data["bins"], chances.shape[1])
        return coral_pytorch.losses.coral_loss(above.log() - up_to.log(), levels, importance_weights=weights(data))
    return loss


def task_importance(data):
    ranks = torch.tensor([k for k, count in enumerate(data["bin_counts"]) for _ in range(count)])
    roots = []
    for k in range(len(data["anchors"]) - 1):
        more = int((ranks > k).sum())
        roots.append(math.sqrt(max(more, len(ranks) - more)))
    return torch.tensor(roots).double() / max(roots)


def corn(data, output):
    chances = output["logits"].double().softmax(1)
    above = torch.stack([chances[:, k + 1:].sum(1) for k in range(chances.shape[1] - 1)], 1)
    return coral_pytorch.losses.corn_loss(above.log() - chances[:, :-1].log(), data["bins"], chances.shape[1])


def sord(data, output):
    size = len(data["anchors"])
    return dlordinal.losses.SORDLoss(alpha=0.7, num_classes=size, train_targets=data["bins"])(output["logits"], data["bins"])


def sord_anchors(data, output):
    """Diaz and Marathe 2019, with the squared distance of the label to the anchors."""
    total = 0
    for logits, label in zip(output["logits"].double(), data["labels"]):
        weights = torch.tensor([math.exp(-0.01 * (label.item() - anchor) ** 2) for anchor in data["anchors"]])
        total = total - (weights.double() / weights.sum() * logits.log_softmax(0)).sum()
    return total / len(data["labels"])


def gaussian(data, spread):
    anchors = torch.tensor(data["anchors"]).double()
    deviation = spread * (anchors[-1] - anchors[0]) / (len(anchors) - 1)
    density = torch.distributions.Normal(data["labels"].double().unsqueeze(1), deviation).log_prob(anchors)
    return (density - density.logsumexp(1, keepdim=True)).exp()


def dldl(data, output):
    """Gao et al. 2017."""
    return F.kl_div(output["logits"].double().log_softmax(1), gaussian(data, 0.5), reduction="batchmean")


def dldl_v2(data, output):
    """Gao et al. 2018."""
    found = output["logits"].double().softmax(1) @ torch.tensor(data["anchors"]).double()
    divergence = F.kl_div(output["logits"].double().log_softmax(1), gaussian(data, 1.5), reduction="batchmean")
    return divergence + 0.3 * F.l1_loss(found, data["labels"].double())


def weighted_kappa(penalty):
    def loss(data, output):
        kappa = dlordinal.losses.WKLoss(len(data["anchors"]), penalty, use_logits=True)
        return kappa(output["logits"], data["bins"])
    return loss


def mean_variance(data, output):
    """Pan et al. 2018."""
    total = 0
    anchors = torch.tensor(data["anchors"]).double()
    for logits, label in zip(output["logits"].double(), data["labels"].double()):
        chances = logits.softmax(0)
        mean = (chances * anchors).sum()
        total = total + 0.2 * (mean - label) ** 2 / 2 + 0.05 * (chances * (anchors - mean) ** 2).sum()
    return total / len(data["labels"])


def rank_n_contrast(temperature):
    """Zha et al. 2023."""
    def loss(data, output):
        features, labels = output["imageFeatures"].double(), data["labels"]
        count, total = len(labels), 0
        for i in range(count):
            similar = {k: -torch.linalg.vector_norm(features[i] - features[k]) / temperature for k in range(count) if k != i}
            for j in similar:
                pool = [similar[k] for k in similar if abs(labels[i] - labels[k]) >= abs(labels[i] - labels[j])]
                total = total - (similar[j] - torch.stack(pool).logsumexp(0))
        return total / (count * (count - 1))
    return loss


def pairs(data, output):
    labels, values = data["labels"], output["value"].double()
    above = [(i, j) for i in range(len(labels)) for j in range(len(labels)) if labels[i] > labels[j]]
    return values[[i for i, _ in above]], values[[j for _, j in above]]


def pairwise_logistic(data, output):
    larger, smaller = pairs(data, output)
    return F.binary_cross_entropy_with_logits(larger - smaller, torch.ones(len(larger)).double())


def pairwise_hinge(data, output):
    larger, smaller = pairs(data, output)
    return torch.nn.MarginRankingLoss(margin=2)(larger, smaller, torch.ones(len(larger)))


def cross_modal_ordinal(data, output):
    """Tightness and label-weighted diversity of Ordinal Entropy (Zhang et al. 2023) over pairs of image and text."""
    total = 0
    for image, label in zip(output["imageFeatures"].double(), data["bins"].tolist()):
        apart = [1 - (image * text).sum() for text in output["textFeatures"].double()]
        weights = [abs(label - k) for k in range(len(apart))]
        total = total + apart[label] - 0.5 * sum(w * d for w, d in zip(weights, apart)) / sum(weights)
    return total / len(data["bins"])


def ranking_kl_paper(data, output):
    """The weighting of NumCLIP's equation for image to text, concept by concept along the batch."""
    divergences = []
    for concept in data["bins"].unique().tolist():
        distance = (data["bins"] - concept).abs().double()
        weights = torch.where(distance == 0, 1.0, distance / distance.sum())
        terms = weights * output["logits"].double()[:, concept].exp()
        target = (10 * (distance == 0)).double().softmax(0)
        divergences.append(F.kl_div((terms / terms.sum()).log(), target, reduction="sum"))
    return torch.stack(divergences).mean()


LOSSES = {
    "coral": coral(lambda data: None),
    "coral-imbalance": coral(task_importance),
    "corn": corn,
    "sord": sord,
    "sord-anchors": sord_anchors,
    "dldl": dldl,
    "dldl-v2": dldl_v2,
    "unimodal-binomial": unimodal("BinomialLoss", eta=0.8),
    "unimodal-poisson": unimodal("PoissonLoss", eta=1.0),
    "unimodal-triangular": unimodal("TriangularLoss", 0.1, eta=0.7),
    "unimodal-beta": unimodal("BetaLoss", eta=0.9),
    "unimodal-exponential": unimodal("ExponentialLoss", 1.5, 2.0, eta=0.6),
    "emd": lambda data, output: dlordinal.losses.EMDLoss(len(data["anchors"]))(output["logits"], data["bins"]),
    "weighted-kappa-linear": weighted_kappa("linear"),
    "weighted-kappa-quadratic": weighted_kappa("quadratic"),
    "mean-variance": mean_variance,
    "rank-n-contrast": rank_n_contrast(2),
    "rank-n-contrast-cold": rank_n_contrast(0.1),
    "pairwise-ranking-logistic": pairwise_logistic,
    "pairwise-ranking-hinge": pairwise_hinge,
    "cross-modal-ordinal": cross_modal_ordinal,
    "ranking-kl-paper": ranking_kl_paper,
}
OUTPUTS = ["logits", "value", "imageFeatures", "textFeatures"]
# What is the same for every output of one image says nothing; dlordinal has beta parameters for 3 to 14 concepts.
LEFT_OUT = {("one image", loss) for loss in LOSSES if loss.startswith(("weighted", "rank-n", "pairwise", "ranking-kl"))} | {
    ("two concepts", "unimodal-beta")}


def plain(value):
    """Nine digits: enough for a float32, no more."""
    if torch.is_tensor(value):
        return plain(value.tolist())
    if isinstance(value, list):
        return [plain(each) for each in value]
    return float(f"{value:.9g}") if isinstance(value, float) else value


def figures(data, loss):
    output = {name: data[name].clone().requires_grad_() for name in OUTPUTS}
    value = loss(data, output)
    value.backward()
    gradients = {name: plain(array.grad) for name, array in output.items() if array.grad is not None}
    return {"loss": plain(value), "gradients": gradients}


result = {"note": "coral-pytorch 1.4.0, dlordinal 2.7.0, torch 2.7.1; see tools/golden/losses.py", "batches": []}
for seed, (name, scale, count, deviation) in enumerate(BATCHES):
    data = batch(name, scale, count, deviation, seed)
    losses = {loss: figures(data, function) for loss, function in LOSSES.items() if (name, loss) not in LEFT_OUT}
    result["batches"].append({key: plain(value) for key, value in data.items()} | {"losses": losses})
print(json.dumps(result))
