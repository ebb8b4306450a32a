"""One SAC update in PyTorch on one thread, the reference of `legwork bench learner --trainer sac`.

For each line of standard input, {"hidden": [256, 256], "batch": 256, "observations": 11, "actions": 3, "iterations": 20},
prints {"ms": 12.3}: the mean milliseconds of one update (targets, both critics, actor, temperature, Polyak averaging) in a block
of that many.
"""

import copy
import math

import torch
from torch import nn
from torch.nn import functional

from timing import mlp, serve

GAMMA = 0.99
TAU = 0.005
LEARNING_RATE = 1e-6


class Learner:
    def __init__(self, hidden, batch, observations, actions):
        self.actor = mlp(observations, hidden, 2 * actions, nn.ReLU)
        self.critics = nn.ModuleList(mlp(observations + actions, hidden, 1, nn.ReLU) for _ in range(2))
        self.targets = copy.deepcopy(self.critics).requires_grad_(False)
        self.log_alpha = nn.Parameter(torch.zeros(()))
        self.target_entropy = -actions
        self.adams = [
            torch.optim.Adam(parameters, lr=LEARNING_RATE)
            for parameters in (self.actor.parameters(), self.critics.parameters(), [self.log_alpha])
        ]
        self.observations = torch.randn(batch, observations)
        self.actions = torch.tanh(torch.randn(batch, actions))
        self.rewards = torch.randn(batch)
        self.next_observations = torch.randn(batch, observations)

    def sample(self, observations):
        mean, log_std = self.actor(observations).chunk(2, 1)
        log_std = log_std.clamp(-20, 2)
        noise = torch.randn_like(mean)
        u = mean + log_std.exp() * noise
        squash = 2 * (math.log(2) - u - functional.softplus(-2 * u))
        log_probability = (-0.5 * noise.square() - log_std - 0.5 * math.log(2 * math.pi) - squash).sum(1)
        return torch.tanh(u), log_probability

    def values(self, critics, observations, actions):
        inputs = torch.cat([observations, actions], 1)
        return [critic(inputs).flatten() for critic in critics]

    def step(self):
        actor_adam, critic_adam, alpha_adam = self.adams
        alpha = self.log_alpha.exp().detach()
        with torch.no_grad():
            actions, log_probability = self.sample(self.next_observations)
            first, second = self.values(self.targets, self.next_observations, actions)
            y = self.rewards + GAMMA * (torch.min(first, second) - alpha * log_probability)
        critic_adam.zero_grad()
        values = self.values(self.critics, self.observations, self.actions)
        sum(0.5 * (value - y).square().mean() for value in values).backward()
        critic_adam.step()

        # The critics' own gradients are of no use in the actor's loss.
        self.critics.requires_grad_(False)
        actor_adam.zero_grad()
        actions, log_probability = self.sample(self.observations)
        first, second = self.values(self.critics, self.observations, actions)
        (alpha * log_probability - torch.min(first, second)).mean().backward()
        actor_adam.step()
        self.critics.requires_grad_(True)

        alpha_adam.zero_grad()
        (-self.log_alpha * (log_probability.detach() + self.target_entropy).mean()).backward()
        alpha_adam.step()
        with torch.no_grad():
            parameters, targets = list(self.critics.parameters()), list(self.targets.parameters())
            torch._foreach_mul_(targets, 1 - TAU)
            torch._foreach_add_(targets, parameters, alpha=TAU)


serve(Learner)
