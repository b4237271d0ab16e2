"""What the journals of a measurement say: seconds, copies, steps lost."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import numpy

from task import SLOTS, Task


@dataclass
class Run:
    """One task under one tool, as the clock and the journals of its processes have it. Times are in seconds."""

    task: Task
    launched: float
    ended: float
    killed: float | None = None  # when its driver was killed, if it was
    left: int = 0  # processes that went on without their driver
    resumed: float | None = None  # when it was told to go on
    events: list[dict] = field(default_factory=list)

    def read(self, folder: Path) -> None:
        lines = (line for file in (folder / "journal").glob("*.jsonl") for line in file.read_text().splitlines())
        self.events = sorted(map(json.loads, lines), key=lambda event: event["time"])

    def of(self, *kinds: str) -> list[dict]:
        return [event for event in self.events if event["event"] in kinds]

    @property
    def wall(self) -> float:
        return self.ended - self.launched

    @property
    def start(self) -> float:
        """From the command to the first step of a member."""
        return self.of("go")[0]["time"] - self.launched

    @property
    def work(self) -> float:
        """From the first step of a member to the exit of the command."""
        return self.wall - self.start

    @property
    def calls(self) -> list[float]:
        """Seconds that each report held up its trainer."""
        return [seconds for event in self.of("ready", "end") for seconds in event["reports"]]

    @property
    def reports(self) -> int:
        """How many reports the tool has taken in: all of them, unless it says itself how many it read."""
        handled = self.of("handled")
        return handled[-1]["reports"] if handled else len(self.calls)

    def report(self) -> dict:
        return {
            "reports": self.reports,
            "start s": self.start,
            "work s": self.work,
            "us a report": 1e6 * self.work / self.reports,
            "p50 us in the call": 1e6 * quantile(self.calls, 0.5),
            "p99 us in the call": 1e6 * quantile(self.calls, 0.99),
        }

    def decision(self) -> dict:
        ready = len(self.of("ready"))
        return {
            "ready points": ready,
            "start s": self.start,
            "work s": self.work,
            "ms a decision": 1e3 * self.work / ready,
        }

    def lost(self) -> dict:
        """Wall-clock beyond what the steps that were trained take on the slots, since copies end some members early."""
        trained = len(self.of("step"))
        ideal = trained * self.task.sleep / SLOTS
        lost = self.wall - ideal
        return {
            "steps trained": trained,
            "ideal s": ideal,
            "wall s": self.wall,
            "lost s": lost,
            "lost %": 100 * lost / ideal,
            "start s": self.start,
            "lost after the start, ms a ready point": 1e3 * (lost - self.start) / len(self.of("ready")),
        }

    def copy(self) -> dict:
        """From where a recipient was ready, before it saved, to where it had its donor's weights."""
        heir = {event["by"]: event["member"] for event in self.of("replaced")}
        turns, saves, loads = [], [], []
        for loaded in filter(lambda event: event["copy"], self.of("loaded")):
            mine = [e for e in self.events if e["member"] == loaded["member"] and e["time"] > loaded["time"]]
            before = {loaded["member"], heir.get(loaded["member"])}
            ready = [e for e in self.of("ready") if e["member"] in before and e["time"] < loaded["time"]]
            if not ready or not any(event["event"] == "go" for event in mine):
                continue  # the finals: nothing was trained with what was loaded
            saved = [
                e for e in self.of("saved") if e["member"] in before and ready[-1]["time"] < e["time"] < loaded["time"]
            ]
            turns.append(loaded["time"] - ready[-1]["time"])
            saves.append(sum(event["seconds"] for event in saved))
            loads.append(loaded["seconds"])
        rest = [turn - save - load for turn, save, load in zip(turns, saves, loads, strict=True)]
        return {
            "copies": len(turns),
            "p50 s": quantile(turns, 0.5),
            "max s": quantile(turns, 1),
            "own save p50 s": quantile(saves, 0.5),
            "own load p50 s": quantile(loads, 0.5),
            "the tool's p50 s": quantile(rest, 0.5),
            "the tool's max s": quantile(rest, 1),
            "wall s": self.wall,
        }

    def budget(self) -> dict:
        """What was spent for the model that letter d looks at."""
        ready = len(self.of("ready"))
        return {"steps trained": ready * self.task.ready, "ready points": ready, "wall s": self.wall}

    def kill(self) -> dict:
        """What a kill of the driver cost: steps done again, members and scores that were not there any more."""
        before = [event for event in self.events if event["time"] < self.killed]
        after = [event for event in self.events if event["time"] > self.resumed]
        replaced = {event["member"] for event in before if event["event"] == "replaced"}
        last = {event["member"]: event["step"] for event in before if event["event"] == "step"}
        work = {member: step for member, step in last.items() if member not in replaced and step < self.task.steps}
        # A tool may start another member under the name of one that it has forgotten.
        others = {event["member"] for event in after if event["event"] == "started"}
        first: dict[str, dict] = {}
        for event in after:
            if event["event"] in ("loaded", "go") and event["member"] not in others:
                first.setdefault(event["member"], event)
        # Of who was between two segments a decision may have come first: a copy of who is behind does nothing again.
        latest = {event["member"]: event["event"] for event in before}
        inside = {member for member, event in latest.items() if event in ("go", "step")}
        own = {member: event["step"] for member, event in first.items() if member in inside or not event.get("copy")}
        again = sum(max(0, step - own[member]) for member, step in work.items() if member in own)
        # Who copied a model that was at its end already has nothing more to train, and is there all the same.
        there = {event["member"] for event in after} - others
        lost = [step for member, step in work.items() if member not in there]
        starts = [event["time"] for event in after if event["event"] == "go"]
        [resumed] = [event for event in after if event["event"] == "resumed"]
        aside = resumed.get("aside", 0)  # seconds for what the bench wanted to know
        return {
            "processes left": self.left,
            "members at work": len(work),
            "members lost": len(lost),
            "steps of theirs": sum(lost),
            "steps done again": again,
            "steps lost": sum(lost) + again,
            "scores known": resumed["scores"],
            "restart to first step s": min(starts) - self.resumed - aside,
            "wall s": self.wall - aside,
        }


def quantile(values: Iterable[float], share: float) -> float:
    found = list(values)
    return float(numpy.quantile(found, share)) if found else float("nan")


def interval(differences: list[float]) -> tuple[float, float, float]:
    """Mean of paired differences with the 95 % interval of 10,000 bootstrap samples."""
    random = numpy.random.default_rng(0)
    means = random.choice(differences, (10_000, len(differences))).mean(axis=1)
    low, high = numpy.quantile(means, (0.025, 0.975))
    return float(numpy.mean(differences)), float(low), float(high)
