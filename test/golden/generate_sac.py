"""Reference numbers from PyTorch for the tests of SAC. Rewrites the JSON file beside this script:

    python3 test/golden/generate_sac.py
"""

import math

import torch
from common import BATCH, OBSERVATIONS, dense_layers, mlp, single, write
from torch import nn
from torch.distributions import Normal, TransformedDistribution
from torch.distributions.transforms import TanhTransform

ACTIONS = 2
LOG_STD_RANGE = (-5, 2)
TARGET_ENTROPY = -2.0

torch.manual_seed(5)
actor = mlp(2 * ACTIONS)
critics = [mlp(1, OBSERVATIONS + ACTIONS) for _ in range(2)]
targets = [mlp(1, OBSERVATIONS + ACTIONS) for _ in range(2)]
log_alpha = nn.Parameter(torch.tensor(-0.5).double())
observations, next_observations = single(BATCH, OBSERVATIONS), single(BATCH, OBSERVATIONS)
actions = single(BATCH, ACTIONS).tanh().float().double()
rewards = single(BATCH)
discounts = (0.99 * (torch.rand(BATCH) < 0.8)).float().double()
noise, next_noise = single(BATCH, ACTIONS), single(BATCH, ACTIONS)


def sample(states, standard_normal):
    """A tanh-squashed Gaussian, its log-probability by PyTorch's own change of variables."""
    mean, raw = actor(states).chunk(2, 1)
    low, high = LOG_STD_RANGE
    log_std = low + 0.5 * (high - low) * (raw.tanh() + 1)
    normal = Normal(mean, log_std.exp())
    squashed = TransformedDistribution(normal, [TanhTransform(cache_size=1)])
    action = (mean + log_std.exp() * standard_normal).tanh()
    return action, squashed.log_prob(action).sum(1)


def q_values(networks, states, taken):
    return [network(torch.cat([states, taken], 1))[:, 0] for network in networks]


with torch.no_grad():
    next_actions, next_log_probability = sample(next_observations, next_noise)
    smaller = torch.min(*q_values(targets, next_observations, next_actions))
    y = rewards + discounts * (smaller - log_alpha.exp() * next_log_probability)

critic_loss = sum(0.5 * nn.functional.mse_loss(q, y) for q in q_values(critics, observations, actions))
critic_loss.backward()
critic_gradients = [dense_layers(critic, lambda p: p.grad.clone()) for critic in critics]

actor.zero_grad()
chosen, log_probability = sample(observations, noise)
smaller = torch.min(*q_values(critics, observations, chosen))
actor_loss = (log_alpha.exp().detach() * log_probability - smaller).mean()
actor_loss.backward()
actor_gradients = dense_layers(actor, lambda p: p.grad)

temperature_loss = -(log_alpha * (log_probability.detach() + TARGET_ENTROPY)).mean()
temperature_loss.backward()

write(
    "sac",
    {
        "batch": BATCH,
        "actionSize": ACTIONS,
        "targetEntropy": TARGET_ENTROPY,
        "logAlpha": log_alpha,
        "actor": dense_layers(actor, lambda p: p),
        "critics": [dense_layers(critic, lambda p: p) for critic in critics],
        "targets": [dense_layers(target, lambda p: p) for target in targets],
        "observations": observations,
        "nextObservations": next_observations,
        "actions": actions,
        "rewards": rewards,
        "discounts": discounts,
        "noise": noise,
        "nextNoise": next_noise,
        "y": y,
        "logProbability": log_probability,
        "criticLoss": critic_loss,
        "actorLoss": actor_loss,
        "temperatureLoss": temperature_loss,
        "criticGradients": critic_gradients,
        "actorGradients": actor_gradients,
        "logAlphaGradient": log_alpha.grad,
    },
)
assert math.isfinite(actor_loss.item())
