"""Experiments from a notebook: the kernel is the slot, and nothing is pickled."""

from __future__ import annotations

import contextlib
import csv
import hashlib
import importlib
import json
import os
import re
import secrets
import signal
import socket
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .errors import CladeError, RunFailed
from .launch import command
from .segment import Segment, segments
from .session import PROGRAM, Session
from .talk import Talk
from .wire import Wire

INTERRUPTED = 130


@dataclass(frozen=True)
class Best:
    """The best model of an experiment."""

    folder: Path
    """What its ``save`` wrote."""
    score: float
    """Its mean score, measured afresh where the experiment has finals."""
    hyperparameters: dict[str, Any]
    """The values that it was trained under last. The whole story is the schedule."""
    provenance: dict[str, Any]
    """Experiment, member, scores, versions, digests."""


@dataclass(frozen=True)
class Outcome:
    """What came of an experiment."""

    best: Best
    schedule: list[dict[str, Any]]
    """The stages of the best model, oldest first: ``from``, ``to`` (steps of these weights), ``member``, the values."""
    lineage: list[dict[str, Any]]
    """The segments that trained it, oldest first."""
    report: Path
    """A page of it, for any browser."""

    def frame(self) -> Any:
        """The schedule as a pandas data frame; without pandas, as the list that it is."""
        try:
            pandas = importlib.import_module("pandas")
        except ImportError:
            return self.schedule
        return pandas.DataFrame(self.schedule)

    @classmethod
    def read(cls, results: Path) -> Outcome:
        """The outcome in a folder of results: the one that ``clade run --to`` names."""
        models = sorted(results.glob("best*/provenance.json"), key=lambda path: _opening(path.parent.name))
        if not models:
            raise RunFailed(
                "there is no model among the results.",
                found=f"no best/provenance.json in {results}.",
                expected="the folder that a completed run wrote.",
                mend="go on with clade.resume(train, name), and look at what it prints.",
            )
        folder = models[-1].parent
        provenance = json.loads(models[-1].read_text("utf-8"))
        segments = json.loads((folder / "lineage.json").read_text("utf-8"))["segments"]
        with (folder / "schedule.csv").open(encoding="utf-8", newline="") as file:
            schedule = [{name: _value(text) for name, text in row.items()} for row in csv.DictReader(file)]
        best = Best(
            folder / "weights",
            float(provenance["model"]["score"]),
            segments[-1]["hyperparameters"],
            provenance,
        )
        return cls(best, schedule, segments, results / "report.html")


def run(
    train: Callable[[Segment], object],
    experiment: Mapping[str, Any] | str | os.PathLike[str],
    *,
    store: str | None = None,
    to: str | os.PathLike[str] | None = None,
    defaults: Mapping[str, Any] | None = None,
) -> Outcome:
    """Runs an experiment whose members are trained by this process: ``train`` is called with every segment.

    Interrupting it saves what is in training at the next step and raises ``KeyboardInterrupt``; :func:`resume` goes
    on. A second interrupt does not wait.

    :param experiment: what an experiment file has but ``trainer``, or the path of one (YAML needs PyYAML)
    :param store: where the experiment is kept, as ``--store``: ``sqlite:///clade.db``
    :param to: folder for the results; None: ``runs/NAME``, or the next free number after it
    :param defaults: hyperparameters of ``train`` that the experiment does not tune
    :raises RunFailed: if the command ends with an error
    """
    settings = _settings(experiment)
    name = str(settings.get("name", "experiment"))
    results = Path(to) if to is not None else _free(name)
    with _Attached(name) as attached:
        file = attached.folder / "experiment.yaml"
        file.write_text(json.dumps({**settings, "slots": 1, "trainer": {"attach": str(attached.path)}}), "utf-8")
        attached.train(["run", str(file)], train, store, results, defaults, name)
    return Outcome.read(results)


def resume(
    train: Callable[[Segment], object],
    name: str,
    *,
    store: str | None = None,
    to: str | os.PathLike[str] | None = None,
    defaults: Mapping[str, Any] | None = None,
) -> Outcome:
    """Goes on with an experiment of :func:`run` that was interrupted, under the name that it has in the store."""
    results = Path(to) if to is not None else Path("runs") / name
    with _Attached(name) as attached:
        attached.train(["resume", name], train, store, results, defaults, name)
    return Outcome.read(results)


class _Attached:
    """A folder for a socket that only this user can enter, and the command that listens there.

    Its path follows from the experiment's name, so that the one in the log still holds when another process resumes.
    """

    def __init__(self, name: str) -> None:
        # a run of a name that is taken gets the next free number
        base = re.sub(r"-\d+$", "", name)
        self.folder = Path("/tmp") / f"clade-{os.getuid()}" / hashlib.sha256(base.encode()).hexdigest()[:16]
        self.path = self.folder / "socket"
        self._token = secrets.token_hex(16)

    def __enter__(self) -> _Attached:
        for folder in (self.folder.parent, self.folder):
            with contextlib.suppress(FileExistsError):
                folder.mkdir(mode=0o700)
            there = folder.lstat()
            if not stat.S_ISDIR(there.st_mode) or there.st_uid != os.getuid() or there.st_mode & 0o077:
                raise CladeError(
                    "the folder for the socket is not private.",
                    found=f"{folder}: mode {stat.S_IMODE(there.st_mode):o}, of user {there.st_uid}.",
                    expected=f"a folder of mode 700, of user {os.getuid()}.",
                    mend=f"remove {folder}.",
                )
        if self.path.exists():
            if other := self._connected():
                other.close()
                raise CladeError(
                    "an experiment of this name is being trained.",
                    found=f"somebody listens at {self.path}.",
                    expected="one process at a time.",
                    mend="end the other, or give the experiment another name.",
                )
            self.path.unlink()
        return self

    def __exit__(self, *_: object) -> None:
        for name in ("socket", "experiment.yaml"):
            (self.folder / name).unlink(missing_ok=True)

    def train(
        self,
        words: list[str],
        train: Callable[[Segment], object],
        store: str | None,
        results: Path,
        defaults: Mapping[str, Any] | None,
        name: str,
    ) -> None:
        words = [*command(), *words, "--slots", "1", "--to", str(results)]
        words += ["--store", store] if store is not None else []
        with subprocess.Popen(
            words,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            env={**os.environ, "CLADE_ATTACH_TOKEN": self._token},
            start_new_session=True,  # an interrupt reaches it from here only, once
        ) as process:
            shown = threading.Thread(target=_show, args=(process,), daemon=True)
            shown.start()
            try:
                with _interrupted_with_this(process.pid), _interrupts(process) as interrupted:
                    self._serve(process, train, defaults)
                    status = process.wait()
            except BaseException:
                process.send_signal(signal.SIGINT)
                process.wait()
                raise
            finally:
                shown.join(timeout=5)
        if status == INTERRUPTED or interrupted:
            print(f"clade: interrupted. To go on: clade.resume(train, {name!r})", file=sys.stderr)
            raise KeyboardInterrupt
        if status != 0:
            raise RunFailed(
                "the experiment did not end well.",
                found=f"exit status {status} of: {' '.join(words)}",
                expected="exit status 0.",
                mend="what it printed says why.",
            )

    def _serve(
        self,
        process: subprocess.Popen[str],
        train: Callable[[Segment], object],
        defaults: Mapping[str, Any] | None,
    ) -> None:
        """Trains, as soon as the command listens, until it has no more requests."""
        while (connected := self._connected()) is None:
            if process.poll() is not None:
                return  # its status says what happened
            time.sleep(0.05)

        def wire() -> Wire:
            return Wire(connected, self._token, [], 1, PROGRAM)

        with connected:
            Session(wire, lambda channel: Talk(channel, frozenset(), defaults or {}, False), segments).run(train)

    def _connected(self) -> socket.socket | None:
        """A socket to the command, once it listens."""
        connected = socket.socket(socket.AF_UNIX)
        if connected.connect_ex(str(self.path)) == 0:
            return connected
        connected.close()
        return None


def _show(process: subprocess.Popen[str]) -> None:
    assert process.stdout is not None
    for text in process.stdout:
        print(text, end="", flush=True)


@contextlib.contextmanager
def _interrupted_with_this(other: int) -> Iterator[None]:
    """Where this process is killed, the command is told to end. Else it would wait for the next one, and take its
    absence for failures of members.
    """
    watching = ["/bin/sh", "-c", 'cat >/dev/null; kill -TERM "$1"', "sh", str(other)]
    with subprocess.Popen(watching, stdin=subprocess.PIPE, start_new_session=True) as watch:
        try:
            yield
        finally:
            os.killpg(watch.pid, signal.SIGKILL)


@contextlib.contextmanager
def _interrupts(process: subprocess.Popen[str]) -> Iterator[list[int]]:
    """Hands the first interrupt to the command, which stops the training at its next step; the second raises."""
    seen: list[int] = []
    if threading.current_thread() is not threading.main_thread():
        yield seen
        return
    before = signal.getsignal(signal.SIGINT)

    def hand_on(number: int, _frame: object) -> None:
        seen.append(number)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        process.send_signal(signal.SIGINT)

    signal.signal(signal.SIGINT, hand_on)
    try:
        yield seen
    finally:
        signal.signal(signal.SIGINT, before)


def _settings(experiment: Mapping[str, Any] | str | os.PathLike[str]) -> dict[str, Any]:
    if isinstance(experiment, Mapping):
        return dict(experiment)
    path = Path(experiment)
    text = path.read_text("utf-8")
    if path.suffix == ".json":
        found = json.loads(text)
    else:
        try:
            yaml = importlib.import_module("yaml")
        except ImportError as e:
            raise CladeError(
                "an experiment file in YAML needs PyYAML.",
                found=f"{path}, and no module 'yaml'.",
                expected="a mapping, a .json file, or PyYAML.",
                mend="pip install pyyaml, or give the experiment as a dict.",
            ) from e
        found = yaml.safe_load(text)
    if not isinstance(found, dict):
        raise CladeError(
            "an experiment is a mapping.",
            found=f"{type(found).__name__} in {path}.",
            expected="name, metric, population, budget, ready, parameters ...",
            mend="see the experiment files in examples/.",
        )
    return found


def _free(name: str) -> Path:
    """Where the results of a run go: nothing is written over a model."""
    number = 1
    while True:
        folder = Path("runs") / (name if number == 1 else f"{name}-{number}")
        if not (folder / "best").exists():
            return folder
        number += 1


def _opening(folder: str) -> int:
    number = folder.removeprefix("best").removeprefix("-")
    return int(number) if number.isdecimal() else 1


def _value(text: str | None) -> Any:
    for kind in (int, float):
        with contextlib.suppress(TypeError, ValueError):
            return kind(text)  # type: ignore[arg-type]
    return text
