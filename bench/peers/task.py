"""What all tools are given alike: one task a measurement, with the same population, slots, interval and budget."""

import json
import os
from dataclasses import asdict, dataclass, replace
from pathlib import Path

# The settings that the three tools share, with the values that both peers have by default.
QUANTILE = 0.25
RESAMPLE = 0.25
FACTORS = (0.8, 1.2)

SLOTS = 2


@dataclass(frozen=True)
class Task:
    """A measurement: `population` members train at most `steps` steps each and are compared every `ready` steps."""

    name: str
    trainer: str  # a class of trainers.py
    population: int
    steps: int
    ready: int
    report_every: int = 1  # steps between two reports
    sleep: float = 0.0  # seconds that a step takes, of a trainer that sleeps
    megabytes: int = 0  # size of a checkpoint, of the trainer that has one to copy
    seed: int = 1
    # Whether Clade has barriers. Without, who copies a model that is ahead ends early: the budget is not used up.
    whole_budget: bool = False
    # Syne Tune keeps no more members than it has workers; the others take turns on the slots.
    syne_workers: int = SLOTS

    @property
    def letter(self) -> str:
        return self.name[0]

    @property
    def reports(self) -> int:
        """How many reports the whole budget is worth."""
        return self.population * self.steps // self.report_every

    def write(self, folder: Path) -> None:
        folder.mkdir(parents=True)
        (folder / "task.json").write_text(json.dumps(asdict(self)))


def folder() -> Path:
    """Where the present measurement keeps its files; handed down to every process by the environment."""
    return Path(os.environ["PEERS_FOLDER"])


def read() -> Task:
    return Task(**json.loads((folder() / "task.json").read_text()))


def tasks(letter: str, seeds: int) -> list[Task]:
    """The measurements of a letter, sized so that all letters of all tools end within about 25 minutes."""
    match letter:
        case "a":
            return [
                Task("a-report", "Nothing", population=2, steps=20_000, ready=10_000),
                Task("a-decision", "Nothing", population=8, steps=50, ready=1),
            ]
        case "b":
            return [Task("b", "Sleeper", population=8, steps=200, ready=20, sleep=0.02)]
        case "c":
            return [
                Task(f"c-{size}", "Heavy", population=2, steps=steps, ready=1, megabytes=size, sleep=sleep)
                for size, steps, sleep in ((1, 16, 0.5), (100, 12, 0.5), (1_000, 6, 2.0))
            ]
        case "d":
            digits = Task("d", "Digits", 8, 400, 20, report_every=20, sleep=0.01, whole_budget=True, syne_workers=8)
            return [replace(digits, name=f"d-{seed}", seed=seed) for seed in range(1, seeds + 1)]
        case "e":
            return [Task("e", "Sleeper", population=8, steps=300, ready=30, sleep=0.05)]
    raise ValueError(f"no letter {letter}: a, b, c, d or e")
