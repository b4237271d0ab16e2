"""Ray Tune's and Syne Tune's population based training and Clade's, side by side: the same trainers in one run."""

import argparse
import contextlib
import ctypes
import importlib.metadata
import json
import os
import platform
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from datetime import datetime
from pathlib import Path

import numpy
import psutil

import trainers
from measured import Run, interval
from task import SLOTS, Task, tasks

HERE = Path(__file__).parent
TOOLS = {"ray": "Ray Tune", "syne": "Syne Tune", "clade": "Clade"}
TITLES = {
    "a": "A trainer that does nothing: the cost of a report, and of a decision",
    "b": "A fixed sleep at every step: wall-clock lost against the ideal",
    "c": "A checkpoint of so many megabytes: the cost of a copy",
    "d": "A small network on handwritten digits: accuracy on the test part at equal budget",
    "e": "kill -9 of the driver at half of the steps: what is lost",
}
NOTES = {
    "a": "Work is from the first step to the exit of the command. Syne Tune's programs print and never wait: here they "
    "have trained to the end before a decision is made, and its copies have nothing left to train.",
    "b": "Syne Tune has no more members than workers, two here; the others take turns on two slots.",
    "c": "From where a recipient is ready, before it saves, to where it holds the donor's weights. The tool's part is "
    "what remains without the trainer's own saving and loading.",
    "d": "Syne Tune has eight workers here, since it has no more members than workers: its wall-clock is no measure. "
    "Clade is synchronous, as in its examples, so that it uses up the budget as the others do.",
    "e": "Steps lost are those that members trained and lost, and those that were trained again. Scores known are of "
    "the members that the tool still has when it goes on. The wall-clock has three seconds of waiting in it.",
}
LIMIT = 900  # seconds that a measurement may take
QUIET = {
    "RAY_USAGE_STATS_ENABLED": "0",
    "TUNE_DISABLE_AUTO_CALLBACK_LOGGERS": "1",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "PYTHONWARNINGS": "ignore",
}


class Failed(Exception):
    """A tool did not finish its task."""


def measure(tool: str, task: Task, under: Path) -> tuple[Run, Path]:
    """Runs a task under a tool; the clock, and the folder that it leaves."""
    folder = under / f"{tool}-{task.name}"
    task.write(folder)
    environment = os.environ | QUIET | {"PEERS_FOLDER": str(folder), "SYNETUNE_FOLDER": str(folder / "results")}
    try:
        run = Run(task, launched=time.time(), ended=0)
        driver = start(tool, "start", environment, folder)
        if task.letter == "e":
            killed(run, driver, folder)
            run.resumed = time.time()
            driver = start(tool, "resume", environment, folder)
        if driver.wait(timeout=LIMIT) != 0:
            raise Failed(f"{tool} {task.name}: status {driver.returncode}\n" + tail(folder / "output.txt"))
        run.ended = time.time()
        run.read(folder)
        return run, folder
    except subprocess.TimeoutExpired:
        raise Failed(f"{tool} {task.name}: not done after {LIMIT} s\n" + tail(folder / "output.txt")) from None
    finally:
        sweep()


def start(tool: str, verb: str, environment: dict[str, str], folder: Path) -> subprocess.Popen:
    with open(folder / "output.txt", "a") as output:
        return subprocess.Popen(
            [sys.executable, HERE / f"{tool}_side.py", verb],
            env=environment,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )


def killed(run: Run, driver: subprocess.Popen, folder: Path) -> None:
    """Kills the driver at half of all steps, and three seconds later what it has left behind.

    The slots begin their segments together, so half an interval more is the middle between two ready points.
    """
    half = run.task.population * run.task.steps // 2 + SLOTS * run.task.ready // 2
    while driver.poll() is None and len(run.of("step")) < half and time.time() < run.launched + LIMIT:
        time.sleep(0.5)
        run.read(folder)
    if driver.poll() is not None:
        raise Failed(f"{folder.name}: over before it was killed\n" + tail(folder / "output.txt"))
    driver.kill()
    driver.wait()
    run.killed = time.time()
    time.sleep(3)
    run.left = sweep()


def adopt() -> None:
    """Makes this process the parent of all that is left of what it starts, so that `sweep` finds it (Linux)."""
    set_child_subreaper = 36
    if ctypes.CDLL(None, use_errno=True).prctl(set_child_subreaper, 1, 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "prctl")


def sweep() -> int:
    """Ends the processes that a measurement has left; how many there were."""
    left = psutil.Process().children(recursive=True)
    alive = [process for process in left if process.is_running() and process.status() != psutil.STATUS_ZOMBIE]
    for process in alive:
        with contextlib.suppress(psutil.NoSuchProcess):
            process.kill()
    psutil.wait_procs(left, timeout=10)
    return len(alive)


def tail(file: Path) -> str:
    return "\n".join(file.read_text(errors="replace").splitlines()[-20:])


def accuracy(run: Run, folder: Path) -> float:
    """Of the model that the tool names as its best, measured here on what no tool has seen."""
    os.environ["PEERS_FOLDER"] = str(folder)
    model = trainers.Digits(run.task, seed=0)
    model.load(Path(json.loads((folder / "outcome.json").read_text())["checkpoint"]))
    return model.evaluate("test")


FIGURES = {
    "a-report": Run.report,
    "a-decision": Run.decision,
    "b": Run.lost,
    "c": Run.copy,
    "d": Run.budget,
    "e": Run.kill,
}
# The figure that each table is about: it is given as a multiple of Clade's, too.
ABOUT = {
    "a-report": "us a report",
    "a-decision": "ms a decision",
    "b": "lost s",
    "c": "p50 s",
    "e": "steps lost",
}


def compare(letter: str, tools: list[str], seeds: int, under: Path) -> dict[str, dict[str, dict]]:
    """The figures of a letter: by task, then by tool. A tool that fails has its error there."""
    found: dict[str, dict[str, dict]] = {}
    for task in tasks(letter, seeds):
        for tool in tools:
            print(f"{datetime.now():%H:%M:%S}  {task.name} {tool}  (load {os.getloadavg()[0]:.1f})", file=sys.stderr)
            try:
                run, folder = measure(tool, task, under)
                figures = FIGURES.get(task.name, FIGURES.get(letter))(run)
                if letter == "d":
                    figures = {"test accuracy %": 100 * accuracy(run, folder)} | figures
            except Failed as failure:
                print(failure, file=sys.stderr)
                figures = {"failed": str(failure)}
            found.setdefault(task.name, {})[tool] = figures
            shutil.rmtree(under / f"{tool}-{task.name}")
    return found


def table(rows: dict[str, dict], about: str | None = None) -> list[str]:
    """Markdown: a row a tool."""
    sound = [row for row in rows.values() if "failed" not in row]
    if not sound:
        return ["All failed.", ""]
    names = list(sound[0])
    ours = rows.get("clade", {}).get(about) if about else None
    lines = [
        "| | " + " | ".join(names) + (" | x Clade |" if ours else " |"),
        "|---|" + "---:|" * (len(names) + bool(ours)),
    ]
    for tool, row in rows.items():
        if "failed" in row:
            lines.append(f"| {TOOLS[tool]} | failed: {row['failed'].splitlines()[-1]} |")
        else:
            ratio = f" {row[about] / ours:.1f} |" if ours else ""
            lines.append(f"| {TOOLS[tool]} | " + " | ".join(f"{row[name]:.4g}" for name in names) + f" |{ratio}")
    return [*lines, ""]


def means(found: dict[str, dict[str, dict]]) -> dict[str, dict]:
    """Of the seeds of letter d: the mean of each figure, of those that every seed has."""
    whole = {tool: [by[tool] for by in found.values()] for tool in next(iter(found.values()))}
    return {
        tool: {name: float(numpy.mean([row[name] for row in rows])) for name in rows[0]}
        if not any("failed" in row for row in rows)
        else next(row for row in rows if "failed" in row)
        for tool, rows in whole.items()
    }


def differences(found: dict[str, dict[str, dict]]) -> list[str]:
    """How much better Clade's models are than a peer's, seed by seed."""
    lines = []
    for tool in ("ray", "syne"):
        pairs = [(by["clade"], by[tool]) for by in found.values() if "clade" in by and tool in by]
        points = [
            a["test accuracy %"] - b["test accuracy %"] for a, b in pairs if not {"failed"} & (a.keys() | b.keys())
        ]
        if points:
            mean, low, high = interval(points)
            lines.append(
                f"Clade less {TOOLS[tool]}: {mean:+.2f} points, 95 % interval {low:+.2f} to {high:+.2f} "
                f"(bootstrap of {len(points)} paired differences)."
            )
    return lines


def section(letter: str, found: dict[str, dict[str, dict]]) -> str:
    """The figures of a letter for people, in Markdown."""
    lines = [f"### ({letter}) {TITLES[letter]}", "", NOTES[letter], ""]
    if letter == "d":
        lines += [f"Means over seeds 1 to {len(found)}.", "", *table(means(found)), *differences(found), ""]
    else:
        for name, rows in found.items():
            task = next(task for task in tasks(letter, 1) if task.name == name)
            lines += [f"`{name}`: {task.population} members, {task.steps} steps each, ready every {task.ready}.", ""]
            lines += table(rows, ABOUT.get(name, ABOUT.get(letter)))
    return "\n".join(lines)


def facts(tools: list[str]) -> dict[str, str]:
    versions = {"ray": "ray", "syne": "syne-tune", "clade": "clade-pbt"}
    found = {TOOLS[tool]: importlib.metadata.version(versions[tool]) for tool in tools}
    return found | {
        "Python": platform.python_version(),
        "cores": f"{SLOTS} of {os.cpu_count()}",
        "load at the start": f"{os.getloadavg()[0]:.1f}",
        "date": f"{datetime.now():%Y-%m-%d}",
    }


def main() -> None:
    parser = argparse.ArgumentParser(prog="bench/run peers", description=__doc__)
    parser.add_argument("--only", default="a,b,c,d,e", help="the letters, separated by commas (default: all)")
    parser.add_argument("--tool", default=",".join(TOOLS), help="the tools, separated by commas (default: all)")
    parser.add_argument("--seeds", type=int, default=5, help="of letter d (default: 5)")
    parser.add_argument("--json", type=Path, help="a file for the figures")
    options = parser.parse_args()
    letters, tools = options.only.split(","), options.tool.split(",")
    if unknown := {*letters} - {*TITLES} | {*tools} - {*TOOLS}:
        parser.error(f"no letter or tool of these names: {', '.join(sorted(unknown))}")
    if "clade" in tools:  # builds it, where that is to do, before a clock runs
        subprocess.run([HERE.parents[1] / "clade", "--version"], check=True, stdout=subprocess.DEVNULL)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that what was started is ended
    adopt()
    known, figures = facts(tools), {}
    cores = sorted(os.sched_getaffinity(0))
    os.sched_setaffinity(0, cores[:SLOTS])  # for all that is started from here
    print(", ".join(f"{name} {value}" for name, value in known.items()) + ".\n", flush=True)
    with tempfile.TemporaryDirectory(prefix="peers-") as under:
        trainers.digits(Path(under) / "digits.npz")
        for letter in letters:
            figures[letter] = compare(letter, tools, options.seeds, Path(under))
            print(section(letter, figures[letter]), flush=True)
            if options.json:
                options.json.write_text(json.dumps({"facts": known, "figures": figures}, indent=2))
    if any("failed" in row for found in figures.values() for by in found.values() for row in by.values()):
        sys.exit(1)


if __name__ == "__main__":
    main()
