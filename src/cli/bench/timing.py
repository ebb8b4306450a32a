"""What the reference scripts of `legwork bench learner` share."""

import json
import sys
import time

import torch
from torch import nn


def mlp(inputs, hidden, outputs, activation):
    sizes = [inputs, *hidden]
    layers = []
    for fan_in, units in zip(sizes, hidden):
        layers += [nn.Linear(fan_in, units), activation()]
    return nn.Sequential(*layers, nn.Linear(sizes[-1], outputs))


def serve(create_learner):
    """For each line of standard input, a size and a number of iterations, prints the mean milliseconds of `learner.step()`."""
    torch.manual_seed(1)
    torch.set_num_threads(1)
    learners = {}
    for line in sys.stdin:
        request = json.loads(line)
        size = (tuple(request["hidden"]), request["batch"], request["observations"], request["actions"])
        if size not in learners:
            learners[size] = create_learner(*size)
        learner = learners[size]
        start = time.perf_counter()
        for _ in range(request["iterations"]):
            learner.step()
        milliseconds = 1000 * (time.perf_counter() - start) / request["iterations"]
        print(json.dumps({"ms": milliseconds}), flush=True)
