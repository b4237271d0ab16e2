"""The tasks under Syne Tune: `python syne_side.py start|resume` in the environment that peers.py makes."""

import json
import logging
import sys
from pathlib import Path

from syne_tune import StoppingCriterion, Tuner
from syne_tune.backend import LocalBackend
from syne_tune.config_space import loguniform
from syne_tune.optimizer.scheduler import SchedulerDecision
from syne_tune.optimizer.schedulers import PopulationBasedTraining
from syne_tune.tuner_callback import TunerCallback

import task as tasks
from trainers import TRAINERS, note

RUN = "run"


class Watch(TunerCallback):
    """Notes which trial replaced which, since a copy is a new trial here, and how many reports were handled."""

    def __init__(self, steps: int):
        self.steps = steps
        self.handled = 0
        self.stopped: list[int] = []

    def on_trial_result(self, trial, status, result, decision) -> None:
        self.handled += 1
        if decision == SchedulerDecision.STOP and result["step"] < self.steps:
            self.stopped.append(trial.trial_id)

    def on_start_trial(self, trial) -> None:
        note("started", str(trial.trial_id))
        if self.stopped:  # its scheduler has a stack: the last that was stopped is the first replaced
            note("replaced", str(self.stopped.pop()), by=str(trial.trial_id))

    def on_tuning_end(self) -> None:
        note("handled", "driver", reports=self.handled)


def tuner(task: tasks.Task) -> Tuner:
    space = {name: loguniform(*bounds) for name, bounds in TRAINERS[task.trainer].space.items()}
    scheduler = PopulationBasedTraining(
        config_space=space,
        metric="score",
        time_attr="step",
        max_t=task.steps,
        do_minimize=False,
        random_seed=task.seed,
        population_size=task.population,
        perturbation_interval=task.ready,
        quantile_fraction=tasks.QUANTILE,
        resample_probability=tasks.RESAMPLE,
    )
    return Tuner(
        trial_backend=LocalBackend(entry_point=str(Path(__file__).with_name("syne_script.py"))),
        scheduler=scheduler,
        stop_criterion=StoppingCriterion(max_num_evaluations=task.reports),
        n_workers=task.syne_workers,
        sleep_time=0.01,  # seconds between two looks at what the trials printed; the default is 5
        print_update_interval=3600.0,
        tuner_name=RUN,
        suffix_tuner_name=False,
        callbacks=[Watch(task.steps)],  # none that stores results: the others have none either
    )


def main(verb: str) -> None:
    logging.getLogger().setLevel(logging.WARNING)
    task, folder = tasks.read(), tasks.folder()
    if verb == "start":
        run = tuner(task)
    else:
        run = Tuner.load(str(folder / "results" / RUN))
        known = sum(state.last_score is not None for state in run.scheduler.trial_state.values() if not state.stopped)
        note("resumed", "driver", scores=known)
    run.run()
    trial, _ = run.best_config()
    checkpoint = run.trial_backend.checkpoint_trial_path(trial)
    (folder / "outcome.json").write_text(json.dumps({"checkpoint": str(checkpoint)}))


if __name__ == "__main__":
    main(sys.argv[1])
