"""A segment: what one member does between two decisions."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, TypeAlias, TypeVar, overload

from .calls import call
from .errors import (
    LengthIgnored,
    NotFinished,
    ReceiptMissing,
    Refusal,
    SaveMissing,
    ScoreMissing,
    SegmentOver,
    StartIgnored,
)
from .hyperparameters import Hyperparameters, receipt
from .messages import Begin, Draw, End, Evaluate, Save, Train
from .talk import Talk
from .values import number

Score: TypeAlias = Any
"""A number, a list of samples, a mapping of metrics to these, or a function that returns one of them.

A function is called at every evaluation, with ``seed`` and ``purpose`` (``select`` or ``report``) where it has such
parameters; all its randomness is to come from the seed.
"""

Batch = TypeVar("Batch")


class Segment:
    """A stretch of training of one member: start, apply, train, finish.

    Made by a session, and good until the next one comes.
    """

    def __init__(self, talk: Talk, begin: Begin, first: bool, continued: bool) -> None:
        self._talk = talk
        self._begin = begin
        self._seen: set[str] = set()
        self._said = continued
        self._training: Train | None = None
        self._waited = False
        self._left: int | None = 0
        self._granted = 0
        self._asked = False
        self._advanced = False
        self._over = False
        self._failed = False
        self._fresh = not continued and (first or begin.origin == "fresh")
        self._rebuild = not continued and begin.rebuild
        self._restore = None if continued else begin.folder
        self._step = begin.step

        self.member: int = begin.member
        """The member's number, from 0."""
        self.index: int = begin.segment
        """The segment's number within its member, from 0."""
        self.seed: int = begin.seed
        """Keyed by member and segment: for new weights, data order, environments, dropout. Below 2^53."""
        self.lineage: int = begin.lineage
        """Steps that the weights were trained for, by whichever members, before this segment."""
        self.hyperparameters = Hyperparameters(begin.hyperparameters, talk.untuned())
        """The values to put in force, after the load."""
        self.changed: frozenset[str] = frozenset() if continued else begin.changed
        """Names whose value differs from what the weights were last trained under."""

    # ---- how it starts

    @property
    def fresh(self) -> bool:
        """Whether the weights are to be new (drawn from ``seed``), or nothing was built in this process yet."""
        self._seen.add("fresh")
        return self._fresh

    @property
    def rebuild(self) -> bool:
        """Whether a value that only a new model can have (``rebuild``, ``never``) differs from the last build."""
        self._seen.add("rebuild")
        return self._rebuild

    @property
    def restore_from(self) -> Path | None:
        """The folder of the save to go on from. None: new weights, or those in hand."""
        self._seen.add("restore_from")
        return self._restore

    @property
    def blend(self) -> tuple[float, float] | None:
        """``(keep, fresh)`` where the weights are ``keep`` times the saved ones plus ``fresh`` times new ones.

        Asked only of a session that claims ``blend``.
        """
        self._seen.add("blend")
        return (self._begin.keep, self._begin.fresh) if self._restore and self._begin.origin == "blend" else None

    def applied(self, values: Mapping[str, object] | None = None, /, **more: object) -> None:
        """Says which hyperparameters are in force, read back from where they act.

        Clade compares them with what it asked for. Scalars and arrays of any framework will do. With a scheduler on
        top, the hyperparameter is the base rate.

        :raises ReceiptMissing: if one is missing or misspelt
        :raises StartIgnored: if the script did not look at how the segment starts
        """
        self._look()
        given = {**(values or {}), **more}
        asked = self._begin.hyperparameters
        said = receipt(asked, given, self.hyperparameters, self._talk.optional)
        if not self._said:
            self._said = True
            self._talk.answer("applied", self._begin.lane, hyperparameters=said)

    def _look(self) -> None:
        if self._over:
            raise _is_over("applied")
        news = [name for name, there in (("fresh", self._fresh), ("rebuild", self._rebuild)) if there]
        if news and not self._seen.intersection(news):
            raise StartIgnored(
                "this segment is to build a new model, and the script did not look.",
                found=f"nothing read segment.{' or segment.'.join(news)}.",
                expected="new objects, and new weights where nothing is restored.",
                mend="if segment.fresh or segment.rebuild: model = build(segment.hyperparameters, segment.seed)",
            )
        if self._restore is not None and "restore_from" not in self._seen:
            raise StartIgnored(
                "this segment goes on from saved weights, and the script did not look.",
                found="nothing read segment.restore_from.",
                expected=f"the weights in {self._restore}.",
                mend="if segment.restore_from: load(model, segment.restore_from)",
            )
        if self._begin.origin == "blend" and self._restore is not None and "blend" not in self._seen:
            raise StartIgnored(
                "this segment goes on from a mix of saved and new weights, and the script did not look.",
                found="nothing read segment.blend.",
                expected=f"{self._begin.keep} times the saved plus {self._begin.fresh} times new weights.",
                mend="if segment.blend: keep, fresh = segment.blend, or do not claim 'blend'.",
            )

    # ---- how it trains

    @property
    def step(self) -> int:
        """The member's own step: those asked for by ``advance`` so far, in all its segments."""
        return self._step

    @property
    def length(self) -> int | None:
        """Steps left to train; 0 in a segment that only measures; None where the end is not known in steps.

        For programs that train them all at once (``lax.scan``): if ``advance`` is never called, they count as done.
        """
        self._wait()
        self._asked = True
        return self._left

    @property
    def stopping(self) -> bool:
        """Whether the training is to end now: told so, or done."""
        self._wait()
        return self._left == 0 or self._told()

    def advance(self, n: int = 1) -> bool:
        """Asks for the next ``n`` steps: True if they shall be done, False when the segment is over.

        If fewer are left, the last request is granted and counts as what was left.
        """
        if n < 1:
            raise ValueError(f"advance({n}): at least 1 step")
        if not self._waited:
            self._wait()
        self._advanced = True
        if self._left == 0 or self._told():
            return False
        self._talk.channel.progress(self._begin.lane, self._step)
        granted = n
        if self._left is not None:
            granted = min(n, self._left)
            self._left -= granted
        self._granted += granted
        self._step += granted
        return True

    @overload
    def steps(self, loader: None = None) -> Iterator[int]: ...
    @overload
    def steps(self, loader: Iterable[Batch]) -> Iterator[tuple[int, Batch]]: ...
    def steps(self, loader: Iterable[Any] | None = None) -> Iterator[Any]:
        """The steps of this segment: numbers of the member's steps, with the batches of a loader if one is given.

        A loader that ends begins anew; an iterator that ends, ends the segment early.
        """
        if loader is None:
            while self.advance():
                yield self._step
            return
        self._wait()
        self._advanced = True
        batches = iter(loader)
        drawn = False
        while self._left != 0:
            try:
                batch = next(batches)
            except StopIteration:
                if batches is loader or (self._talk.channel.alone and self._left is None):
                    return
                if not drawn:
                    raise ValueError("the loader has no batches") from None
                batches, drawn = iter(loader), False
                continue
            drawn = True
            if not self.advance():
                return
            yield self._step, batch

    def report(self, metrics: Mapping[str, object] | None = None, /, **more: object) -> None:
        """Measurements at the present step, for charts: no decision reads them. Takes microseconds.

        :raises TypeError: if one is no number
        """
        if self._over:
            if self._failed:
                return
            raise _is_over("report")
        given = {**metrics, **more} if metrics else more
        self._talk.channel.report(
            self._begin.lane,
            self._step,
            {name: value if type(value) is float else number(value) for name, value in given.items()},
        )

    def evaluate(self, score: Score) -> None:
        """A measurement on the way, for tuners that read curves. Needs the capability ``midway``."""
        self._talk.needs("midway", "segment.evaluate()")
        self._wait()
        if self._training is None or self._over:
            return
        measured = call(score, self.seed, "select") if callable(score) else score
        self._talk.channel.answer(
            {
                "type": "midway",
                "lane": self._begin.lane,
                "step": self._step,
                "metrics": self._talk.metrics(measured),
            }
        )

    def _wait(self) -> None:
        """Waits for what is to be done: steps, or none."""
        if self._waited:
            return
        if self._over:
            raise _is_over("steps")
        if not self._said:
            if not self._talk.optional:
                raise ReceiptMissing(
                    "the script did not say which hyperparameters are in force.",
                    found="no call of segment.applied().",
                    expected="one, before the first step.",
                    mend=f"segment.applied({', '.join(f'{name}=...' for name in self._begin.hyperparameters)}), "
                    "each read back from where it acts.",
                )
            self.applied()
        self._waited = True
        taken = self._talk.take(Train)
        if taken:
            self._training = taken[self._begin.lane]
            self._left = self._training.steps
            self._step = max(self._step, self._training.step)

    def _told(self) -> bool:
        if self._talk.channel.stop_asked():
            self._left = 0
            return True
        return False

    # ---- how it ends

    def finish(
        self,
        score: Score = None,
        save: Callable[[Path], object] | None = None,
        report: Score = None,
        pictures: Callable[[Path, int], object] | None = None,
    ) -> None:
        """Ends the segment: measures and saves as often as Clade asks, and returns when there is a next segment.

        :param score: see :data:`Score`; called only where an evaluation is asked for
        :param save: writes all that ``restore_from`` may bring back into the empty folder it is given
        :param report: like ``score``, with its metrics by name: the test set, measured once, at the very end, on the
            winner. Without it that is ``score``.
        :param pictures: ``pictures(folder, seed)`` draws PNG files of what a person should see of the model: the
            winner's are in the report. Needs the capability ``pictures``.
        """
        if pictures is not None:
            self._talk.needs("pictures", "finish(pictures=...)")
        if self._over:
            if self._failed:
                return
            raise _is_over("finish")
        self._wait()
        if self._training is not None:
            self._talk.answer("trained", self._begin.lane, steps=self._done())
        while True:
            if evaluations := self._talk.take(Evaluate):
                self._measured(evaluations[self._begin.lane], score, report)
            elif saves := self._talk.take(Save):
                self._saved(saves[self._begin.lane], save)
            elif draws := self._talk.take(Draw):
                self._drawn(draws[self._begin.lane], pictures)
            else:
                self._over = True
                return

    def _done(self) -> int:
        training = self._training
        assert training is not None
        if self._advanced:
            return self._granted
        if self._asked and training.steps is not None:
            return training.steps
        raise LengthIgnored(
            "this segment is to train, and the script did not ask how many steps.",
            found="no call of steps() or advance(), "
            + ("a length of None" if self._asked else "no use of length")
            + ".",
            expected=f"{'steps until told to stop' if training.steps is None else f'{training.steps} steps'}.",
            mend="for step in segment.steps(): ...",
        )

    def _measured(self, asked: Evaluate, score: Score, report: Score) -> None:
        final = asked.purpose == "report"
        source = report if final and report is not None else score
        measured = call(source, asked.seed, asked.purpose) if callable(source) else source
        if measured is None:
            raise ScoreMissing(
                "an evaluation is asked for, and there is no score.",
                found="finish() without score." if source is None else "a score function that returned None.",
                expected="a number, a list of samples, a dict of metrics, or a function that returns one of these.",
                mend="segment.finish(score=lambda: evaluate(model), save=...)",
            )
        self._talk.answer("evaluated", asked.lane, metrics=self._talk.metrics(measured, complete=not final))

    def _saved(self, asked: Save, save: Callable[[Path], object] | None) -> None:
        if save is None:
            raise SaveMissing(
                "the weights are to be saved, and there is no save.",
                found="finish() without save.",
                expected="a function that writes them into a folder.",
                mend="segment.finish(score=..., save=lambda folder: save(model, optimizer, folder))",
            )
        save(asked.folder)
        self._talk.answer("saved", asked.lane)

    def _drawn(self, asked: Draw, pictures: Callable[[Path, int], object] | None) -> None:
        if pictures is not None:
            pictures(asked.folder, asked.seed)
        self._talk.answer("drawn", asked.lane)

    def diverged(self, reason: str) -> None:
        """Ends the segment with the worst score; these values are not tried again. ``finish`` then does nothing."""
        self._fail("diverged", reason)

    def stop(self, reason: str) -> None:
        """Ends the member, for good. ``finish`` then does nothing."""
        self._fail("quit", reason)

    def _fail(self, kind: str, what: str) -> None:
        if not self._over:
            self._talk.fail(kind, what)
            self._over = self._failed = self._waited = self._advanced = True
            self._left = 0

    # ---- for the session

    def _threw(self, thrown: BaseException) -> None:
        """The body was left by an exception."""
        self._fail("threw", "".join(traceback.format_exception_only(type(thrown), thrown)).strip())

    def _left_body(self) -> None:
        """The body was left."""
        if self._over:
            return
        refusal = NotFinished(
            "the body of a segment was left without finish().",
            found=f"segment {self.index} of member {self.member}, after {self._granted} steps.",
            expected="finish(), diverged() or stop() at its end.",
            mend="segment.finish(score=..., save=...) as the last line of the loop.",
        )
        self._threw(refusal)
        raise refusal


def segments(talk: Talk) -> Iterator[Segment]:
    """The segments of a session, one after the other."""
    last: Begin | None = None
    built = False
    while not isinstance(talk.peek()[0], End):
        begins = talk.take(Begin)
        if begins:
            segment = Segment(talk, begins[0], first=not built, continued=False)
        elif last is not None and isinstance(talk.peek()[0], Train):
            segment = Segment(talk, last, first=False, continued=True)
        else:
            raise talk.unexpected()
        last = segment._begin
        yield segment
        built = built or segment._said
        segment._left_body()


def _is_over(what: str) -> Refusal:
    return SegmentOver(
        f"{what} of a segment that is over.",
        found="a call behind finish(), diverged() or stop().",
        expected="one before.",
        mend="use the segment that the loop gives, before its end.",
    )


def show(thrown: BaseException) -> None:
    """Prints an exception on standard error, where ``clade logs`` finds it."""
    traceback.print_exception(type(thrown), thrown, thrown.__traceback__, file=sys.stderr)
