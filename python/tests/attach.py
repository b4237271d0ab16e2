"""A stand-in for the ``clade`` command that a notebook starts: listens where it is told to, trains one member for two
segments of so many steps, and writes the results. Ended by SIGINT as Clade is: stop, save, exit status 130.

Its file is the experiment; ``resume NAME`` finds the path of the socket in what the run before left.
"""

import json
import os
import select
import signal
import socket
import sys
from pathlib import Path

words = sys.argv[1:]
options = dict(zip(words[2::2], words[3::2], strict=True))
resumed = words[0] == "resume"
experiment = {"name": words[1]} if resumed else json.loads(Path(words[1]).read_text())
log = Path("log")  # the settings of the run before, as Clade's log has them
path = log.read_text() if resumed else experiment["trainer"]["attach"]
log.write_text(path)
assert resumed or experiment["slots"] == 1
assert options["--slots"] == "1"
assert Path(path).parent.stat().st_mode & 0o777 == 0o700
if experiment.get("metric") == "wrong":
    print("CLADE-1001 no such metric.", flush=True)
    sys.exit(3)

interrupted = socket.socketpair()
signal.signal(signal.SIGINT, lambda *_: interrupted[1].send(b"x"))
listening = socket.socket(socket.AF_UNIX)
listening.bind(path)
listening.listen(1)
line = listening.accept()[0].makefile("rw", encoding="utf-8")


def send(message: dict) -> None:
    line.write(json.dumps(message) + "\n")
    line.flush()


def answer(kind: str) -> dict:
    while (found := json.loads(line.readline()))["type"] == "report":
        pass
    assert found["type"] == kind, found
    return found


hello = answer("hello")
assert hello["token"] == os.environ["CLADE_ATTACH_TOKEN"]
send({"type": "welcome", "protocol": 1, "experiment": experiment["name"], "slot": 0, "lanes": 1, "metrics": ["score"]})
begin = {"type": "begin", "lane": 0, "member": 0, "segment": 0, "origin": "fresh", "seed": 1, "step": 0, "lineage": 0}
send({**begin, "hyperparameters": {"lr": 0.5}, "changed": [], "rebuild": True})
answer("applied")
endless = experiment.get("budget") is None and not resumed
send({"type": "train", "lane": 0, "steps": None if endless else 3, "step": 0})
if endless:
    print("training until interrupted", flush=True)
    select.select([interrupted[0]], [], [], 60)
    send({"type": "stop"})
answer("trained")
if endless:
    send({"type": "save", "lane": 0, "folder": options["--to"]})
    answer("saved")
    send({"type": "end"})
    print("Interrupted; all is saved.", flush=True)
    sys.exit(130)
send({"type": "evaluate", "lane": 0, "seed": 2, "purpose": "select"})
score = answer("evaluated")["metrics"]["score"]
weights = Path(options["--to"]) / ("best-2" if resumed else "best") / "weights"
weights.mkdir(parents=True)
send({"type": "save", "lane": 0, "folder": str(weights)})
answer("saved")
send({"type": "end"})
(weights.parent / "provenance.json").write_text(json.dumps({"model": {"score": score}}))
segment = {"member": 0, "hyperparameters": {"lr": 0.5}}
(weights.parent / "lineage.json").write_text(json.dumps({"segments": [segment]}))
(weights.parent / "schedule.csv").write_text("from,to,member,lr,optimizer\n0,3,0,0.5,adam\n")
print("100 %  store", options.get("--store", "default"), flush=True)
