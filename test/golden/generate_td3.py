"""Reference numbers from PyTorch for the tests of TD3 and DDPG. Rewrites the JSON files beside this script:

    python3 test/golden/generate_td3.py
"""

import torch
from common import BATCH, OBSERVATIONS, dense_layers, mlp, single, write
from torch import nn

ACTIONS = 2
TARGET_NOISE_STD, TARGET_NOISE_CLIP = 0.2, 0.3


def record(name, seed, critic_count, noisy):
    torch.manual_seed(seed)
    actor, target_actor = mlp(ACTIONS), mlp(ACTIONS)
    critics = [mlp(1, OBSERVATIONS + ACTIONS) for _ in range(critic_count)]
    targets = [mlp(1, OBSERVATIONS + ACTIONS) for _ in range(critic_count)]
    observations, next_observations = single(BATCH, OBSERVATIONS), single(BATCH, OBSERVATIONS)
    actions = single(BATCH, ACTIONS).tanh().float().double()
    rewards = single(BATCH)
    discounts = (0.99 * (torch.rand(BATCH) < 0.8)).float().double()
    noise = single(BATCH, ACTIONS)

    def q_values(networks, states, taken):
        return [network(torch.cat([states, taken], 1))[:, 0] for network in networks]

    with torch.no_grad():
        smoothing = (TARGET_NOISE_STD * noise).clamp(-TARGET_NOISE_CLIP, TARGET_NOISE_CLIP) if noisy else 0
        next_actions = (target_actor(next_observations).tanh() + smoothing).clamp(-1, 1)
        lowest = torch.stack(q_values(targets, next_observations, next_actions)).min(0).values
        y = rewards + discounts * lowest

    critic_loss = sum(0.5 * nn.functional.mse_loss(q, y) for q in q_values(critics, observations, actions))
    critic_loss.backward()
    critic_gradients = [dense_layers(critic, lambda p: p.grad.clone()) for critic in critics]

    actor_loss = -q_values(critics[:1], observations, actor(observations).tanh())[0].mean()
    actor_loss.backward()

    write(
        name,
        {
            "batch": BATCH,
            "actionSize": ACTIONS,
            "targetNoiseStd": TARGET_NOISE_STD if noisy else 0,
            "targetNoiseClip": TARGET_NOISE_CLIP if noisy else 0,
            "actor": dense_layers(actor, lambda p: p),
            "critics": [dense_layers(critic, lambda p: p) for critic in critics],
            "targetActor": dense_layers(target_actor, lambda p: p),
            "targets": [dense_layers(target, lambda p: p) for target in targets],
            "observations": observations,
            "nextObservations": next_observations,
            "actions": actions,
            "rewards": rewards,
            "discounts": discounts,
            "noise": noise,
            "criticLoss": critic_loss,
            "actorLoss": actor_loss,
            "criticGradients": critic_gradients,
            "actorGradients": dense_layers(actor, lambda p: p.grad),
        },
    )


record("td3", 6, critic_count=2, noisy=True)
record("ddpg", 7, critic_count=1, noisy=False)
