"""Crews: K members that one program trains at once, lane by lane."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .arrays import array
from .calls import call
from .errors import LengthIgnored, NotFinished, SaveMissing, ScoreMissing, SegmentOver, StartIgnored
from .hyperparameters import receipt
from .messages import Begin, Draw, End, Evaluate, Save, Train
from .segment import Score
from .talk import Talk
from .values import number, plain


@dataclass
class _Lanes:
    """What the lanes of a program are at; goes from crew to crew."""

    begins: dict[int, Begin]
    stirred: set[int]
    """Lanes that stood still and were trained all the same, as far as is known."""
    built: bool = False
    """Whether a crew has got as far as its receipt."""


class Crew:
    """A stretch of training of K members. What is said of each is an array with a place for each lane: NumPy's where it
    can be imported, else a list. Lanes that never had a member have the hyperparameters of the first that has.
    """

    def __init__(self, talk: Talk, lanes: _Lanes, began: dict[int, Begin]) -> None:
        self._talk = talk
        self._lanes = lanes
        self._began = began
        self._first = not lanes.built
        self._seen: set[str] = set()
        self._said = not began
        self._waited = False
        self._training: dict[int, Train] = {}
        self._failed: set[int] = set()
        self._advanced = 0
        self._over = False
        for begin in began.values():
            if begin.origin == "keep" or (begin.origin == "lane" and begin.source in lanes.stirred):
                self._undisturbed(begin.source)
        lanes.stirred.difference_update(began)
        lanes.begins.update(began)
        self._any = lanes.begins[min(lanes.begins)]

    def __len__(self) -> int:
        """K, the number of lanes."""
        return self._talk.lanes

    def _each(self, value: Callable[[Begin], Any], other: Any = None) -> list[Any]:
        """A value for each lane; for a lane without a member, that of the first that has one."""
        return [value(self._lanes.begins[lane]) if lane in self._lanes.begins else other for lane in range(len(self))]

    # ---- how it starts

    @property
    def fresh(self) -> Any:
        """Whether each lane's weights are to be new, drawn from its seed."""
        self._seen.add("fresh")
        return array([lane in self._began and self._began[lane].origin == "fresh" for lane in range(len(self))])

    @property
    def rebuild(self) -> bool:
        """Whether the program is to be built anew: a value that only new objects can have differs."""
        self._seen.add("rebuild")
        return self._first or any(begin.rebuild for begin in self._began.values())

    @property
    def source(self) -> Any:
        """The lane that each goes on from, as it stood before this crew: itself, or another."""
        self._seen.add("source")
        return array([self._began[lane].source if lane in self._began else lane for lane in range(len(self))])

    @property
    def restore(self) -> list[tuple[int, Path]]:
        """Lanes that go on from saved weights, with the folder of each."""
        self._seen.add("restore")
        return [(lane, begin.folder) for lane, begin in self._began.items() if begin.folder is not None]

    @property
    def blend(self) -> dict[int, tuple[float, float]]:
        """``(keep, fresh)`` of the restored lanes that are a mix of saved and new weights."""
        self._seen.add("blend")
        return {lane: (each.keep, each.fresh) for lane, each in self._began.items() if each.origin == "blend"}

    @property
    def seeds(self) -> Any:
        """Each lane's seed, below 2^53."""
        return array(self._each(lambda begin: begin.seed, 0))

    @property
    def members(self) -> Any:
        """Each lane's member; -1 where there is none."""
        return array(self._each(lambda begin: begin.member, -1))

    @property
    def changed(self) -> list[frozenset[str]]:
        """For each lane, the names whose value differs from what its weights were last trained under."""
        none: frozenset[str] = frozenset()
        return [self._began[lane].changed if lane in self._began else none for lane in range(len(self))]

    @property
    def hyperparameters(self) -> dict[str, Any]:
        """The values to put in force: for each name one array, of K values (K vectors for a vector)."""
        self._seen.add("hyperparameters")
        tuned = {name: self._values(name, value) for name, value in self._any.hyperparameters.items()}
        return {**{name: array([value] * len(self)) for name, value in self._talk.untuned().items()}, **tuned}

    def _values(self, name: str, other: Any) -> Any:
        return array(self._each(lambda begin: begin.hyperparameters.get(name, other), other))

    def applied(self, values: Mapping[str, Any] | None = None, /, **more: Any) -> None:
        """Says which values are in force, K of each, read back from where they act.

        Where it is not called, those of :attr:`hyperparameters` count as in force: a program that takes them as an
        argument has no other place for them.
        """
        given = {**(values or {}), **more}
        lists = {name: plain(each) for name, each in given.items()}
        for name, each in lists.items():
            if not isinstance(each, list) or len(each) != len(self):
                raise ValueError(f"applied({name}=...): {len(self)} values, one for each lane; found {each!r}")
        self._receipt({lane: {name: each[lane] for name, each in lists.items()} for lane in self._began})  # type: ignore[index]

    def _receipt(self, given: Mapping[int, Mapping[str, Any]]) -> None:
        self._look()
        known = {**self._talk.untuned(), **self._any.hyperparameters}
        said = {
            lane: receipt(begin.hyperparameters, given[lane], {**known, **begin.hyperparameters}, self._talk.optional)
            for lane, begin in self._began.items()
        }
        if not self._said:
            self._said = self._lanes.built = True
            for lane, each in said.items():
                if self._talk.open(lane):
                    self._talk.answer("applied", lane, hyperparameters=each)

    def _look(self) -> None:
        self._still("applied")
        begins = self._began.values()
        needs = {
            "fresh": any(begin.origin == "fresh" for begin in begins),
            "source": any(begin.source != begin.lane for begin in begins),
            "restore": any(begin.folder is not None for begin in begins),
            "blend": any(begin.origin == "blend" for begin in begins),
            "rebuild": not self._first and any(each.rebuild and each.origin != "fresh" for each in begins),
        }
        ignored = [name for name, needed in needs.items() if needed and name not in self._seen]
        if ignored:
            raise StartIgnored(
                "lanes begin with other weights than those in hand, and the script did not look.",
                found=f"nothing read crew.{' or crew.'.join(ignored)}.",
                expected="all that says where the weights come from.",
                mend=f"read crew.{ignored[0]} before the training.",
            )

    # ---- how it trains

    @property
    def lengths(self) -> Any:
        """Steps that each lane is to train; 0 for those that stand still, or where the crew only measures."""
        self._wait()
        self._seen.update(("length", "moving"))
        return array([self._length(lane) for lane in range(len(self))])

    @property
    def length(self) -> int | None:
        """Steps to train, of all lanes that move; 0 where the crew only measures; None: until ``advance`` says no.

        :raises LengthIgnored: where they differ between lanes: :attr:`lengths` has each
        """
        self._wait()
        self._seen.add("length")
        if any(each.steps is None for each in self._training.values()):
            return None
        found = {self._length(lane) for lane in self._training} or {0}
        if len(found) > 1:
            raise LengthIgnored(
                "the lanes of this crew have several lengths.",
                found=", ".join(f"lane {lane}: {self._length(lane)}" for lane in self._training),
                expected="a script that trains each lane through its own.",
                mend="use crew.lengths and crew.moving, or advance() with both.",
            )
        return found.pop()

    @property
    def moving(self) -> Any:
        """Whether each lane is to train now; the weights of the others are to stay as they are."""
        self._wait()
        self._seen.add("moving")
        return array([self._left(lane) != 0 for lane in range(len(self))])

    def advance(self, n: int = 1) -> bool:
        """Asks for the next ``n`` steps of all lanes that still move: True if they shall be done."""
        if n < 1:
            raise ValueError(f"advance({n}): at least 1 step")
        self._wait()
        self._seen.add("advance")
        if all(self._left(lane) == 0 for lane in self._training) or self._talk.channel.stop_asked():
            return False
        lane, training = next(iter(self._training.items()))
        self._talk.channel.progress(lane, training.step + self._done(lane))
        self._advanced += n
        return True

    def report(self, metrics: Mapping[str, Any] | None = None, /, **more: Any) -> None:
        """Measurements, for charts: K values of each, at the present step of each lane.

        A program that does not call ``advance`` reports behind its training.
        """
        self._still("report")
        given = {**(metrics or {}), **more}
        for lane, training in self._training.items():
            if lane not in self._failed:
                self._talk.channel.report(
                    lane,
                    training.step + self._done(lane),
                    {name: number(each[lane]) for name, each in given.items()},
                )

    def diverged(self, lane: int, reason: str) -> None:
        """Gives one lane the worst score."""
        self._still("diverged")
        self._wait()
        if self._talk.open(lane):
            self._talk.fail("diverged", reason, lane)
        self._failed.add(lane)

    def _length(self, lane: int) -> int:
        return (self._training[lane].steps or 0) if lane in self._training else 0

    def _left(self, lane: int) -> int | None:
        if lane not in self._training or lane in self._failed:
            return 0
        steps = self._training[lane].steps
        return None if steps is None else max(0, steps - self._advanced)

    def _done(self, lane: int) -> int:
        """Steps of a lane; without ``advance`` a length that was asked for counts as done."""
        steps = self._training[lane].steps
        if "advance" in self._seen:
            return self._advanced if steps is None else min(self._advanced, steps)
        if steps is not None and "length" in self._seen and "hyperparameters" in self._seen:
            return steps
        raise LengthIgnored(
            "this crew is to train, and the script did not ask how many steps, or under which hyperparameters.",
            found="read: " + (", ".join(sorted(self._seen)) or "nothing") + ".",
            expected="crew.hyperparameters, and crew.length or crew.advance().",
            mend="state = train(state, crew.hyperparameters, crew.length)",
        )

    def _wait(self) -> None:
        if self._waited:
            return
        if not self._said:
            self._receipt({lane: begin.hyperparameters for lane, begin in self._began.items()})
        self._still("length")
        self._waited = True
        self._training = self._talk.take(Train)

    def _undisturbed(self, lane: int) -> None:
        if lane in self._lanes.stirred:
            raise StartIgnored(
                f"lane {lane} stood still while others trained, and the script trained it too.",
                found="nothing read crew.moving or crew.lengths.",
                expected="weights that are unchanged.",
                mend="train where crew.moving only: state = where(crew.moving, trained, state)",
            )

    # ---- how it ends

    def finish(
        self,
        score: Score = None,
        save: Callable[[int, Path], object] | None = None,
        report: Score = None,
        pictures: Callable[[int, Path, int], object] | None = None,
    ) -> None:
        """Ends the crew: measures and saves what Clade asks, and returns when there is a next crew.

        :param score: K numbers (or lists of samples), a mapping of metrics to these, or a function that returns one
            of them; it is given ``seeds`` (K) and ``purpose`` where it has such parameters
        :param save: ``save(lane, folder)`` writes the weights of a lane into an empty folder
        :param report: like ``score``, with its metrics by name: the test set, at the very end
        :param pictures: ``pictures(lane, folder, seed)`` draws PNG files of what a person should see of a lane's model:
            the winner's are in the report. Needs the capability ``pictures``.
        """
        if pictures is not None:
            self._talk.needs("pictures", "finish(pictures=...)")
        self._still("finish")
        self._wait()
        if self._training:
            still = set(self._lanes.begins) - set(self._training)
            if "moving" not in self._seen:
                self._lanes.stirred |= still
            for lane in self._training:
                done = self._done(lane)
                if lane not in self._failed:
                    self._talk.answer("trained", lane, steps=done)
        while True:
            if evaluations := self._talk.take(Evaluate):
                self._measured(evaluations, score, report)
            elif saves := self._talk.take(Save):
                self._saved(saves, save)
            elif draws := self._talk.take(Draw):
                self._drawn(draws, pictures)
            else:
                self._over = True
                return

    def _measured(self, asked: dict[int, Evaluate], score: Score, report: Score) -> None:
        first = next(iter(asked.values()))
        final = first.purpose == "report"
        source = report if final and report is not None else score
        if callable(source):
            seeds = array([asked[lane].seed if lane in asked else 0 for lane in range(len(self))])
            source = call(source, seeds, first.purpose)
        if source is None:
            raise ScoreMissing(
                "an evaluation is asked for, and there is no score.",
                found="finish() without score, or a score function that returned None.",
                expected=f"{len(self)} numbers, or a dict of metrics with {len(self)} each.",
                mend="crew.finish(score=evaluate(state), save=...)",
            )
        for lane in asked:
            self._undisturbed(lane)
            self._talk.answer("evaluated", lane, metrics=self._talk.metrics(self._of(source, lane), complete=not final))

    def _of(self, score: Any, lane: int) -> Any:
        if isinstance(score, Mapping):
            return {name: self._of(each, lane) for name, each in score.items()}
        found = plain(score)
        if not isinstance(found, list) or len(found) != len(self):
            raise ScoreMissing(
                "the score of a crew has a place for each lane.",
                found=repr(score)[:200],
                expected=f"{len(self)} numbers or lists of samples.",
                mend="return one for each lane, in their order.",
            )
        return found[lane]

    def _saved(self, asked: dict[int, Save], save: Callable[[int, Path], object] | None) -> None:
        if save is None:
            raise SaveMissing(
                "the weights are to be saved, and there is no save.",
                found="finish() without save.",
                expected="a function that writes those of one lane into a folder.",
                mend="crew.finish(score=..., save=lambda lane, folder: save(state, lane, folder))",
            )
        for lane, each in asked.items():
            self._undisturbed(lane)
            save(lane, each.folder)
            self._talk.answer("saved", lane)

    def _drawn(self, asked: dict[int, Draw], pictures: Callable[[int, Path, int], object] | None) -> None:
        for lane, each in asked.items():
            self._undisturbed(lane)
            if pictures is not None:
                pictures(lane, each.folder, each.seed)
            self._talk.answer("drawn", lane)

    def _still(self, what: str) -> None:
        if self._over:
            raise SegmentOver(
                f"{what} of a crew that is over.",
                found="a call behind finish().",
                expected="one before.",
                mend="use the crew that the loop gives, before its end.",
            )

    # ---- for the session

    def _threw(self, thrown: BaseException) -> None:
        """The body was left by an exception: all lanes have failed."""
        if not self._over:
            self._over = True
            text = "".join(traceback.format_exception_only(type(thrown), thrown)).strip()
            self._talk.fail("threw", text)

    def _left_body(self) -> None:
        """The body was left."""
        if not self._over:
            refusal = NotFinished(
                "the body of a crew was left without finish().",
                found=f"lanes {', '.join(map(str, self._lanes.begins))}.",
                expected="finish() at its end.",
                mend="crew.finish(score=..., save=...) as the last line of the loop.",
            )
            self._threw(refusal)
            raise refusal


def crews(talk: Talk) -> Iterator[Crew]:
    """The crews of a session, one after the other."""
    lanes = _Lanes({}, set())
    while not isinstance(talk.peek()[0], End):
        began = talk.take(Begin)
        if not began and (not lanes.begins or not isinstance(talk.peek()[0], Train)):
            raise talk.unexpected()
        crew = Crew(talk, lanes, began)
        yield crew
        crew._left_body()
