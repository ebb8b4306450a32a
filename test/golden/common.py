"""What the generators of reference numbers share. Inputs are exact in single precision; the expected numbers are computed
in double precision."""

import json
import pathlib

import torch
from torch import nn

HERE = pathlib.Path(__file__).parent
OBSERVATIONS, HIDDEN, BATCH = 5, 8, 16


def single(*shape, scale=1.0):
    """Normal deviates that are exact in single precision, as doubles."""
    return (scale * torch.randn(*shape)).float().double()


def write(name, record):
    lines = [f"{json.dumps(key)}: {json.dumps(rounded(value), separators=(',', ':'))}" for key, value in record.items()]
    (HERE / f"{name}.json").write_text("{\n" + ",\n".join(lines) + "\n}\n")


def rounded(value):
    """Nine significant digits: enough to restore any single-precision number."""
    if isinstance(value, torch.Tensor):
        value = value.detach().flatten().tolist() if value.dim() else value.item()
    if isinstance(value, float):
        return float(f"{value:.9g}")
    if isinstance(value, list):
        return [rounded(item) for item in value]
    if isinstance(value, dict):
        return {key: rounded(item) for key, item in value.items()}
    return value


def mlp(outputs, inputs=OBSERVATIONS):
    sizes = [inputs, HIDDEN, HIDDEN, outputs]
    layers = []
    for fan_in, fan_out in zip(sizes, sizes[1:]):
        layer = nn.Linear(fan_in, fan_out).double()
        with torch.no_grad():
            layer.weight.copy_(single(fan_out, fan_in, scale=fan_in**-0.5))
            layer.bias.copy_(single(fan_out, scale=0.1))
        layers += [layer, nn.Tanh()]
    return nn.Sequential(*layers[:-1])


def dense_layers(network, of):
    """Weights as [inputs, outputs], where PyTorch has [outputs, inputs]."""
    return [
        {"inputs": layer.in_features, "outputs": layer.out_features, "weights": of(layer.weight).T, "bias": of(layer.bias)}
        for layer in network
        if isinstance(layer, nn.Linear)
    ]
