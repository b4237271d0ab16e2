"""Distributions over actions: how they are drawn, their entropy, and the gradients of both by hand."""

from __future__ import annotations

import math
from typing import Any, Protocol

import numpy as np
from gymnasium import spaces

from ..errors import CladeError


class Policy(Protocol):
    """A distribution over the actions of one space, of which a network says ``size`` numbers."""

    size: int

    def draw(self, said: np.ndarray, random: np.random.Generator) -> np.ndarray:
        """One action for each row of ``said``, ``(N, width)``, in the form that :meth:`gradient` takes."""
        ...

    def outward(self, drawn: np.ndarray) -> np.ndarray:
        """Drawn actions as the environments take them."""
        ...

    def gradient(
        self, said: np.ndarray, drawn: np.ndarray, advantages: np.ndarray, entropy_cost: float
    ) -> tuple[np.ndarray, np.ndarray]:
        """Of ``-advantage * log p(action) - entropy_cost * entropy`` by ``said``, and the entropies [nats]."""
        ...


def policy(space: Any) -> Policy:
    """The policy for a space of actions.

    :raises CladeError: for a space that there is none for
    """
    if isinstance(space, (spaces.Discrete, spaces.MultiDiscrete)):
        return Categorical(space)
    if isinstance(space, spaces.Box) and len(space.shape) == 1:
        return Gaussian(space)
    raise CladeError(
        "the actor-critic cannot act in this environment.",
        found=f"actions in {space}.",
        expected="Discrete, MultiDiscrete, or a Box with one dimension.",
        mend="wrap the environment (gymnasium.ActionWrapper), or train an agent of your own on clade_pbt.gym.Worlds.",
    )


class Categorical:
    """A choice, or several independent ones."""

    def __init__(self, space: Any) -> None:
        self._single = isinstance(space, spaces.Discrete)
        self._choices = [int(space.n)] if self._single else [int(n) for n in np.ravel(space.nvec)]
        self._start = np.ravel(space.start)
        self._shape = () if self._single else space.shape
        self._ends = np.cumsum(self._choices)
        self.size = sum(self._choices)

    def _logs(self, said: np.ndarray) -> list[np.ndarray]:
        return [_log_softmax(each) for each in np.split(said, self._ends[:-1], axis=1)]

    def draw(self, said: np.ndarray, random: np.random.Generator) -> np.ndarray:
        chosen = []
        for logs in self._logs(said):
            below = np.cumsum(np.exp(logs, dtype=np.float64), axis=1)
            at = random.random((len(said), 1)) * below[:, -1:]
            chosen.append((below <= at).sum(axis=1).clip(max=logs.shape[1] - 1))
        drawn: np.ndarray = np.stack(chosen, axis=1)
        return drawn

    def outward(self, drawn: np.ndarray) -> np.ndarray:
        actions: np.ndarray = drawn + self._start
        return actions[:, 0] if self._single else actions.reshape(len(drawn), *self._shape)

    def gradient(
        self, said: np.ndarray, drawn: np.ndarray, advantages: np.ndarray, entropy_cost: float
    ) -> tuple[np.ndarray, np.ndarray]:
        parts, entropies = [], np.zeros(len(said), said.dtype)
        for logs, column in zip(self._logs(said), drawn.T, strict=True):
            p = np.exp(logs)
            entropy = -(p * logs).sum(axis=1)
            towards = p.copy()
            towards[np.arange(len(p)), column] -= 1
            parts.append(advantages[:, None] * towards + entropy_cost * p * (logs + entropy[:, None]))
            entropies += entropy
        return np.concatenate(parts, axis=1), entropies


class Gaussian:
    """Real numbers, each drawn by itself; the network says their means and the logarithms of their deviations.

    Within finite bounds, -1 to 1 is the whole range; what is drawn beyond a bound acts as the bound.
    """

    NARROWEST, WIDEST = -4.0, 1.0
    """Bounds of the logarithm of a deviation."""

    def __init__(self, space: Any) -> None:
        self._low, self._high = space.low, space.high
        bounded = np.isfinite(space.low) & np.isfinite(space.high)
        self._middle = np.where(bounded, (np.where(bounded, space.low, 0) + np.where(bounded, space.high, 0)) / 2, 0)
        self._half = np.where(bounded, np.where(bounded, space.high, 1) - self._middle, 1)
        self._type = space.dtype
        self.size = 2 * space.shape[0]

    def _parts(self, said: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        means, logs = np.split(said, 2, axis=1)
        return means, np.clip(logs, self.NARROWEST, self.WIDEST)

    def draw(self, said: np.ndarray, random: np.random.Generator) -> np.ndarray:
        means, logs = self._parts(said)
        drawn: np.ndarray = means + np.exp(logs) * random.standard_normal(means.shape, np.float32)
        return drawn

    def outward(self, drawn: np.ndarray) -> np.ndarray:
        actions: np.ndarray = np.clip(self._middle + self._half * drawn, self._low, self._high).astype(self._type)
        return actions

    def gradient(
        self, said: np.ndarray, drawn: np.ndarray, advantages: np.ndarray, entropy_cost: float
    ) -> tuple[np.ndarray, np.ndarray]:
        means, logs = self._parts(said)
        away = (drawn - means) / np.exp(logs)
        by_means = -advantages[:, None] * away / np.exp(logs)
        by_logs = -advantages[:, None] * (away**2 - 1) - entropy_cost
        free = (said[:, logs.shape[1] :] == logs) | (np.sign(by_logs) == np.sign(logs))
        entropies = logs.sum(axis=1) + logs.shape[1] * 0.5 * math.log(2 * math.pi * math.e)
        return np.concatenate([by_means, by_logs * free], axis=1), entropies


def _log_softmax(said: np.ndarray) -> np.ndarray:
    shifted = said - said.max(axis=1, keepdims=True)
    logs: np.ndarray = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return logs
