"""An advantage actor-critic: Mnih et al. 2016 (arXiv 1602.01783), with all copies in one batch (A2C), in NumPy."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any

import numpy as np

from .. import npz
from ..stored import NotFitting
from .network import Arrays, Network
from .policies import policy
from .worlds import Worlds


@dataclass(frozen=True)
class Values:
    """The hyperparameters. All of them can change in a living agent."""

    lr: float = 2e-3
    """Learning rate of RMSProp, at least 0."""
    entropy_cost: float = 0.01
    """What the entropy of the policy [nats] is worth against the rewards, at least 0."""
    discount: float = 0.99
    """What the reward of the next step is worth in this one, 0 to 1."""
    unroll: int = 10
    """Steps of each copy in an update, at least 1."""
    value_cost: float = 0.5
    """What half the squared error of the value costs, at least 0."""

    def __post_init__(self) -> None:
        if self.unroll < 1:
            raise ValueError(f"unroll={self.unroll}: at least 1")
        if not 0 <= self.discount <= 1:
            raise ValueError(f"discount={self.discount}: 0 to 1")
        for name in ("lr", "entropy_cost", "value_cost"):
            if getattr(self, name) < 0:
                raise ValueError(f"{name}={getattr(self, name)}: at least 0")


NAMES = frozenset(each.name for each in fields(Values))


@dataclass(frozen=True)
class Learned:
    """What an update saw."""

    loss: float
    entropy: float
    """Of the policy, mean [nats]."""
    norm: float
    """Of the gradient, before it was clipped. Not finite where the agent has diverged."""


class ActorCritic:
    """A policy and a value of the state in one network, and RMSProp.

    :param worlds: what it acts in
    :param hidden: units of each dense layer
    :param clip_rewards: whether learning sees rewards of at most 1 and at least -1 (returns are counted unclipped)
    :param clip: the most that the norm of a gradient may be
    :param decay: of RMSProp's mean squares
    :param epsilon: added to their roots
    """

    def __init__(
        self,
        worlds: Worlds,
        *,
        hidden: int = 128,
        clip_rewards: bool = False,
        clip: float = 0.5,
        decay: float = 0.99,
        epsilon: float = 1e-5,
    ) -> None:
        self.worlds = worlds
        self.values = Values()
        self._policy = policy(worlds.action_space)
        self._network = Network(worlds.see.shape, self._policy.size, hidden)
        self._clip_rewards, self._clip, self._decay, self._epsilon = clip_rewards, clip, decay, epsilon
        self.weights: Arrays = {}
        self.squares: Arrays = {}
        self.updates = 0
        self.renew(0)

    def renew(self, seed: int) -> None:
        """Draws the weights anew; mean squares begin with nothing."""
        self.weights = self._network.draw(seed)
        self.squares = {name: np.zeros_like(each) for name, each in self.weights.items()}
        self.updates = 0

    def apply(self, hyperparameters: Mapping[str, Any]) -> dict[str, Any]:
        """Puts values in force; names that are none of :class:`Values` are passed over.

        :returns: what is in force
        :raises ValueError: for one out of its range
        """
        self.values = replace(self.values, **{name: each for name, each in hyperparameters.items() if name in NAMES})
        return asdict(self.values)

    # ---- acting and learning

    def act(self, seen: np.ndarray, random: np.random.Generator) -> np.ndarray:
        """Actions for what is seen, drawn from the policy, as environments take them."""
        return self._policy.outward(self._policy.draw(self._network.say(self.weights, seen), random))

    def learn(self, steps: int, random: np.random.Generator) -> Learned:
        """Acts for so many steps in all copies, and takes one update from them."""
        seen, drawn, taken = [], [], []
        for _ in range(steps):
            seen.append(self.worlds.seen)
            said = self._network.say(self.weights, self.worlds.seen)
            drawn.append(self._policy.draw(said, random))
            taken.append(self.worlds.step(self._policy.outward(drawn[-1])))
        seen.append(self.worlds.seen)

        said, flat = self._network.forward(self.weights, np.concatenate(seen))
        values = flat.reshape(steps + 1, -1)
        rewards = np.stack([each.rewards for each in taken])
        targets = returns(
            np.clip(rewards, -1, 1) if self._clip_rewards else rewards,
            np.stack([each.terminated for each in taken]),
            np.stack([each.truncated for each in taken]),
            values,
            self.values.discount,
        )
        counts = np.stack([each.counts for each in taken])
        return self._update(said, values, np.concatenate(drawn), targets, counts)

    def _update(
        self, said: np.ndarray, values: np.ndarray, drawn: np.ndarray, targets: np.ndarray, counts: np.ndarray
    ) -> Learned:
        share = (counts / max(1, counts.sum())).astype(np.float32).ravel()
        advantages = (targets - values[:-1]).ravel()
        n = len(share)
        by_said, entropies = self._policy.gradient(said[:n], drawn, advantages, self.values.entropy_cost)
        by_policy: np.ndarray = np.zeros_like(said)
        by_value: np.ndarray = np.zeros(len(said), np.float32)
        by_policy[:n] = by_said * share[:, None]  # the last row of what was seen only says what comes after
        by_value[:n] = -self.values.value_cost * advantages * share
        gradients = self._network.backward(self.weights, by_policy, by_value)
        norm = float(np.sqrt(sum(np.square(each, dtype=np.float64).sum() for each in gradients.values())))
        factor = np.float32(min(1.0, self._clip / norm) if norm > 0 else 1.0)
        self.updates += 1
        for name, gradient in gradients.items():
            self._descend(name, gradient * factor)
        entropy = float((entropies * share).sum())
        error = float((np.square(advantages) * share).sum())
        return Learned(error * self.values.value_cost / 2, entropy, norm)

    def _descend(self, name: str, gradient: np.ndarray) -> None:
        squares = self.squares[name]
        squares *= np.float32(self._decay)
        squares += np.float32(1 - self._decay) * np.square(gradient)
        seen = np.float32(
            1 - self._decay**self.updates
        )  # the mean is of these alone, or first steps would be ten times as long
        self.weights[name] -= (
            np.float32(self.values.lr) * gradient / (np.sqrt(squares / seen) + np.float32(self._epsilon))
        )

    # ---- save and load

    def save(self, folder: Path | str, **more: Any) -> None:
        """Writes weights and mean squares into a folder, without pickle, and more arrays beside them."""
        kinds = {"weights": self.weights, "squares": self.squares}
        arrays = {f"{kind}.{name}": each for kind, of in kinds.items() for name, each in of.items()}
        npz.write(folder, {**arrays, "updates": np.int64(self.updates), **more})

    def load(self, folder: Path | str) -> Arrays:
        """Brings a folder back, in place. Apply hyperparameters *afterwards*.

        :returns: what was saved beside weights and mean squares
        :raises NotFitting: if it is of another network
        """
        found = npz.read(folder)
        for kind, of in {"weights": self.weights, "squares": self.squares}.items():
            for name, own in of.items():
                saved = found.pop(f"{kind}.{name}", None)
                if saved is None or saved.shape != own.shape:
                    raise NotFitting(
                        f"the checkpoint does not fit '{name}'.",
                        found=f"{'nothing' if saved is None else saved.shape} in {folder}.",
                        expected=f"{own.shape}.",
                        mend="load it with the environment and the settings that saved it.",
                    )
                of[name] = saved
        self.updates = int(found.pop("updates", 0))
        return found


def returns(
    rewards: np.ndarray, terminated: np.ndarray, truncated: np.ndarray, values: np.ndarray, discount: float
) -> np.ndarray:
    """Discounted sums of rewards to the end of the unroll and, beyond it, the value of what was seen there.

    Behind a terminated step comes nothing; behind a truncated one, the value of what was seen when it was cut off.

    :param rewards: ``(T, copies)``, as ``terminated`` and ``truncated``
    :param values: ``(T + 1, copies)``
    """
    found: np.ndarray = np.empty_like(values[:-1])
    after = values[-1]
    for t in reversed(range(len(rewards))):
        after = np.where(truncated[t], values[t + 1], after)
        after = rewards[t] + np.float32(discount) * np.where(terminated[t], np.float32(0), after)
        found[t] = after
    return found
