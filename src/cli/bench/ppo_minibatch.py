"""One PPO minibatch in PyTorch on one thread, the reference of `legwork bench learner`.

For each line of standard input, {"hidden": [64, 64], "batch": 64, "observations": 11, "actions": 3, "iterations": 20},
prints {"ms": 1.23}: the mean milliseconds of one minibatch (forward, loss, backward, gradient-norm clip, Adam) in a block of that many.
"""

import torch
from torch import nn

from timing import mlp, serve

EPSILON = 0.2
VALUE_COEFFICIENT = 0.5
MAX_GRADIENT_NORM = 0.5
LEARNING_RATE = 1e-6


class Learner:
    def __init__(self, hidden, batch, observations, actions):
        self.actor = mlp(observations, hidden, actions, nn.Tanh)
        self.critic = mlp(observations, hidden, 1, nn.Tanh)
        self.log_std = nn.Parameter(torch.zeros(actions))
        self.parameters = [*self.actor.parameters(), self.log_std, *self.critic.parameters()]
        self.adam = torch.optim.Adam(self.parameters, lr=LEARNING_RATE, eps=1e-5)
        self.observations = torch.randn(batch, observations)
        self.actions = torch.randn(batch, actions)
        self.advantages = torch.randn(batch)
        self.returns = torch.randn(batch)
        with torch.no_grad():
            self.old_log_probability = self.distribution().log_prob(self.actions).sum(1)

    def distribution(self):
        mean = self.actor(self.observations)
        return torch.distributions.Normal(mean, self.log_std.exp().expand_as(mean), validate_args=False)

    def step(self):
        distribution = self.distribution()
        log_ratio = distribution.log_prob(self.actions).sum(1) - self.old_log_probability
        ratio = log_ratio.exp()
        clipped = ratio.clamp(1 - EPSILON, 1 + EPSILON)
        policy_loss = -torch.min(ratio * self.advantages, clipped * self.advantages).mean()
        value_loss = 0.5 * (self.critic(self.observations).flatten() - self.returns).square().mean()
        entropy = distribution.entropy().sum(1).mean()
        with torch.no_grad():
            approximate_kl = (ratio - 1 - log_ratio).mean()
            clip_fraction = ((ratio - 1).abs() > EPSILON).float().mean()
        self.adam.zero_grad()
        (policy_loss + VALUE_COEFFICIENT * value_loss - 0.0 * entropy).backward()
        nn.utils.clip_grad_norm_(self.parameters, MAX_GRADIENT_NORM)
        self.adam.step()
        return approximate_kl, clip_fraction


serve(Learner)
