"""One rank of a program of several. Prints what it did as a line of JSON."""

import json
import os
import sys
from pathlib import Path

import torch.distributed as dist

import clade_pbt

mode = sys.argv[1]
rank = int(os.environ["RANK"])
dist.init_process_group("gloo")
did = []
with clade_pbt.session(defaults={"lr": 1.0}) as session:
    for segment in session:
        fresh = segment.fresh
        restore = segment.restore_from and str(segment.restore_from)
        segment.applied(lr=segment.hyperparameters["lr"] + (rank if mode == "receipts" else 0))
        for _ in segment.steps():
            segment.report(loss=1.0)
            if mode == "apart" and rank == 1:
                break

        def save(folder: Path) -> None:
            (folder / f"rank-{rank}").write_text("x")

        segment.finish(score=lambda seed: seed + rank, save=save)
        did.append([segment.member, segment.seed, fresh, restore, segment.step])
print(json.dumps({"rank": rank, "did": did}), flush=True)
dist.destroy_process_group()
