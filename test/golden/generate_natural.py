"""Reference numbers from PyTorch for the tests of the natural gradient. Rewrites the JSON file beside this script:

    python3 test/golden/generate_natural.py
"""

import torch
from common import BATCH, OBSERVATIONS, dense_layers, mlp, single, write
from torch import nn
from torch.distributions import Categorical, Normal, kl_divergence

CONTINUOUS, DISCRETE = 2, [3, 2]

torch.manual_seed(9)
actor, critic = mlp(CONTINUOUS + sum(DISCRETE)), mlp(1)
log_std = nn.Parameter(single(CONTINUOUS, scale=0.3))
observations = single(BATCH, OBSERVATIONS)
masks = (torch.rand(BATCH, sum(DISCRETE)) < 0.7).double()
masks[:, 0] = 1
masks[:, DISCRETE[0]] = 1
parameters = [*actor.parameters(), log_std]
# As legwork orders them: weights as [inputs, outputs], each with its bias, then log σ.
sizes = [p.numel() for p in parameters]


def distributions(flat):
    parts, offset = [], 0
    for p in parameters:
        parts.append(flat[offset : offset + p.numel()].view_as(p))
        offset += p.numel()
    x = observations
    layers = [layer for layer in actor if isinstance(layer, nn.Linear)]
    for i, _ in enumerate(layers):
        x = x @ parts[2 * i].T + parts[2 * i + 1]
        x = x.tanh() if i + 1 < len(layers) else x
    result, offset = [Normal(x[:, :CONTINUOUS], parts[-1].exp())], CONTINUOUS
    for options in DISCRETE:
        allowed = masks[:, offset - CONTINUOUS : offset - CONTINUOUS + options] == 1
        result.append(Categorical(logits=x[:, offset : offset + options].masked_fill(~allowed, -1e8)))
        offset += options
    return result


flat = torch.cat([p.detach().flatten() for p in parameters])
old = distributions(flat)


def divergence(theta):
    total = 0
    for before, after in zip(old, distributions(theta)):
        kl = kl_divergence(before, after)
        total = total + (kl.sum(1) if kl.dim() == 2 else kl)
    return total.mean()


hessian = torch.autograd.functional.hessian(divergence, flat)
vector = single(len(flat))
product = hessian @ vector
moved = flat + 0.05 * vector


def in_our_order(values):
    """PyTorch's weights are [outputs, inputs]."""
    parts, offset = [], 0
    for p in parameters:
        part = values[offset : offset + p.numel()].view_as(p)
        parts.append((part.T if part.dim() == 2 else part).flatten())
        offset += p.numel()
    return torch.cat(parts)


write(
    "natural",
    {
        "continuous": CONTINUOUS,
        "discrete": DISCRETE,
        "batch": BATCH,
        "actor": dense_layers(actor, lambda p: p),
        "critic": dense_layers(critic, lambda p: p),
        "logStd": log_std,
        "observations": observations,
        "masks": masks,
        "vector": in_our_order(vector),
        "product": in_our_order(product),
        "moved": in_our_order(moved),
        "divergence": divergence(moved),
    },
)
