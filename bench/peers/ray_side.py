"""The tasks under Ray Tune: `python ray_side.py start|resume` in the environment that peers.py makes."""

import json
import random
import sys
import tempfile
from pathlib import Path

import numpy
import ray
from ray import tune
from ray.tune.schedulers import PopulationBasedTraining

import task as tasks
from trainers import TRAINERS, Member, note

RUN = "run"


def train(config: dict) -> None:
    """A trial, as the guide to PBT writes a function: checkpoints every interval, and goes on from one it is given."""
    task = tasks.read()
    trial = tune.get_context().get_trial_id()
    member = Member(task, trial[-5:])  # the rest is the run's
    checkpoint = tune.get_checkpoint()
    if checkpoint:
        with checkpoint.as_directory() as folder:
            member.load(Path(folder), copy=trial not in checkpoint.path)
    member.apply(config)
    score = member.evaluate()
    while member.trainer.steps < task.steps:
        if member.step():
            score = member.evaluate()
            with tempfile.TemporaryDirectory() as folder:
                member.save(Path(folder))
                result = {"step": member.trainer.steps, "score": score}
                member.report(tune.report, result, checkpoint=tune.Checkpoint.from_directory(folder))
        elif member.reports():
            member.report(tune.report, {"step": member.trainer.steps, "score": score})
    member.close()


def tuner(task: tasks.Task, results: Path) -> tune.Tuner:
    space = {name: tune.loguniform(*bounds) for name, bounds in TRAINERS[task.trainer].space.items()}
    scheduler = PopulationBasedTraining(
        time_attr="step",
        perturbation_interval=task.ready,
        hyperparam_mutations=space,
        quantile_fraction=tasks.QUANTILE,
        resample_probability=tasks.RESAMPLE,
        perturbation_factors=tasks.FACTORS,
        synch=False,
    )
    return tune.Tuner(
        train,
        param_space=space,
        tune_config=tune.TuneConfig(
            metric="score", mode="max", scheduler=scheduler, num_samples=task.population, reuse_actors=True
        ),
        run_config=tune.RunConfig(
            name=RUN,
            storage_path=str(results),
            stop={"step": task.steps},
            checkpoint_config=tune.CheckpointConfig(num_to_keep=4),  # as the guide has it; 2 and less are warned of
            verbose=0,
        ),
    )


def main(verb: str) -> None:
    task, folder = tasks.read(), tasks.folder()
    random.seed(task.seed)
    numpy.random.seed(task.seed)
    ray.init(
        num_cpus=tasks.SLOTS,
        object_store_memory=100_000_000,
        include_dashboard=False,
        log_to_driver=False,
        _temp_dir=str(folder / "ray"),
    )
    results = folder / "results"
    if verb == "start":
        run = tuner(task, results)
    else:
        run = tune.Tuner.restore(str(results / RUN), trainable=train, resume_unfinished=True)
        scheduler = run._local_tuner._tune_config.scheduler  # no public way to look at what it knows
        known = sum(state.last_score is not None for state in scheduler._trial_state.values())
        note("resumed", "driver", scores=known)
    best = run.fit().get_best_result("score", "max")
    with best.checkpoint.as_directory() as checkpoint:
        (folder / "outcome.json").write_text(json.dumps({"checkpoint": checkpoint}))
    ray.shutdown()


if __name__ == "__main__":
    main(sys.argv[1])
