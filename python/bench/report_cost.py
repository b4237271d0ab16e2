"""What a report and a step cost a trainer: time in ``segment.report`` and ``segment.advance``, call by call.

Another process reads the socket as fast as it can and throws away what it reads; it plays just as much of Clade as the
session needs. Prints quantiles [microseconds], and reports per second of the trainer's time with the reader keeping up.

    python bench/report_cost.py [REPORTS]
"""

from __future__ import annotations

import json
import os
import socket
import sys
import tempfile
from pathlib import Path
from time import perf_counter, perf_counter_ns

import clade_pbt

TOKEN = "0" * 32


def reader(listening: socket.socket, steps: int) -> None:
    """Clade's side: one segment, and bytes read until the program says that it has trained."""
    line, _ = listening.accept()

    def send(message: dict[str, object]) -> None:
        line.sendall((json.dumps(message) + "\n").encode())

    line.recv(1 << 16)
    send({"type": "welcome", "protocol": 1, "experiment": "bench", "slot": 0, "lanes": 1, "metrics": ["score"]})
    begin = {"type": "begin", "lane": 0, "member": 0, "segment": 0, "origin": "fresh", "seed": 0, "step": 0}
    send({**begin, "lineage": 0, "hyperparameters": {"lr": 0.5}, "changed": [], "rebuild": True})
    line.recv(1 << 16)
    send({"type": "train", "lane": 0, "steps": steps, "step": 0})
    last = b""
    while b'"trained"' not in last:
        last = last[-64:] + line.recv(1 << 20)
    send({"type": "end"})


def quantiles(name: str, taken: list[int]) -> None:
    taken.sort()
    shown = {f"p{q:g}": taken[min(len(taken) - 1, int(len(taken) * q / 100))] / 1e3 for q in (50, 99, 99.9)}
    shown["mean"] = sum(taken) / len(taken) / 1e3
    print(f"{name:10}" + "".join(f"  {label} {value:8.2f}" for label, value in shown.items()) + "  us")


def main(reports: int) -> None:
    with tempfile.TemporaryDirectory(prefix="clade-") as folder:
        path = Path(folder) / "s"
        listening = socket.socket(socket.AF_UNIX)
        listening.bind(str(path))
        listening.listen(1)
        child = os.fork()
        if child == 0:
            reader(listening, reports)
            os._exit(0)
        os.environ.update(CLADE_SOCKET=str(path), CLADE_TOKEN=TOKEN)
        report_took, advance_took = [], []
        with clade_pbt.session() as session:
            for segment in session:
                assert segment.fresh
                segment.applied(segment.hyperparameters)
                loss, began = 1.0, perf_counter()
                while True:
                    a = perf_counter_ns()
                    more = segment.advance()
                    b = perf_counter_ns()
                    if not more:
                        break
                    segment.report(loss=loss, accuracy=0.5)
                    report_took.append(perf_counter_ns() - b)
                    advance_took.append(b - a)
                    loss *= 0.9999
                segment.finish()
                seconds = perf_counter() - began
        os.waitpid(child, 0)
    quantiles("report()", report_took)
    quantiles("advance()", advance_took)
    print(f"{len(report_took) / seconds:,.0f} reports per second, read by the other side, of one session")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200_000)
