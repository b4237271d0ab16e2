"""Experiments from a notebook, against a stand-in for the command, and how the command is found."""

from __future__ import annotations

import errno
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

import clade_pbt
from clade_pbt import launch
from clade_pbt.notebook import _Attached

ATTACH = Path(__file__).parent / "attach.py"


@pytest.fixture(autouse=True)
def stand_in(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("CLADE_COMMAND", f"{sys.executable} {ATTACH}")
    monkeypatch.chdir(tmp_path)


def train(segment: clade_pbt.Segment) -> None:
    assert segment.fresh
    segment.applied(lr=segment.hyperparameters.lr)
    for step in segment.steps():
        segment.report(loss=1 / step)
    segment.finish(score=lambda: segment.step / 2, save=lambda folder: (folder / "w").write_text("x"))


def test_run_gives_the_outcome(capsys: pytest.CaptureFixture[str]) -> None:
    outcome = clade_pbt.run(train, {"name": "digits", "budget": {"steps": 3}}, store="sqlite:///x.db")
    assert outcome.best.folder == Path("runs/digits/best/weights")
    assert (outcome.best.folder / "w").read_text() == "x"
    assert outcome.best.score == 1.5
    assert outcome.best.hyperparameters == {"lr": 0.5}
    assert outcome.schedule == [{"from": 0, "to": 3, "member": 0, "lr": 0.5, "optimizer": "adam"}]
    assert outcome.report == Path("runs/digits/report.html")
    frame = outcome.frame()
    assert (frame if isinstance(frame, list) else frame.to_dict("records")) == outcome.schedule
    assert capsys.readouterr().out == "100 %  store sqlite:///x.db\n"
    again = clade_pbt.run(train, {"name": "digits", "budget": {"steps": 3}})
    assert again.best.folder == Path("runs/digits-2/best/weights")


def test_experiment_may_be_a_file(tmp_path: Path) -> None:
    file = tmp_path / "e.json"
    file.write_text(json.dumps({"name": "digits", "budget": {"steps": 3}}))
    assert clade_pbt.run(train, file, to=tmp_path / "out").best.folder == tmp_path / "out" / "best" / "weights"
    (tmp_path / "list.json").write_text("[]")
    with pytest.raises(clade_pbt.CladeError, match="an experiment is a mapping"):
        clade_pbt.run(train, tmp_path / "list.json")


def test_interrupt_saves_and_resume_goes_on(capsys: pytest.CaptureFixture[str]) -> None:
    stepping = threading.Event()

    def interrupt() -> None:
        stepping.wait(30)
        os.kill(os.getpid(), signal.SIGINT)

    def slowly(segment: clade_pbt.Segment) -> None:
        _ = segment.fresh
        segment.applied(lr=0.5)
        for _ in segment.steps():
            stepping.set()
            time.sleep(0.001)
        segment.finish(score=1, save=lambda folder: Path("saved").write_text("x"))

    before = signal.getsignal(signal.SIGINT)
    threading.Thread(target=interrupt, daemon=True).start()
    with pytest.raises(KeyboardInterrupt):
        clade_pbt.run(slowly, {"name": "digits"})
    out, err = capsys.readouterr()
    assert Path("saved").exists()
    assert "Interrupted; all is saved." in out
    assert err == "clade: interrupted. To go on: clade.resume(train, 'digits')\n"
    assert signal.getsignal(signal.SIGINT) is before
    assert clade_pbt.resume(train, "digits").best.folder == Path("runs/digits/best-2/weights")


def test_command_ends_with_a_process_that_is_killed() -> None:
    script = """
import os, pathlib, time, clade_pbt
def train(segment):
    _ = segment.fresh
    segment.applied(lr=0.5)
    pathlib.Path("begun").write_text("x")
    time.sleep(60)
clade_pbt.run(train, {"name": "killed"})
"""
    attached = _Attached("killed")
    with subprocess.Popen([sys.executable, "-c", script]) as kernel:
        while not Path("begun").exists():
            assert kernel.poll() is None
            time.sleep(0.01)
        assert listens(attached.path)
        kernel.kill()
    until = time.monotonic() + 20
    while listens(attached.path) and time.monotonic() < until:
        time.sleep(0.01)
    assert not listens(attached.path)


def listens(path: Path) -> bool:
    with socket.socket(socket.AF_UNIX) as other:
        other.setblocking(False)  # the stand-in takes no second connection
        return other.connect_ex(str(path)) != errno.ECONNREFUSED


def test_failure_of_the_command_is_raised(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(clade_pbt.RunFailed, match="exit status 3 of: "):
        clade_pbt.run(train, {"name": "digits", "metric": "wrong"})
    assert capsys.readouterr().out == "CLADE-1001 no such metric.\n"


def test_results_without_a_model(tmp_path: Path) -> None:
    with pytest.raises(clade_pbt.RunFailed, match="there is no model among the results"):
        clade_pbt.Outcome.read(tmp_path)


# ---- where the command is


def program(path: Path, text: str = "#!/bin/sh\necho app\n") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    path.chmod(0o755)
    return path


def test_command_is_found_in_this_order(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    named, inside, on_path = (program(tmp_path / name / "clade") for name in ("named", "inside", "path"))
    script = program(tmp_path / "scripts" / "clade", "#!/usr/bin/python\nfrom clade_pbt.launch import main\n")
    monkeypatch.setattr(launch, "APP", inside)
    monkeypatch.setenv("PATH", f"{script.parent}:{on_path.parent}")
    monkeypatch.setenv("CLADE_COMMAND", f"{named} --verbose")
    assert launch.command() == [str(named), "--verbose"]
    monkeypatch.delenv("CLADE_COMMAND")
    assert launch.command() == [str(inside)]
    inside.unlink()
    assert launch.command() == [str(on_path)]  # the console script of this package is passed over
    on_path.unlink()
    with pytest.raises(clade_pbt.AppNotFound) as thrown:
        launch.command()
    assert thrown.value.found == f"CLADE_COMMAND is not set, {inside} is not there, and no 'clade' is on the PATH."
    monkeypatch.setenv("CLADE_COMMAND", str(script))
    with pytest.raises(clade_pbt.AppNotFound, match="which is this script"):
        launch.command()
    monkeypatch.setenv("CLADE_COMMAND", "/nowhere/clade")
    with pytest.raises(clade_pbt.AppNotFound, match="CLADE_COMMAND is '/nowhere/clade', and no program"):
        launch.command()


def test_console_script_becomes_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    became = []
    monkeypatch.setenv("CLADE_COMMAND", "/bin/echo a")
    monkeypatch.setattr(sys, "argv", ["clade", "run", "x.yaml"])
    monkeypatch.setattr(os, "execv", lambda path, words: became.append((path, words)))
    launch.main()
    assert became == [("/bin/echo", ["/bin/echo", "a", "run", "x.yaml"])]


def test_console_script_without_a_command_says_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CLADE_COMMAND", "/nowhere/clade")
    with pytest.raises(SystemExit) as thrown:
        launch.main()
    assert thrown.value.code == 127
    assert "clade: there is no Clade to start." in capsys.readouterr().err
