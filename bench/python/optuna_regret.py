"""The best value that Optuna finds of the functions of `bench/run regret`, one line for each function, sampler and seed:
FUNCTION SAMPLER SEED VALUE. Needs optuna; the sampler gp also torch.

    python optuna_regret.py SAMPLER FIRST_SEED LAST_SEED EVALUATIONS [FUNCTION ...]
"""

import math
import sys

import optuna

HEIGHTS = [1.0, 1.2, 3.0, 3.2]
STEEPNESS = [
    [10, 3, 17, 3.5, 1.7, 8],
    [0.05, 10, 17, 0.1, 8, 14],
    [3, 3.5, 1.7, 10, 17, 8],
    [17, 8, 0.05, 10, 0.1, 14],
]
CENTRES = [
    [0.1312, 0.1696, 0.5569, 0.0124, 0.8283, 0.5886],
    [0.2329, 0.4135, 0.8307, 0.3736, 0.1004, 0.9991],
    [0.2348, 0.1451, 0.3522, 0.2883, 0.3047, 0.6650],
    [0.4047, 0.8828, 0.8732, 0.5743, 0.1091, 0.0381],
]


def branin(trial):
    x = trial.suggest_float("x", -5, 10)
    y = trial.suggest_float("y", 0, 15)
    valley = y - 5.1 / (4 * math.pi**2) * x * x + 5 / math.pi * x - 6
    return valley**2 + 10 * (1 - 1 / (8 * math.pi)) * math.cos(x) + 10


def hartmann6(trial):
    x = [trial.suggest_float(f"x{i}", 0, 1) for i in range(6)]
    return -sum(
        h * math.exp(-sum(s * (a - c) ** 2 for s, a, c in zip(steepness, x, centres)))
        for h, steepness, centres in zip(HEIGHTS, STEEPNESS, CENTRES)
    )


def mixed(trial):
    rate = math.log10(trial.suggest_float("rate", 1e-5, 1, log=True))
    layers = trial.suggest_int("layers", 1, 12)
    optimiser = trial.suggest_categorical("optimiser", ["sgd", "adam", "rmsprop"])
    dropout = trial.suggest_float("dropout", 0, 1)
    best_rate = {"sgd": -1.5, "adam": -3.0, "rmsprop": -2.2}[optimiser] - 0.08 * (layers - 4)
    offset = {"sgd": 0.15, "adam": 0.0, "rmsprop": 0.3}[optimiser]
    best_dropout = 0.3 if optimiser == "adam" else 0.6
    return (
        offset
        + 0.3 * (rate - best_rate) ** 2
        + 0.02 * (layers - 7) ** 2
        + 2 * (dropout - best_dropout) ** 2
    )


FUNCTIONS = {"branin": branin, "hartmann6": hartmann6, "mixed": mixed}


def main():
    sampler, first, last, evaluations = sys.argv[1], *map(int, sys.argv[2:5])
    names = sys.argv[5:] or list(FUNCTIONS)
    optuna.logging.set_verbosity(optuna.logging.ERROR)
    for name in names:
        for seed in range(first, last + 1):
            made = {
                "tpe": lambda: optuna.samplers.TPESampler(seed=seed),
                "gp": lambda: optuna.samplers.GPSampler(seed=seed, deterministic_objective=True),
                "random": lambda: optuna.samplers.RandomSampler(seed=seed),
            }[sampler]()
            study = optuna.create_study(sampler=made)
            study.optimize(FUNCTIONS[name], n_trials=evaluations)
            print(name, sampler, seed, repr(study.best_value), flush=True)


main()
