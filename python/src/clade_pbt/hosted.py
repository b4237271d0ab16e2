"""For frameworks that own the training loop: a callback changes state inside one ``fit``, which is never re-entered."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from . import rates
from .errors import CladeError, Refusal
from .segment import Score, Segment
from .session import Session


class HostEnded(Refusal):
    """The framework ended its loop while Clade still had members to train."""


class NotRebuildable(CladeError):
    """A hyperparameter needs new objects, inside a loop whose objects stay."""


class Hosted:
    """The segments of a session, turned inside out: a framework's callback says where it stands.

    At each boundary (before the next step) it ends the segment that is over, and begins the next one in place:
    weights, then hyperparameters, then the receipt. A segment without steps is measured there and then.

    :param fresh: draws new weights from a seed, in place, and lets all else begin anew
    :param load: brings a folder back, in place
    :param apply: puts values in force, and returns those that are, read back
    :param score: as of ``segment.finish``
    :param save: writes a folder
    :param began: called when a segment has begun, say to seed data and environments
    """

    def __init__(
        self,
        session: Session[Segment],
        *,
        fresh: Callable[[int], object],
        load: Callable[[Path], object],
        apply: Callable[[Mapping[str, Any]], Mapping[str, Any]],
        score: Score,
        save: Callable[[Path], object],
        began: Callable[[Segment], object] = lambda segment: None,
    ) -> None:
        self._session = session
        self._fresh = fresh
        self._load = load
        self._apply = apply
        self._score = score
        self._save = save
        self._began = began
        self._ended = False
        self.segment: Segment | None = None
        """The present one; None before the first and behind the last."""

    def boundary(self, n: int = 1) -> bool:
        """The host stands before its next ``n`` steps. True: it goes on, maybe as another member. False: it ends."""
        if self._ended:
            return False
        while self.segment is None or not self.segment.advance(n):
            if self.segment is not None:
                self.segment.finish(score=self._score, save=self._save)
            self.segment = next(self._session, None)
            if self.segment is None:
                self._ended = True
                return False
            self._begin(self.segment)
        return True

    def report(self, metrics: Mapping[str, object]) -> None:
        """Measurements for charts: those that are numbers."""
        numbers = {name: value for name, value in metrics.items() if _is_number(value)}
        if self.segment is not None and numbers:
            self.segment.report(numbers)

    def close(self) -> None:
        """The host has ended its loop. Alone, that is the end of training.

        :raises HostEnded: if Clade has more to train
        """
        if self._ended or self.segment is None:
            return
        if not self._session.alone:
            raise HostEnded(
                "the framework ended its training, and Clade did not.",
                found=f"the loop is over in segment {self.segment.index} of member {self.segment.member}.",
                expected="a loop that only Clade ends: one process trains many members, one after the other.",
                mend="give the framework no end of its own (max_steps, epochs, total_timesteps: very large).",
            )
        self._ended = True
        self.segment.finish(score=self._score, save=self._save)

    def _begin(self, segment: Segment) -> None:
        folder, fresh, rebuild = segment.restore_from, segment.fresh, segment.rebuild
        built = rates.built(segment)
        if built:
            raise NotRebuildable(
                "a framework that owns its loop cannot build a new model inside it.",
                found=f"'change: rebuild' or 'never' of {', '.join(sorted(built))}.",
                expected="hyperparameters that can change in a living model.",
                mend="take them out, or write the loop yourself: for segment in session.",
            )
        if folder is not None:
            self._load(folder)
        elif fresh or rebuild:
            self._fresh(segment.seed)
        segment.applied(self._apply(segment.hyperparameters))
        self._began(segment)


Apply = Callable[[Mapping[str, Any]], Mapping[str, Any]]
"""Puts values in force where only the script knows how, and returns those that are, read back."""


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) or (hasattr(value, "item") and getattr(value, "shape", None) in ((), None))
