"""A trial of Syne Tune: a script that is told its hyperparameters and a folder, and prints what it reports."""

import argparse
import os
from pathlib import Path

from syne_tune import Reporter

import task as tasks
from trainers import CHECKPOINT, TRAINERS, Member

task = tasks.read()
parser = argparse.ArgumentParser()
parser.add_argument("--st_checkpoint_dir", type=Path, required=True)
for name in TRAINERS[task.trainer].space:
    parser.add_argument(f"--{name}", type=float, required=True)
arguments = parser.parse_args()
checkpoints = arguments.st_checkpoint_dir
checkpoints.mkdir(parents=True, exist_ok=True)

member = Member(task, checkpoints.parent.name)
if (checkpoints / CHECKPOINT).exists():
    member.load(checkpoints)
member.apply(vars(arguments))
report = Reporter()
if member.trainer.steps >= task.steps:  # its donor had done all; Syne Tune ends where a trial reports nothing
    report(step=member.trainer.steps, score=member.evaluate())
while member.trainer.steps < task.steps:
    if member.step():
        # Written beside and moved: the folder may be copied for another trial at any time.
        member.save(checkpoints.parent)
        os.replace(checkpoints.parent / CHECKPOINT, checkpoints / CHECKPOINT)
    if member.reports():
        member.report(report, step=member.trainer.steps, score=member.evaluate())
member.close()
