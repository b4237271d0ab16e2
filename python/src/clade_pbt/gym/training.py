"""Members that learn in an environment: the loop over a session's segments."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any, Literal, TypeAlias

import numpy as np

from ..segment import Segment
from ..session import session
from . import clip
from .agent import ActorCritic, Values
from .worlds import Make, Worlds

Source: TypeAlias = Literal["last", "fresh"]
"""Episodes that a score is of: the ``last`` of training, or ``fresh`` ones, played for the evaluation."""


def train(
    environment: str | Make,
    *,
    environments: int = 16,
    clip_rewards: bool = False,
    hidden: int = 128,
    score: Source = "last",
    window: int = 10,
    report: int = 30,
    defaults: Mapping[str, Any] | None = None,
    steps: int | None = 10_000,
    **options: Any,
) -> None:
    """Trains members of a population in an environment, by an actor-critic, until Clade has no more.

    Hyperparameters are those of :class:`Values`. One step of Clade is one step of every copy of the environment. The
    metric ``return`` is a list of ``window`` episode returns. Where environments show something, an episode of the
    winner, ``clip.png``, is in the report. Run alone, it trains once under the defaults.

    :param environment: as of :class:`Worlds`
    :param environments: copies that a member acts in at once
    :param clip_rewards: as of :class:`ActorCritic`, as ``hidden``
    :param score: ``last``: of the last ``window`` episodes that ended in training, those before the segment too, as
        in the paper; those that there were none of yet are played, and all of weights that were only loaded: a copy,
        a candidate of the finals. What a segment's end cuts off does not count, so let segments be several times as
        long as an episode. ``fresh``: of so many new episodes at every evaluation
    :param window: episodes of a score
    :param report: fresh episodes of the metric ``test_return``, which is measured on the winner
    :param defaults: of hyperparameters, over those of :class:`Values`
    :param steps: how long it trains alone; None: until it is interrupted
    :param options: for ``gymnasium.make_vec``
    """
    player = Player(Worlds(environment, environments, **options), clip_rewards, hidden, score, window, report)
    known = {**asdict(Values()), **(defaults or {})}
    with session(defaults=known, steps=steps, capabilities=["pictures"] if player.shows else []) as segments:
        for segment in segments:
            player.play(segment)


class Player:
    """An agent, its environments, and the returns of the last episodes."""

    def __init__(
        self, worlds: Worlds, clip_rewards: bool, hidden: int, score: Source, window: int, report: int
    ) -> None:
        self._worlds = worlds
        self._agent = ActorCritic(worlds, clip_rewards=clip_rewards, hidden=hidden)
        self._source, self._window, self._report = score, window, report
        self._returns: list[float] = []
        self._trained = False

    @property
    def shows(self) -> bool:
        """Whether an episode can be drawn."""
        return self._worlds.shows

    def play(self, segment: Segment) -> None:
        """All of a segment."""
        self._trained = False
        if segment.fresh or segment.rebuild:
            self._agent.renew(segment.seed)
            self._returns = []
        if segment.restore_from:
            self._returns = [float(each) for each in self._agent.load(segment.restore_from)["returns"]]
        in_force = self._agent.apply(segment.hyperparameters)
        segment.applied({name: in_force[name] for name in segment.hyperparameters if name in in_force})
        self._train(segment)
        pictures = self._draw if self.shows else None
        segment.finish(score=self._score, report=self._test, save=self._save, pictures=pictures)

    def _train(self, segment: Segment) -> None:
        worlds, agent = self._worlds, self._agent
        random = np.random.default_rng([segment.seed, 1])
        began = False
        while True:
            left = segment.length
            unroll = agent.values.unroll if left is None else min(agent.values.unroll, left)
            if unroll == 0 or not segment.advance(unroll):
                return
            if not began:
                worlds.reset(segment.seed)
                began = True
            learned = agent.learn(unroll, random)
            if not math.isfinite(learned.norm):
                segment.diverged("the gradient has numbers that are not finite")
                return
            self._trained = True
            self._returns = (self._returns + worlds.ended)[-self._window :]
            worlds.ended = []
            segment.report(entropy=learned.entropy, loss=learned.loss, **self._mean())

    def _mean(self) -> dict[str, float]:
        return {"training_return": float(np.mean(self._returns))} if len(self._returns) == self._window else {}

    def _score(self, seed: int) -> dict[str, list[float]]:
        kept = self._returns if self._source == "last" and self._trained else []
        return {"return": kept + self._fresh(self._window - len(kept), seed)}

    def _test(self, seed: int) -> dict[str, list[float]]:
        return {"test_return": self._fresh(self._report, seed)}

    def _fresh(self, episodes: int, seed: int) -> list[float]:
        return self._worlds.play(self._acting(seed), episodes, seed) if episodes else []

    def _draw(self, folder: Path, seed: int) -> None:
        clip.draw(self._worlds, self._acting(seed), seed, folder / "clip.png")

    def _acting(self, seed: int) -> Callable[[np.ndarray], np.ndarray]:
        random = np.random.default_rng([seed, 2])
        return lambda seen: self._agent.act(seen, random)

    def _save(self, folder: Path) -> None:
        self._agent.save(folder, returns=np.array(self._returns, np.float64))
