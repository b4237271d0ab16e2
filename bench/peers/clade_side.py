"""The tasks under Clade: `python clade_side.py start|resume` in the environment that peers.py makes."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import task as tasks
from trainers import TRAINERS, note

RUN = "run"
CLADE = str(Path(__file__).parents[2] / "clade")
SESSION = str(Path(__file__).with_name("clade_script.py"))


def experiment(task: tasks.Task) -> str:
    space = "\n".join(
        f"  {name}: {{loguniform: [{low!r}, {high!r}]}}" for name, (low, high) in TRAINERS[task.trainer].space.items()
    )
    return f"""\
name: {RUN}
metric: score
mode: max
population: {task.population}
budget: {{steps: {task.steps}}}
ready: {{every: {task.ready}}}
synchronous: {str(task.whole_budget).lower()}
exploit: {{truncation: {tasks.QUANTILE}}}
explore: {{perturb: [{tasks.FACTORS[0]}, {tasks.FACTORS[1]}], resample: {tasks.RESAMPLE}}}
final: {{candidates: 3, repeats: 1}}    # an evaluation draws nothing: repeats would be the same number again
parameters:
{space}
trainer: {{session: [{json.dumps(sys.executable)}, {json.dumps(SESSION)}]}}
seed: {task.seed}
"""


def main(verb: str) -> None:
    folder = tasks.folder()
    store = ["--store", f"sqlite:///{folder}/clade.db"]
    file, results = folder / "experiment.yaml", folder / "results"
    (folder / "outcome.json").write_text(json.dumps({"checkpoint": str(results / "best" / "weights")}))
    if verb == "start":
        file.write_text(experiment(tasks.read()))
        command = ["run", str(file)]
    else:
        start = time.time()
        shown = subprocess.run([CLADE, "show", RUN, *store, "-f", "json"], check=True, capture_output=True, text=True)
        known = sum(member.get("score") is not None for member in json.loads(shown.stdout)["members"])
        note("resumed", "driver", scores=known, aside=time.time() - start)
        command = ["resume", RUN]
    # In the place of this process, so that who kills it kills Clade.
    os.execv(CLADE, [CLADE, *command, *store, "--to", str(results), "--slots", str(tasks.SLOTS)])


if __name__ == "__main__":
    main(sys.argv[1])
