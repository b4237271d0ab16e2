"""The requests of the protocol (``docs/protocol.md``, version 1), read and checked."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

from .errors import ProtocolError, Refused

VERSION = 1
LIMIT = 1 << 20
"""The longest line, its newline included [bytes]."""
DEPTH = 16
"""How deep a message may be nested."""
LARGEST = 1 << 53
"""Seeds and steps are whole numbers from 0 and below this."""

Message: TypeAlias = dict[str, Any]


@dataclass(frozen=True)
class Welcome:
    """What Clade says of the experiment, once."""

    experiment: str
    slot: int
    lanes: int
    metrics: tuple[str, ...]
    unit: str
    parameters: Mapping[str, Any]


@dataclass(frozen=True)
class Begin:
    """Load, apply, say what is in force."""

    lane: int
    member: int
    segment: int
    origin: str
    folder: Path | None
    source: int
    keep: float
    fresh: float
    seed: int
    hyperparameters: Mapping[str, Any]
    changed: frozenset[str]
    rebuild: bool
    step: int
    lineage: int


@dataclass(frozen=True)
class Train:
    """Train so many steps, or until told to stop (None)."""

    lane: int
    steps: int | None
    step: int


@dataclass(frozen=True)
class Evaluate:
    """Measure, and change nothing."""

    lane: int
    seed: int
    purpose: str


@dataclass(frozen=True)
class Save:
    """Write the weights into an empty folder."""

    lane: int
    folder: Path


@dataclass(frozen=True)
class Draw:
    """Draw the model into an empty folder."""

    lane: int
    folder: Path
    seed: int


@dataclass(frozen=True)
class End:
    """No more requests."""


Request: TypeAlias = Begin | Train | Evaluate | Save | Draw | End

_ORIGINS = ("fresh", "keep", "resume", "copy", "blend", "lane")
_WITH_FOLDER = ("resume", "copy", "blend")
_WORDS = {"NaN": float("nan"), "Infinity": float("inf"), "-Infinity": float("-inf")}


def message(text: bytes) -> Message:
    """One line as a JSON object.

    :raises ProtocolError: if it is none, or nested too deep
    :raises Refused: if it is Clade's ``error``
    """
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as e:
        raise _not_a_message(text) from e
    if not isinstance(found, dict) or not isinstance(found.get("type"), str) or not _shallow(found, DEPTH):
        raise _not_a_message(text)
    if found["type"] == "error":
        raise Refused(
            str(found.get("what", "Clade has refused this program.")),
            found=str(found.get("found", "?")),
            expected=str(found.get("expected", "?")),
            mend=str(found.get("mend", "?")),
            code=str(found["code"]) if "code" in found else None,
        )
    return found


def welcome(found: Message) -> Welcome:
    """Clade's answer to the hello."""
    if found["type"] != "welcome" or found.get("protocol") != VERSION:
        raise ProtocolError(
            "the hello was not answered by a welcome.",
            found=_short(found),
            expected=f'{{"type":"welcome","protocol":{VERSION},...}}',
            mend="install the clade-pbt that belongs to this Clade.",
        )
    fields = _Fields(found)
    metrics = fields.of("metrics", list)
    return Welcome(
        experiment=fields.of("experiment", str),
        slot=fields.whole("slot"),
        lanes=fields.whole("lanes", least=1),
        metrics=tuple(str(name) for name in metrics),
        unit=str(found.get("unit", "step")),
        parameters=fields.of("parameters", dict) if "parameters" in found else {},
    )


def request(found: Message, lanes: int = 1) -> Request:
    """A request, typed.

    :raises ProtocolError: for an unknown type, or a field that is missing or no such thing
    """
    fields = _Fields(found)
    kind = found["type"]
    if kind == "end":
        return End()
    if kind not in ("begin", "train", "evaluate", "save", "draw"):
        raise ProtocolError(
            "a message of an unknown type.",
            found=_short(found),
            expected="one of begin, train, evaluate, save, draw, stop, end, error.",
            mend="install the clade-pbt that belongs to this Clade.",
        )
    lane = fields.whole("lane", below=lanes)
    if kind == "train":
        steps = None if found.get("steps", "") is None else fields.whole("steps")
        return Train(lane, steps, fields.whole("step"))
    if kind == "evaluate":
        return Evaluate(lane, fields.whole("seed"), fields.of("purpose", str))
    if kind == "save":
        return Save(lane, Path(fields.of("folder", str)))
    if kind == "draw":
        return Draw(lane, Path(fields.of("folder", str)), fields.whole("seed"))
    return _begin(fields, lane, lanes)


def _begin(fields: _Fields, lane: int, lanes: int) -> Begin:
    origin = fields.of("origin", str)
    if origin not in _ORIGINS:
        raise fields.wrong("origin", "one of " + ", ".join(_ORIGINS))
    blend = origin == "blend"
    return Begin(
        lane=lane,
        member=fields.whole("member"),
        segment=fields.whole("segment"),
        origin=origin,
        folder=Path(fields.of("folder", str)) if origin in _WITH_FOLDER else None,
        source=fields.whole("from", below=lanes) if origin == "lane" else lane,
        keep=fields.real("keep") if blend else 1.0,
        fresh=fields.real("fresh") if blend else 0.0,
        seed=fields.whole("seed"),
        hyperparameters=fields.of("hyperparameters", dict),
        changed=frozenset(str(name) for name in fields.of("changed", list)),
        rebuild=fields.of("rebuild", bool),
        step=fields.whole("step"),
        lineage=fields.whole("lineage"),
    )


class _Fields:
    """The fields of one message, each of the type that it must have."""

    def __init__(self, found: Message) -> None:
        self._found = found

    def of(self, name: str, kind: type[Any]) -> Any:
        value = self._found.get(name)
        if not isinstance(value, kind):
            raise self.wrong(name, f"a {_NAMES[kind]}")
        return value

    def whole(self, name: str, least: int = 0, below: int = LARGEST) -> int:
        value = self._found.get(name)
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value < below:
            raise self.wrong(name, f"a whole number from {least} and below {below}")
        return value

    def real(self, name: str) -> float:
        value = self._found.get(name)
        if isinstance(value, str) and value in _WORDS:
            return _WORDS[value]
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            raise self.wrong(name, "a number")
        return float(value)

    def wrong(self, name: str, expected: str) -> ProtocolError:
        return ProtocolError(
            f"a message lacks the field '{name}', or it is no such thing.",
            found=_short(self._found),
            expected=f"'{name}' is {expected}.",
            mend="install the clade-pbt that belongs to this Clade.",
        )


_NAMES: dict[type[Any], str] = {str: "word", list: "list", dict: "mapping", bool: "flag"}


def _not_a_message(text: bytes) -> ProtocolError:
    return ProtocolError(
        "a line is no message of the protocol.",
        found=_short(text),
        expected=f"a JSON object with a type, nested at most {DEPTH} deep.",
        mend="connect to nothing but Clade: CLADE_SOCKET and CLADE_TOKEN are Clade's to set.",
    )


def _shallow(value: Any, deep: int) -> bool:
    if isinstance(value, dict):
        return deep > 0 and all(_shallow(each, deep - 1) for each in value.values())
    if isinstance(value, list):
        return deep > 0 and all(_shallow(each, deep - 1) for each in value)
    return True


def _short(found: object) -> str:
    text = repr(found)
    return text if len(text) <= 200 else text[:200] + "..."
