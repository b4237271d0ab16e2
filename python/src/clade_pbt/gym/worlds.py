"""Copies of an environment in lockstep, seeded, whose episodes are counted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeAlias

import gymnasium
import numpy as np
from gymnasium.vector import AutoresetMode

from ..errors import CladeError
from .observations import Observations

Make: TypeAlias = Callable[[int], Any]
"""Makes a vector environment with so many copies."""


@dataclass(frozen=True)
class Step:
    """What one step of all copies brought; arrays have a place for each copy."""

    rewards: np.ndarray
    """As the environments gave them, ``float32``."""
    terminated: np.ndarray
    """Where the episode ended."""
    truncated: np.ndarray
    """Where it was cut off: what follows still has a value."""
    counts: np.ndarray
    """False where an episode was over before, and a new one began instead: no action was taken there."""


class Worlds:
    """Copies of one environment.

    :param environment: a Gymnasium id (``CartPole-v1``, ``ale_py:ALE/Pong-v5``: a module that registers it in front
        of a colon), made by ``gymnasium.make_vec``, or a function that makes a vector environment with so many copies
    :param count: copies, at least 1
    :param options: for ``gymnasium.make_vec``, of an id
    :raises CladeError: for a vector environment that does not begin a new episode at the step behind the last
    """

    def __init__(self, environment: str | Make, count: int = 16, **options: Any) -> None:
        if count < 1:
            raise ValueError(f"{count} environments: at least 1")
        self.count = count
        self._vector = (
            environment(count) if callable(environment) else gymnasium.make_vec(environment, count, **options)
        )
        _refuse_other_resets(self._vector)
        self._rendered = getattr(self._vector, "render_mode", None) == "rgb_array"
        self.see = Observations(self._vector.single_observation_space)
        """How observations become one array."""
        self.action_space = self._vector.single_action_space
        """Of one copy."""
        self.seen: np.ndarray = np.zeros((count, *self.see.shape), np.uint8 if self.see.image else np.float32)
        """What each copy shows now, ``(count, *see.shape)``; good until the next step."""
        self.ended: list[float] = []
        """Returns (sums of rewards) of the episodes that ended since the last reset, in their order."""
        self._over: np.ndarray = np.zeros(count, bool)
        self._returns: np.ndarray = np.zeros(count)

    def reset(self, seed: int) -> None:
        """Begins an episode in each copy; all that these and later episodes draw comes from the seed."""
        found, _ = self._vector.reset(seed=seed % (2**31 - self.count))
        self.seen = self.see(found)
        self.ended = []
        self._over = np.zeros(self.count, bool)
        self._returns = np.zeros(self.count)

    def step(self, actions: np.ndarray) -> Step:
        """One step of each copy. Where an episode was over, its action does nothing, and a new one begins."""
        found, rewards, terminated, truncated, _ = self._vector.step(actions)
        self.seen = self.see(found)
        counts = ~self._over
        step = Step(
            np.where(counts, rewards, 0).astype(np.float32),
            np.asarray(terminated, bool) & counts,
            np.asarray(truncated, bool) & counts,
            counts,
        )
        self._returns += step.rewards
        self._over = step.terminated | step.truncated
        for i in np.flatnonzero(self._over):
            self.ended.append(float(self._returns[i]))
            self._returns[i] = 0
        return step

    def play(self, act: Callable[[np.ndarray], np.ndarray], episodes: int, seed: int) -> list[float]:
        """Returns of so many whole episodes. Each copy plays its share, so that no short episode crowds out a long one.

        :param act: gives the actions for what is seen
        """
        self.reset(seed)
        wanted = np.full(self.count, episodes // self.count) + (np.arange(self.count) < episodes % self.count)
        returns: list[list[float]] = [[] for _ in range(self.count)]
        while any(len(found) < n for found, n in zip(returns, wanted, strict=True)):
            ended = len(self.ended)
            self.step(act(self.seen))
            for i, found in zip(np.flatnonzero(self._over), self.ended[ended:], strict=True):
                if len(returns[i]) < wanted[i]:
                    returns[i].append(found)
        return [each for found in returns for each in found]

    @property
    def shows(self) -> bool:
        """Whether there is a picture: environments are seen as images, or made with ``render_mode="rgb_array"``."""
        return self._rendered or self.see.image

    def picture(self) -> np.ndarray:
        """What a person sees of the first copy: ``(height, width, 3)`` or, grey, ``(height, width)``, ``uint8``.

        Rendered, where environments are; else what the agent sees: its colours, or the last of its channels.
        """
        if self._rendered:
            found: np.ndarray = np.asarray(self._vector.render()[0], np.uint8)
            return found
        seen = self.seen[0]
        return np.ascontiguousarray(np.moveaxis(seen, 0, 2)) if len(seen) == 3 else seen[-1]

    def close(self) -> None:
        """Lets the environments go."""
        self._vector.close()


def _refuse_other_resets(vector: Any) -> None:
    mode = vector.metadata.get("autoreset_mode", AutoresetMode.NEXT_STEP)
    if AutoresetMode(mode) is not AutoresetMode.NEXT_STEP:
        raise CladeError(
            "the vector environment begins new episodes in a way that is not known here.",
            found=f"autoreset_mode={mode}",
            expected=f"{AutoresetMode.NEXT_STEP}, Gymnasium's default.",
            mend="make it with autoreset_mode=gymnasium.vector.AutoresetMode.NEXT_STEP.",
        )
