"""The trainers that every tool runs, and the member that the adapters drive, so that one hand measures all tools."""

import functools
import json
import os
import time
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import ClassVar

import numpy

from task import Task, folder

CHECKPOINT = "state.npy"


class Nothing:
    """Trains nothing. Its score is the mean of the hyperparameter `h` over the steps of its weights."""

    space: ClassVar = {"h": (0.1, 1.0)}  # log-uniform, as are all spaces here
    size = 2  # numbers in a checkpoint: steps, total, and what a trainer adds

    def __init__(self, task: Task, seed: int):
        self.task = task
        self.h = 0.0
        self.state = numpy.zeros(self.size)

    @property
    def steps(self) -> int:
        """Steps that these weights have seen, of whichever members."""
        return int(self.state[0])

    def apply(self, hyperparameters: dict[str, float]) -> None:
        self.h = hyperparameters["h"]

    def in_force(self) -> dict[str, float]:
        return {"h": self.h}

    def step(self) -> None:
        self.state[0] += 1
        self.state[1] += self.h

    def evaluate(self) -> float:
        return float(self.state[1] / self.state[0]) if self.steps else self.h

    def save(self, to: Path) -> None:
        numpy.save(to / CHECKPOINT, self.state)

    def load(self, source: Path) -> None:
        self.state = numpy.load(source / CHECKPOINT)


class Sleeper(Nothing):
    """Sleeps for a fixed time at every step."""

    def step(self) -> None:
        time.sleep(self.task.sleep)
        super().step()


class Heavy(Sleeper):
    """Has a checkpoint of so many megabytes that changes as a whole at every step, and sleeps as well.

    It sleeps so that a tool whose programs do not wait for decisions has the time to make one.
    """

    def __init__(self, task: Task, seed: int):
        super().__init__(task, seed)
        self.state = numpy.zeros(2 + task.megabytes * 125_000)
        self.state[2:] = seed % 1_000

    def step(self) -> None:
        super().step()
        self.state[2:] += self.h


class Digits(Sleeper):
    """A network of 64-32-10 units that learns handwritten digits by stochastic gradient descent, in batches of 16.

    It sleeps as well, as if it were larger, for the same reason as `Heavy`.
    """

    space: ClassVar = {"lr": (1e-3, 1.0), "l2": (1e-6, 1e-2)}
    shapes = ((64, 32), (32,), (32, 10), (10,))
    size = 2 + sum(int(numpy.prod(shape)) for shape in shapes)
    batch = 16

    def __init__(self, task: Task, seed: int):
        super().__init__(task, seed)
        self.random = numpy.random.default_rng(seed)
        self.values = dict.fromkeys(self.space, 0.0)
        for weights in self._layers()[::2]:
            weights[:] = self.random.normal(0, weights.shape[0] ** -0.5, weights.shape)
        with numpy.load(folder().parent / "digits.npz") as data:
            self.data = dict(data)

    def apply(self, hyperparameters: dict[str, float]) -> None:
        self.values = {name: hyperparameters[name] for name in self.space}

    def in_force(self) -> dict[str, float]:
        return self.values

    def step(self) -> None:
        super().step()
        chosen = self.random.integers(len(self.data["train_y"]), size=self.batch)
        x, y = self.data["train_x"][chosen], self.data["train_y"][chosen]
        hidden, out = self._forward(x)
        out = numpy.exp(out - out.max(axis=1, keepdims=True))
        out /= out.sum(axis=1, keepdims=True)
        out[numpy.arange(len(y)), y] -= 1
        out /= len(y)
        w1, b1, w2, b2 = self._layers()
        back = (out @ w2.T) * (hidden > 0)
        lr, l2 = self.values["lr"], self.values["l2"]
        w2 -= lr * (hidden.T @ out + l2 * w2)
        b2 -= lr * out.sum(axis=0)
        w1 -= lr * (x.T @ back + l2 * w1)
        b1 -= lr * back.sum(axis=0)

    def evaluate(self, part: str = "valid") -> float:
        _, out = self._forward(self.data[part + "_x"])
        return float((out.argmax(axis=1) == self.data[part + "_y"]).mean())

    def _layers(self) -> list[numpy.ndarray]:
        sizes = [int(numpy.prod(shape)) for shape in self.shapes]
        parts = numpy.split(self.state[2:], numpy.cumsum(sizes)[:-1])
        return [part.reshape(shape) for part, shape in zip(parts, self.shapes, strict=True)]

    def _forward(self, x: numpy.ndarray) -> tuple[numpy.ndarray, numpy.ndarray]:
        w1, b1, w2, b2 = self._layers()
        hidden = numpy.maximum(x @ w1 + b1, 0)
        return hidden, hidden @ w2 + b2


TRAINERS = {kind.__name__: kind for kind in (Nothing, Sleeper, Heavy, Digits)}


def digits(to: Path) -> None:
    """Writes scikit-learn's handwritten digits: 1,000 to train, 297 to decide by, 500 that only the bench looks at."""
    from sklearn.datasets import load_digits

    x, y = load_digits(return_X_y=True)
    order = numpy.random.default_rng(0).permutation(len(y))
    x, y = x[order] / 16, y[order]
    cut = {"train": slice(0, 1_000), "valid": slice(1_000, 1_297), "test": slice(1_297, None)}
    numpy.savez(to, **{f"{part}_{name}": of[at] for part, at in cut.items() for name, of in (("x", x), ("y", y))})


@functools.cache
def journal() -> int:
    """The file of what this process did."""
    journals = folder() / "journal"
    journals.mkdir(exist_ok=True)
    return os.open(journals / f"{os.getpid()}.jsonl", os.O_WRONLY | os.O_CREAT | os.O_APPEND)


def note(event: str, member: str, **facts) -> None:
    """Notes what happened, and when: a JSON line that is written at once, so that a kill loses none."""
    line = {"time": time.time(), "event": event, "member": member, **facts}
    os.write(journal(), json.dumps(line).encode() + b"\n")


class Member:
    """A member at work in this process: a trainer, and a journal of what it did."""

    def __init__(self, task: Task, name: str):
        self.task = task
        self.name = name
        self.trainer = TRAINERS[task.trainer](task, seed=zlib.crc32(f"{task.seed} {name}".encode()))
        self.calls: list[float] = []  # seconds that each call of `report` took, of the last so many
        self.moved = False

    def load(self, source: Path, copy: bool = True) -> None:
        """Takes over the weights of a checkpoint: another member's, or its own where it is no `copy`."""
        start = time.time()
        self.trainer.load(source)
        note("loaded", self.name, step=self.trainer.steps, seconds=time.time() - start, copy=copy)

    def apply(self, hyperparameters: dict[str, float]) -> None:
        self.trainer.apply(hyperparameters)
        self.moved = False

    def step(self) -> bool:
        """Trains one step; is the member ready to be compared?"""
        if not self.moved:
            note("go", self.name, step=self.trainer.steps)
            self.moved = True
        self.trainer.step()
        if self.task.sleep:
            note("step", self.name, step=self.trainer.steps)
        if self.trainer.steps % self.task.ready:
            return False
        note("ready", self.name, step=self.trainer.steps, reports=self.calls)
        self.calls = []
        return True

    def reports(self) -> bool:
        """Is this a step to report at?"""
        return self.trainer.steps % self.task.report_every == 0

    def report(self, call: Callable[..., None], *args, **metrics) -> None:
        """Reports by the tool's own call, and notes how long that held up the training."""
        start = time.perf_counter()
        call(*args, **metrics)
        self.calls.append(time.perf_counter() - start)

    def evaluate(self) -> float:
        return self.trainer.evaluate()

    def save(self, to: Path) -> None:
        start = time.time()
        self.trainer.save(to)
        note("saved", self.name, seconds=time.time() - start)

    def close(self) -> None:
        note("end", self.name, step=self.trainer.steps, reports=self.calls)
