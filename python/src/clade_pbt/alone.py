"""A script without Clade: one fresh segment under its defaults."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from time import monotonic
from typing import Any

from .channel import ENDED
from .errors import CladeError
from .messages import LARGEST, Message, Welcome
from .values import finite, same

PRINT_EVERY = 2.0
"""How often reports are printed [s]."""


class Alone:
    """Asks what Clade would ask a new member. Reports go to standard error, the score to standard output as JSON.

    ``CLADE_SEED`` is the seed (0), ``CLADE_SAVE`` a folder for the weights.
    """

    alone = True
    heals = False

    def __init__(self, defaults: Mapping[str, Any], lanes: int | None, steps: int | None, quiet: bool = False) -> None:
        self.welcome = Welcome("alone", 0, lanes or 1, (), "step", {})
        self._quiet = quiet
        self._crew = lanes is not None
        self._defaults = dict(defaults)
        self._began = monotonic()
        self._printed = self._began
        seed = _seed()
        every = range(lanes or 1)
        self._asked: list[list[Message]] = [
            [self._begin(lane, (seed + lane) % LARGEST) for lane in every],
            [{"type": "train", "lane": lane, "steps": steps, "step": 0} for lane in every],
            [{"type": "evaluate", "lane": lane, "seed": seed, "purpose": "select"} for lane in every],
        ]
        if folder := os.environ.get("CLADE_SAVE"):
            self._asked += [[self._save(Path(folder), lane)] for lane in every]

    def _begin(self, lane: int, seed: int) -> Message:
        return {
            "type": "begin",
            "lane": lane,
            "member": lane,
            "segment": 0,
            "origin": "fresh",
            "seed": seed,
            "hyperparameters": self._defaults,
            "changed": [],
            "rebuild": True,
            "step": 0,
            "lineage": 0,
        }

    def _save(self, folder: Path, lane: int) -> Message:
        return {"type": "save", "lane": lane, "folder": str(folder / str(lane) if self._crew else folder)}

    def receive(self) -> list[Message]:
        if not self._asked:
            return [ENDED]
        batch = self._asked.pop(0)
        for each in batch:
            if each["type"] == "save":
                Path(each["folder"]).mkdir(parents=True, exist_ok=True)
        return batch

    def stop_asked(self) -> bool:
        return False

    def answer(self, message: Message) -> None:
        kind = message["type"]
        if kind == "applied":
            self._compare(message["hyperparameters"])
        elif kind == "evaluated" and not self._quiet:
            print(json.dumps(finite(message["metrics"])), flush=True)
        elif kind == "failed":
            self._asked.clear()
            if message["kind"] != "threw":
                self._say(f"{message['kind']}: {message['what']}")

    def _compare(self, found: Mapping[str, Any]) -> None:
        for name, value in found.items():
            if not same(self._defaults[name], value):
                self._say(f"'{name}' is {self._defaults[name]!r} and {value!r} is in force: Clade would refuse that.")

    def report(self, lane: int, step: int, metrics: Mapping[str, float]) -> None:
        if (now := monotonic()) - self._printed >= PRINT_EVERY:
            self._printed = now
            shown = "  ".join(f"{name} {value:.6g}" for name, value in metrics.items())
            self._say(f"{now - self._began:.0f} s  step {step}  {shown}")

    def progress(self, lane: int, step: int) -> None:
        pass

    def close(self) -> None:
        pass

    def _say(self, what: str) -> None:
        if not self._quiet:
            print(f"clade: {what}", file=sys.stderr, flush=True)


def _seed() -> int:
    text = os.environ.get("CLADE_SEED", "0")
    if text.isdecimal() and int(text) < LARGEST:
        return int(text)
    raise CladeError(
        "CLADE_SEED is no seed.",
        found=repr(text),
        expected=f"a whole number from 0 and below {LARGEST}.",
        mend="set another, or leave it out for 0.",
    )
