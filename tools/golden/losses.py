"""Makes numclip-core/src/test/resources/golden/losses.json: every rival loss and its gradients on six batches.

Usage: python tools/golden/losses.py > numclip-core/src/test/resources/golden/losses.json

Whole losses of public packages: coral and corn of coral-pytorch 1.4.0, fed with the binary logits that correspond to the
concept probabilities; sord, unimodal-*, emd and weighted-kappa of dlordinal 2.7.0; rank-n-contrast of paddlesci 1.4.0 on
paddlepaddle 3.3.1; pairwise-ranking and absolute-error of torch 2.7.1. No package has the others. They are assembled from
parts of torch: dldl, dldl-v2 and mean-variance from torch.distributions, which has the divergence, the mean and the variance;
ranking-*-paper and cross-modal-ordinal from their formulas.

Needs torch, scipy, coral-pytorch, dlordinal, paddlepaddle and paddlesci (which can be installed with --no-deps).
"""
import importlib.util
import json
import math
import pathlib

import coral_pytorch.losses
import dlordinal.losses
import paddle
import torch
from coral_pytorch.dataset import levels_from_labelbatch
from scipy.spatial.distance import cdist
from torch.distributions import Categorical, MixtureSameFamily, Normal, kl_divergence
from torch.nn import CrossEntropyLoss
from torch.nn import functional as F

AGES = ([0, 13, 19, 35, 65, 100], [6, 16, 27, 48, 75])
TENS = ([10.0 * k for k in range(10)], [10.0 * k + 4 for k in range(9)])
HALVES = ([0, 40, 100], [20, 70])
BATCHES = [("ages", AGES, 12, 8), ("one image", AGES, 1, 8), ("two concepts", HALVES, 6, 8), ("absent concepts", TENS, 7, 8),
           ("confident", TENS, 32, 40), ("equal labels", AGES, 6, 8)]


def batch(name, scale, count, deviation, seed):
    generator = torch.Generator().manual_seed(seed)
    edges, anchors = scale
    # Labels are whole numbers, so that some are equal and some are equally far apart.
    labels = torch.randint(0, int(edges[-1]), (count,), generator=generator).float()
    if name == "absent concepts":
        labels = labels.remainder(35)
    if name == "equal labels":
        labels = labels[[0, 0, 0, 1, 1, 2]]
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
    """With equally spaced anchors a label is a position between the classes."""
    first, second, *_ = data["anchors"]
    sord = dlordinal.losses.SORDLoss(0.07 * (second - first), len(data["anchors"]), data["bins"])
    return sord(output["logits"].double(), (data["labels"] - first) / (second - first))


def sord_anchors_squared(data, output):
    """With any anchors: a row of proximities for each image instead of each class."""
    size = len(data["anchors"])
    sord = dlordinal.losses.SORDLoss(0.01, size, torch.arange(size), prox=True)
    far = cdist(data["labels"].unsqueeze(1), torch.tensor(data["anchors"]).unsqueeze(1), "sqeuclidean")
    sord.prox_mat = -torch.from_numpy(far)
    return sord(output["logits"].double(), torch.arange(len(far)))


def bell(data, spread):
    """The label distribution."""
    anchors = torch.tensor(data["anchors"]).double()
    curve = Normal(data["labels"].double().unsqueeze(1), spread * anchors.diff().mean())
    return Categorical(logits=curve.log_prob(anchors))


def found(data, output):
    """The predicted distribution of the number: the anchors, each as likely as its concept."""
    anchors = torch.tensor(data["anchors"]).double()
    points = Normal(anchors, torch.zeros_like(anchors), validate_args=False)
    return MixtureSameFamily(Categorical(logits=output["logits"].double()), points, validate_args=False)


def dldl(data, output):
    """Gao et al. 2017."""
    return kl_divergence(bell(data, 0.5), Categorical(logits=output["logits"].double())).mean()


def dldl_v2(data, output):
    """Gao et al. 2018."""
    divergence = kl_divergence(bell(data, 1.5), Categorical(logits=output["logits"].double())).mean()
    return divergence + 0.3 * F.l1_loss(found(data, output).mean, data["labels"].double())


def weighted_kappa(penalty):
    def loss(data, output):
        kappa = dlordinal.losses.WKLoss(len(data["anchors"]), penalty, use_logits=True)
        return kappa(output["logits"], data["bins"])
    return loss


def mean_variance(data, output):
    """Pan et al. 2018."""
    number = found(data, output)
    return 0.2 * F.mse_loss(number.mean, data["labels"].double()) / 2 + 0.05 * number.variance.mean()


def of_paddlesci(module):
    """Loads a single module: importing the package needs much that is not used here."""
    folder = importlib.util.find_spec("ppsci").submodule_search_locations[0]
    spec = importlib.util.spec_from_file_location(module, pathlib.Path(folder) / "arch" / f"{module}.py")
    loaded = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(loaded)
    return loaded


def rank_n_contrast(temperature):
    """The loss needs at least two grid points, each with a batch of its own: both get the same batch."""
    contrast = of_paddlesci("extformer_moe_utils").RnCLoss({
        "rank_imbalance_style": "batch", "rank_imbalance_temp": temperature, "label_difference_style": "l1",
        "feature_similarity_style": "l2", "rank_reg_coeff": 1, "loss_cal_style": "computation-efficient"})

    def twice(array):
        return paddle.stack([array, array], 1).reshape([len(array), 2, 1, 1, -1])

    def loss(data, output):
        features = output["imageFeatures"]
        images = paddle.to_tensor(features.detach().double().numpy(), stop_gradient=False)
        value = contrast(twice(images), twice(paddle.to_tensor(data["labels"].double().numpy())))
        value.backward()
        gradient = torch.from_numpy(images.grad.numpy())
        return float(value) + (gradient * (features - features.detach())).sum()  # hands both on to torch
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


def ranks_apart(data, axis):
    """Distances in ranks from the true concept to each, as shares of their sum along the axis."""
    concepts = torch.arange(len(data["anchors"])).double().unsqueeze(1)
    return F.normalize(torch.cdist(data["bins"].double().unsqueeze(1), concepts, p=1), p=1, dim=axis)


def cross_modal_ordinal(data, output):
    """Tightness and label-weighted diversity of Ordinal Entropy (Zhang et al. 2023) over pairs of image and text."""
    apart = 1 - F.linear(output["imageFeatures"].double(), output["textFeatures"].double())
    return -F.nll_loss(apart, data["bins"]) - 0.5 * (ranks_apart(data, 1) * apart).sum(1).mean()


def weighted_terms(data, output, axis):
    """The exponentials of the paper: those of the negatives are weighted by their distances in ranks."""
    true = F.one_hot(data["bins"], len(data["anchors"]))
    return (ranks_apart(data, axis) + true) * output["logits"].double().exp()


def ranking_ce_paper(data, output):
    """NumCLIP's equation for image to text."""
    return -Categorical(probs=weighted_terms(data, output, 1)).log_prob(data["bins"]).mean()


def ranking_kl_paper(data, output):
    """The same weighting along the batch, for each concept."""
    terms = weighted_terms(data, output, 0)
    divergences = []
    for concept in data["bins"].unique().tolist():
        target = Categorical(logits=10 * (data["bins"] == concept).double())
        divergences.append(kl_divergence(target, Categorical(probs=terms[:, concept])))
    return torch.stack(divergences).mean()


LOSSES = {
    "coral": coral(lambda data: None),
    "coral-imbalance": coral(task_importance),
    "corn": corn,
    "sord": sord,
    "sord-anchors": sord_anchors,
    "sord-anchors-squared": sord_anchors_squared,
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
    "ranking-ce-paper": ranking_ce_paper,
    "ranking-kl-paper": ranking_kl_paper,
    "absolute-error": lambda data, output: F.l1_loss(output["value"], data["labels"]),
}
OUTPUTS = ["logits", "value", "imageFeatures", "textFeatures"]
# A loss that is the same for every output of a single image shows nothing; dlordinal has beta parameters for 3 to 14
# concepts, and its classes are equally far apart.
LEFT_OUT = {("one image", loss) for loss in LOSSES if loss.startswith(("weighted", "rank-n", "pairwise", "ranking-kl"))} | {
    ("two concepts", "unimodal-beta")} | {(name, "sord-anchors") for name, scale, _, _ in BATCHES if scale is AGES}


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


VERSIONS = "coral-pytorch 1.4.0, dlordinal 2.7.0, paddlesci 1.4.0 on paddlepaddle 3.3.1, torch 2.7.1"
result = {"note": f"{VERSIONS}; see tools/golden/losses.py", "batches": []}
for seed, (name, scale, count, deviation) in enumerate(BATCHES):
    data = batch(name, scale, count, deviation, seed)
    losses = {loss: figures(data, function) for loss, function in LOSSES.items() if (name, loss) not in LEFT_OUT}
    result["batches"].append({key: plain(value) for key, value in data.items()} | {"losses": losses})
print(json.dumps(result))
