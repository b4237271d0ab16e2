"""Small networks in NumPy, ``float32``: what they say of a batch, and gradients by hand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

import numpy as np

Arrays = dict[str, np.ndarray]


class Layer(Protocol):
    """A function of a batch with weights of its own; it keeps what its gradient needs."""

    def draw(self, random: np.random.Generator) -> Arrays:
        """New weights."""
        ...

    def forward(self, weights: Mapping[str, np.ndarray], x: np.ndarray) -> np.ndarray: ...

    def backward(self, weights: Mapping[str, np.ndarray], dy: np.ndarray, need_dx: bool) -> tuple[Arrays, np.ndarray]:
        """Gradients by its weights and, where it is needed, by the last ``x``, of a loss that has ``dy`` by ``y``."""
        ...


class Dense:
    """``y = f(x w + b)``, with a rectifier or without; ``x`` of any shape is a vector."""

    def __init__(self, inputs: int, outputs: int, *, rectified: bool = True, scale: float = 2**0.5) -> None:
        self._inputs, self._outputs = inputs, outputs
        self._rectified = rectified
        self._scale = scale

    def draw(self, random: np.random.Generator) -> Arrays:
        drawn = random.standard_normal((self._inputs, self._outputs), np.float32)
        return {
            "w": drawn * np.float32(self._scale / self._inputs**0.5),
            "b": np.zeros(self._outputs, np.float32),
        }

    def forward(self, weights: Mapping[str, np.ndarray], x: np.ndarray) -> np.ndarray:
        self._shape = x.shape
        self._x = x.reshape(len(x), -1)
        y: np.ndarray = self._x @ weights["w"] + weights["b"]
        if self._rectified:
            np.maximum(y, 0, out=y)
        self._y = y
        return y

    def backward(self, weights: Mapping[str, np.ndarray], dy: np.ndarray, need_dx: bool) -> tuple[Arrays, np.ndarray]:
        if self._rectified:
            dy = dy * (self._y > 0)
        gradients = {"w": self._x.T @ dy, "b": dy.sum(axis=0)}
        return gradients, (dy @ weights["w"].T).reshape(self._shape) if need_dx else dy


class Convolution:
    """Square patches ``(channels, kernel, kernel)`` of images, every ``stride`` pixels, without padding; rectified."""

    def __init__(self, shape: tuple[int, int, int], outputs: int, kernel: int, stride: int) -> None:
        channels, height, width = shape
        self._kernel, self._stride = kernel, stride
        self._high, self._wide = (height - kernel) // stride + 1, (width - kernel) // stride + 1
        self._inputs, self._outputs = channels * kernel * kernel, outputs
        self.shape = (outputs, self._high, self._wide)
        """Of what it gives for one image."""

    def draw(self, random: np.random.Generator) -> Arrays:
        drawn = random.standard_normal((self._inputs, self._outputs), np.float32)
        return {"w": drawn * np.float32((2 / self._inputs) ** 0.5), "b": np.zeros(self._outputs, np.float32)}

    def forward(self, weights: Mapping[str, np.ndarray], x: np.ndarray) -> np.ndarray:
        self._shape = x.shape
        kernel, stride = self._kernel, self._stride
        windows = np.lib.stride_tricks.sliding_window_view(x, (kernel, kernel), axis=(2, 3))[:, :, ::stride, ::stride]
        self._patches = windows.transpose(0, 2, 3, 1, 4, 5).reshape(-1, self._inputs)
        if x.dtype == np.uint8:
            self._patches = self._patches * np.float32(1 / 255)
        y: np.ndarray = self._patches @ weights["w"] + weights["b"]
        np.maximum(y, 0, out=y)
        self._y = y
        images: np.ndarray = y.reshape(len(x), self._high, self._wide, self._outputs).transpose(0, 3, 1, 2)
        return images

    def backward(self, weights: Mapping[str, np.ndarray], dy: np.ndarray, need_dx: bool) -> tuple[Arrays, np.ndarray]:
        dy = dy.transpose(0, 2, 3, 1).reshape(-1, self._outputs) * (self._y > 0)
        gradients = {"w": self._patches.T @ dy, "b": dy.sum(axis=0)}
        if not need_dx:
            return gradients, dy
        n, channels, _, _ = self._shape
        kernel, stride = self._kernel, self._stride
        patches = (dy @ weights["w"].T).reshape(n, self._high, self._wide, channels, kernel, kernel)
        dx = np.zeros(self._shape, np.float32)
        for i in range(kernel):
            for j in range(kernel):
                rows = slice(i, i + stride * self._high, stride)
                columns = slice(j, j + stride * self._wide, stride)
                dx[:, :, rows, columns] += patches[:, :, :, :, i, j].transpose(0, 3, 1, 2)
        return gradients, dx


class Chain:
    """Layers one after the other."""

    def __init__(self, **layers: Layer) -> None:
        self._layers = layers

    def draw(self, random: np.random.Generator) -> Arrays:
        """New weights, by name."""
        return {f"{at}.{name}": each for at, layer in self._layers.items() for name, each in layer.draw(random).items()}

    def forward(self, weights: Arrays, x: np.ndarray) -> np.ndarray:
        for at, layer in self._layers.items():
            x = layer.forward(_under(weights, at), x)
        return x

    def backward(self, weights: Arrays, dy: np.ndarray, found: Arrays, *, need_dx: bool = False) -> np.ndarray:
        """Puts gradients by the weights into ``found``, and gives the gradient by ``x`` where it is needed."""
        first = next(iter(self._layers), None)
        for at, layer in reversed(self._layers.items()):
            gradients, dy = layer.backward(_under(weights, at), dy, need_dx or at != first)
            found.update({f"{at}.{name}": each for name, each in gradients.items()})
        return dy


class Network:
    """A policy's numbers, and the value.

    Images go through two convolutions (16 of 8 x 8 every 4, 32 of 4 x 4 every 2, as in Mnih et al. 2013 and A3C) and
    a dense layer, which policy and value share. Vectors go through two dense layers of each: errors of the value,
    which are large where rewards are, then do not drown the policy's gradient.
    """

    def __init__(self, seen: tuple[int, ...], policy: int, hidden: int) -> None:
        says = Dense(hidden, policy, rectified=False, scale=0.01)
        judges = Dense(hidden, 1, rectified=False, scale=1.0)
        self._shared = len(seen) == 3
        if len(seen) == 3:
            first = Convolution((seen[0], seen[1], seen[2]), 16, 8, 4)
            second = Convolution(first.shape, 32, 4, 2)
            self._body = Chain(conv1=first, conv2=second, dense=Dense(int(np.prod(second.shape)), hidden))
            self._policy, self._value = Chain(policy=says), Chain(value=judges)
        else:
            self._body = Chain()
            self._policy = Chain(policy1=Dense(seen[0], hidden), policy2=Dense(hidden, hidden), policy=says)
            self._value = Chain(value1=Dense(seen[0], hidden), value2=Dense(hidden, hidden), value=judges)

    def draw(self, seed: int) -> Arrays:
        """New weights, by name."""
        random = np.random.default_rng(seed)
        return {**self._body.draw(random), **self._policy.draw(random), **self._value.draw(random)}

    def say(self, weights: Arrays, seen: np.ndarray) -> np.ndarray:
        """The policy's numbers ``(N, size)`` for what is seen."""
        return self._policy.forward(weights, self._body.forward(weights, seen))

    def forward(self, weights: Arrays, seen: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """The policy's numbers and the values ``(N,)``."""
        x = self._body.forward(weights, seen)
        return self._policy.forward(weights, x), self._value.forward(weights, x)[:, 0]

    def backward(self, weights: Arrays, by_policy: np.ndarray, by_value: np.ndarray) -> Arrays:
        """Gradients by the weights, for the batch that :meth:`forward` saw last."""
        found: Arrays = {}
        dx = self._policy.backward(weights, by_policy, found, need_dx=self._shared)
        more = self._value.backward(weights, by_value[:, None], found, need_dx=self._shared)
        if self._shared:
            self._body.backward(weights, dx + more, found)
        return {name: found[name] for name in weights}


def _under(weights: Arrays, at: str) -> Arrays:
    return {name: weights[f"{at}.{name}"] for name in ("w", "b")}
