"""Reference numbers from PyTorch for the tests of SAC on discrete actions. Rewrites the JSON file beside this script:

    python3 test/golden/generate_sac_discrete.py
"""

import torch
from common import BATCH, OBSERVATIONS, dense_layers, mlp, single, write
from torch import nn
from torch.distributions import Categorical

BRANCHES = [3, 2]
OPTIONS = sum(BRANCHES)
TARGET_ENTROPY = 0.4

torch.manual_seed(7)
actor = mlp(OPTIONS)
critics = [mlp(OPTIONS) for _ in range(2)]
targets = [mlp(OPTIONS) for _ in range(2)]
log_alpha = nn.Parameter(torch.tensor(-0.5).double())
observations, next_observations = single(BATCH, OBSERVATIONS), single(BATCH, OBSERVATIONS)
rewards = single(BATCH)
discounts = (0.99 * (torch.rand(BATCH) < 0.8)).float().double()


def draw_masks():
    """Some options are forbidden, but never all of a branch."""
    masks = [(torch.rand(BATCH, options) < 0.6).double() for options in BRANCHES]
    for mask in masks:
        mask[torch.arange(BATCH), torch.randint(mask.shape[1], (BATCH,))] = 1.0
    return torch.cat(masks, 1)


def branches(values):
    return values.split(BRANCHES, 1)


def policies(states, masks):
    """One categorical distribution for each branch, none of whose mass is on what is forbidden."""
    pairs = zip(branches(actor(states)), branches(masks))
    return [Categorical(logits=logits.masked_fill(mask == 0, -1e8)) for logits, mask in pairs]


def smaller(networks, states):
    return branches(torch.min(*[network(states) for network in networks]))


masks, next_masks = draw_masks(), draw_masks()
actions = torch.stack([policy.sample() for policy in policies(observations, masks)], 1)
alpha = log_alpha.exp().detach()

with torch.no_grad():
    following = policies(next_observations, next_masks)
    expected = [(policy.probs * q).sum(1) for policy, q in zip(following, smaller(targets, next_observations))]
    entropy = sum(policy.entropy() for policy in following)
    y = rewards + discounts * (torch.stack(expected).mean(0) + alpha * entropy)

critic_loss = 0
for critic in critics:
    taken = [q.gather(1, actions[:, [b]])[:, 0] for b, q in enumerate(branches(critic(observations)))]
    critic_loss += sum(0.5 * nn.functional.mse_loss(q, y) for q in taken) / len(BRANCHES)
critic_loss.backward()
critic_gradients = [dense_layers(critic, lambda p: p.grad.clone()) for critic in critics]

actor.zero_grad()
chosen = policies(observations, masks)
values = [q.detach() for q in smaller(critics, observations)]
actor_loss = -sum(((policy.probs * q).sum(1) + alpha * policy.entropy()).mean() for policy, q in zip(chosen, values))
actor_loss.backward()

entropy = sum(policy.entropy().mean() for policy in chosen).detach()
temperature_loss = log_alpha * (entropy - TARGET_ENTROPY)
temperature_loss.backward()

write(
    "sac-discrete",
    {
        "batch": BATCH,
        "discrete": BRANCHES,
        "targetEntropy": TARGET_ENTROPY,
        "logAlpha": log_alpha,
        "actor": dense_layers(actor, lambda p: p),
        "critics": [dense_layers(critic, lambda p: p) for critic in critics],
        "targets": [dense_layers(target, lambda p: p) for target in targets],
        "observations": observations,
        "nextObservations": next_observations,
        "masks": masks,
        "nextMasks": next_masks,
        "actions": actions,
        "rewards": rewards,
        "discounts": discounts,
        "y": y,
        "entropy": entropy,
        "criticLoss": critic_loss,
        "actorLoss": actor_loss,
        "criticGradients": critic_gradients,
        "actorGradients": dense_layers(actor, lambda p: p.grad),
        "logAlphaGradient": log_alpha.grad,
    },
)
