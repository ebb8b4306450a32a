"""Reference numbers from PyTorch for the tests of PPO and Adam. Rewrites the JSON files beside this script:

    python3 test/golden/generate.py
"""

import torch
from common import BATCH, OBSERVATIONS, dense_layers, mlp, single, write
from torch import nn
from torch.distributions import Categorical, Normal

COEFFICIENTS = {"epsilon": 0.2, "valueCoefficient": 0.5, "entropyCoefficient": 0.01}


def random_masks(options):
    """Each option allowed with probability 0.6, at least one of them."""
    masks = (torch.rand(BATCH, options) < 0.6).double()
    masks[torch.arange(BATCH), torch.randint(options, (BATCH,))] = 1
    return masks


def distributions(head, log_std, continuous, discrete, masks):
    """One distribution for the continuous actions and one for each branch."""
    parts = []
    if continuous:
        parts.append(Normal(head[:, :continuous], log_std.exp()))
    offset = 0
    for options in discrete:
        logits = head[:, continuous + offset : continuous + offset + options]
        allowed = masks[:, offset : offset + options] == 1
        parts.append(Categorical(logits=logits.masked_fill(~allowed, -1e8)))
        offset += options
    return parts


def per_row(values):
    return values.sum(1) if values.dim() == 2 else values


def ppo_minibatch(name, seed, continuous, discrete, kl_coefficient=None):
    torch.manual_seed(seed)
    actor, critic = mlp(continuous + sum(discrete)), mlp(1)
    log_std = nn.Parameter(single(continuous, scale=0.3))
    observations = single(BATCH, OBSERVATIONS)
    masks = torch.cat([random_masks(options) for options in discrete], 1) if discrete else torch.ones(BATCH, 0).double()

    parts = distributions(actor(observations), log_std, continuous, discrete, masks)
    samples = [part.sample().float().double() for part in parts]
    actions = torch.cat([s if s.dim() == 2 else s[:, None] for s in samples], 1)
    log_probability = sum(per_row(part.log_prob(sample)) for part, sample in zip(parts, samples))
    entropy = sum(per_row(part.entropy()) for part in parts)

    # Far enough from the new probabilities that about half of the ratios are clipped.
    old_log_probability = (log_probability.detach() + 0.3 * torch.randn(BATCH)).float().double()
    advantages, returns = single(BATCH), single(BATCH)
    values = critic(observations)[:, 0]

    epsilon = COEFFICIENTS["epsilon"]
    log_ratio = log_probability - old_log_probability
    ratio = log_ratio.exp()
    if kl_coefficient is None:
        policy_loss = -torch.min(ratio * advantages, ratio.clamp(1 - epsilon, 1 + epsilon) * advantages).mean()
        penalty = 0
    else:
        policy_loss = -(ratio * advantages).mean()
        penalty = kl_coefficient * ((ratio - 1) - log_ratio).mean()
    value_loss = 0.5 * nn.functional.mse_loss(values, returns)
    mean_entropy = entropy.mean()
    total = (
        policy_loss
        + penalty
        + COEFFICIENTS["valueCoefficient"] * value_loss
        - COEFFICIENTS["entropyCoefficient"] * mean_entropy
    )
    total.backward()

    write(
        name,
        {
            "continuous": continuous,
            "discrete": discrete,
            "batch": BATCH,
            "coefficients": COEFFICIENTS if kl_coefficient is None else {**COEFFICIENTS, "epsilon": None, "klCoefficient": kl_coefficient},
            "actor": dense_layers(actor, lambda p: p),
            "critic": dense_layers(critic, lambda p: p),
            "logStd": log_std,
            "observations": observations,
            "actions": actions,
            "masks": masks,
            "oldLogProbability": old_log_probability,
            "advantages": advantages,
            "returns": returns,
            "logProbability": log_probability,
            "entropies": entropy,
            "losses": {
                "total": total,
                "policyLoss": policy_loss,
                "valueLoss": value_loss,
                "entropy": mean_entropy,
                "approximateKl": ((ratio - 1) - log_ratio).mean(),
                "clipFraction": ((ratio - 1).abs() > epsilon).double().mean() if kl_coefficient is None else 0,
            },
            "actorGradients": dense_layers(actor, lambda p: p.grad),
            "criticGradients": dense_layers(critic, lambda p: p.grad),
            "logStdGradient": log_std.grad if continuous else torch.zeros(0),
        },
    )


def adam(name, seed, steps=20, max_norm=0.5):
    """Twenty steps with a falling learning rate; gradients of rising size, so that the later ones are clipped."""
    torch.manual_seed(seed)
    shapes = [[4, 3], [3], [2, 2]]
    parameters = [nn.Parameter(single(*shape)) for shape in shapes]
    initial = [p.detach().clone() for p in parameters]
    optimizer = torch.optim.Adam(parameters, lr=1, betas=(0.9, 0.999), eps=1e-5)
    record = {"learningRates": [], "gradients": [], "norms": [], "parameters": []}
    for step in range(steps):
        gradients = [single(*shape, scale=0.01 * 1.5**step) for shape in shapes]
        for p, gradient in zip(parameters, gradients):
            p.grad = gradient.clone()
        norm = torch.nn.utils.clip_grad_norm_(parameters, max_norm)
        optimizer.param_groups[0]["lr"] = learning_rate = 0.01 * (1 - step / steps)
        optimizer.step()
        record["learningRates"].append(learning_rate)
        record["gradients"].append([g for g in gradients])
        record["norms"].append(norm)
        record["parameters"].append([p.detach().clone() for p in parameters])
    write(name, {"shapes": shapes, "maxGradientNorm": max_norm, "epsilon": 1e-5, "initial": initial, **record})


ppo_minibatch("ppo-continuous", seed=1, continuous=2, discrete=[])
ppo_minibatch("ppo-discrete", seed=2, continuous=0, discrete=[3, 2])
ppo_minibatch("ppo-hybrid", seed=3, continuous=2, discrete=[3])
ppo_minibatch("ppo-kl", seed=8, continuous=2, discrete=[3], kl_coefficient=0.7)
adam("adam", seed=4)
