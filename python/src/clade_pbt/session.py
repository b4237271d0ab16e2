"""Sessions: a script that trains segment after segment, of one member after another, and stays warm."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from types import TracebackType
from typing import Any, Generic, Literal, Protocol, TypeVar, overload

from ._version import __version__
from .alone import Alone
from .channel import Channel
from .crew import Crew, crews
from .errors import CladeError, ProtocolError, Refused
from .segment import Segment, segments, show
from .talk import Talk
from .wire import Wire

PROGRAM = f"clade-pbt {__version__}"
CAPABILITIES = ("midway", "bitwise", "blend", "pictures")

Capability = Literal["midway", "bitwise", "blend", "pictures"]


class Turn(Protocol):
    """What a session gives, one after the other: segments or crews."""

    def _threw(self, thrown: BaseException) -> None: ...

    def _left_body(self) -> None: ...


T = TypeVar("T", bound=Turn)


class Session(Generic[T]):
    """An iterator of segments (or crews), to be used once::

        with clade.session(defaults={"lr": 1e-3}) as session:
            for segment in session:
                ...

    An exception that leaves the loop is told to Clade by the ``with``, and ends the program; Clade heals the member
    and starts the program anew. :meth:`run` keeps the process warm instead.
    """

    def __init__(
        self,
        open_channel: Callable[[], Channel],
        talk: Callable[[Channel], Talk],
        turns: Callable[[Talk], Iterator[T]],
    ) -> None:
        self._open_channel = open_channel
        self._make_talk = talk
        self._make_turns = turns
        self._channel: Channel | None = None
        self._turns: Iterator[T] | None = None
        self._turn: T | None = None

    def _open(self) -> Channel:
        if self._channel is None:
            self._channel = self._open_channel()
        return self._channel

    @property
    def alone(self) -> bool:
        """Whether the script runs without Clade."""
        return self._open().alone

    @property
    def experiment(self) -> str:
        """The name of the experiment; ``alone`` where there is none."""
        return self._open().welcome.experiment

    @property
    def slot(self) -> int:
        """Which of the slots this process is, from 0."""
        return self._open().welcome.slot

    @property
    def metrics(self) -> tuple[str, ...]:
        """The metrics that every evaluation must have."""
        return self._open().welcome.metrics

    def __enter__(self) -> Session[T]:
        self._open()
        return self

    def __iter__(self) -> Session[T]:
        return self

    def __next__(self) -> T:
        if self._turns is None:
            self._turns = self._make_turns(self._make_talk(self._open()))
        self._turn = None
        try:
            self._turn = next(self._turns)
        except StopIteration:
            self.close()
            raise
        return self._turn

    def run(self, train: Callable[[T], object]) -> None:
        """Calls ``train`` with every segment. If it raises, the segment fails, the traceback is printed, and the
        process goes on with what comes next. It can be used as a decorator.

        Errors of the conversation itself, and interrupts, are raised.
        """
        with self:
            for turn in self:
                try:
                    train(turn)
                    turn._left_body()
                except (ProtocolError, Refused):
                    raise
                except Exception as e:
                    if not self._open().heals:
                        raise
                    show(e)
                    turn._threw(e)

    def close(self) -> None:
        """Ends the conversation."""
        if self._channel is not None:
            self._channel.close()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        thrown: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            if self._turn is not None and thrown is None:
                self._turn._left_body()
            elif self._turn is not None and not isinstance(thrown, (ProtocolError, Refused)):
                assert thrown is not None
                self._turn._threw(thrown)
        finally:
            self.close()


@overload
def session(
    defaults: Mapping[str, Any] | None = None,
    *,
    lanes: None = None,
    capabilities: Iterable[Capability] = (),
    receipts: Literal["required", "optional"] = "required",
    steps: int | None = None,
) -> Session[Segment]: ...
@overload
def session(
    defaults: Mapping[str, Any] | None = None,
    *,
    lanes: int,
    capabilities: Iterable[Capability] = (),
    receipts: Literal["required", "optional"] = "required",
    steps: int | None = None,
) -> Session[Crew]: ...
def session(
    defaults: Mapping[str, Any] | None = None,
    *,
    lanes: int | None = None,
    capabilities: Iterable[Capability] = (),
    receipts: Literal["required", "optional"] = "required",
    steps: int | None = None,
) -> Session[Segment] | Session[Crew]:
    """The session of this program: with Clade where Clade started it (``CLADE_SOCKET``), else alone.

    :param defaults: hyperparameters of the script when it runs alone, and of what an experiment does not tune
    :param lanes: how many members it can train at once, as one program; then the session gives crews
    :param capabilities: what it can do beyond the plain contract: ``midway`` evaluations, ``blend``, ``bitwise``
        resume, ``pictures`` of the winner
    :param receipts: ``optional`` where the experiment says ``receipts: optional``: ``applied`` may leave out names
    :param steps: how long it trains alone; None: until its loader ends
    """
    claimed = list(dict.fromkeys(capabilities))
    for each in claimed:
        if each not in CAPABILITIES:
            raise ValueError(f"no capability: {each!r}; there are {', '.join(CAPABILITIES)}")
    if receipts not in ("required", "optional"):
        raise ValueError(f"receipts are 'required' or 'optional', not {receipts!r}")
    if lanes is not None and lanes < 1:
        raise ValueError(f"lanes={lanes}: at least 1")
    all_claimed = [*claimed, *(["lanes"] if lanes is not None else [])]

    def open_channel() -> Channel:
        path = os.environ.get("CLADE_SOCKET")
        if not path:
            return _alone(defaults, lanes, steps)
        if int(os.environ.get("WORLD_SIZE") or 1) > 1 and "RANK" in os.environ:
            from .distributed import Ranks

            return Ranks(lambda: _wire(path, all_claimed, lanes or 1))
        return _wire(path, all_claimed, lanes or 1)

    def talk(channel: Channel) -> Talk:
        return Talk(channel, frozenset(all_claimed), defaults or {}, receipts == "optional")

    if lanes is None:
        return Session(open_channel, talk, segments)
    return Session(open_channel, talk, crews)


def _wire(path: str, capabilities: list[str], lanes: int) -> Wire:
    return Wire.connect(path, os.environ.get("CLADE_TOKEN", ""), capabilities, lanes, PROGRAM)


def _alone(defaults: Mapping[str, Any] | None, lanes: int | None, steps: int | None) -> Alone:
    if defaults is None:
        raise CladeError(
            "this script runs alone, and has no hyperparameters.",
            found="no CLADE_SOCKET, and session() without defaults.",
            expected="defaults, or Clade.",
            mend='clade.session(defaults={"lr": 1e-3}), or start it by clade run.',
        )
    if lanes is not None and steps is None:
        raise CladeError(
            "lanes that run alone need a length.",
            found="session(lanes=...) without steps.",
            expected="steps=N: how long they train.",
            mend=f"clade.session(defaults, lanes={lanes}, steps=1000)",
        )
    return Alone(defaults, lanes, steps, quiet=int(os.environ.get("RANK") or 0) > 0)
