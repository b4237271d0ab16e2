"""Runs exported schedules in the optimisers that they are for, and compares what was in force with the data.

Usage: exports.py FOLDER, with {found,knots}_{csv,json,pytorch,optax,keras} of one experiment in it.
"""

import csv
import importlib.util
import json
import math
import sys
from importlib.machinery import SourceFileLoader
from pathlib import Path

FOLDER = Path(sys.argv[1])
FLOAT = 2e-5  # of float32, relative, after a logarithm, a power and a difference from 1
STEPS = 200
WHOLE = ("batch_size", "layers")


def module(name):
    loader = SourceFileLoader(name, str(FOLDER / name))
    loaded = importlib.util.module_from_spec(importlib.util.spec_from_loader(name, loader))
    loader.exec_module(loaded)
    return loaded


def parsed(cell):
    """A cell of a CSV file: a number, a list of them, a flag, a word, or nothing."""
    if cell == "":
        return None
    try:
        return json.loads(cell)
    except ValueError:
        return cell


def table(name):
    with open(FOLDER / name, newline="") as file:
        return [{key: parsed(cell) for key, cell in row.items()} for row in csv.DictReader(file)]


class Found:
    """A schedule as it was found: from `schedule -f csv`."""

    def __init__(self):
        self.rows = table("found_csv")
        self.names = [name for name in self.rows[0] if name not in ("from", "to", "member")]

    def at(self, step, rounded=True):
        return next((row for row in self.rows if step < row["to"]), self.rows[-1])


class Knots:
    """A smoothed schedule: knots from `schedule --knots -f csv`, scales from its JSON. Written apart from the export."""

    def __init__(self):
        self.rows = table("knots_csv")
        self.names = [name for name in self.rows[0] if name != "step"]
        self.scales = json.loads((FOLDER / "knots_json").read_text())["scales"]
        self.ints = {n for n in self.scales if all(isinstance(r[n], int) for r in self.rows if r[n] is not None)}

    def at(self, step, rounded=True):
        place = max(i for i, row in enumerate(self.rows) if row["step"] <= step)
        here = self.rows[place]
        if place + 1 == len(self.rows):
            return here
        there = self.rows[place + 1]
        share = (step - here["step"]) / (there["step"] - here["step"])
        return {name: self.between(name, here[name], there[name], share, rounded) for name in self.names}

    def between(self, name, a, b, share, rounded):
        if name not in self.scales or a is None or b is None:
            return a
        if isinstance(a, list):
            return [self.between(name, x, y, share, rounded) for x, y in zip(a, b)]
        on, back = {
            "linear": (lambda x: x, lambda y: y),
            "log": (math.log, math.exp),
            "log of 1-x": (lambda x: -math.log1p(-x), lambda y: -math.expm1(-y)),
        }[self.scales[name]]
        moved = back((1 - share) * on(a) + share * on(b))
        return math.floor(moved + 0.5) if rounded and name in self.ints else moved


def near(found, expected, tolerance):
    if isinstance(expected, list):
        return len(found) == len(expected) and all(near(f, e, tolerance) for f, e in zip(found, expected))
    if expected is None:
        return found is None or found != found
    if isinstance(expected, (bool, str)):
        return found == expected
    return abs(float(found) - expected) <= tolerance * max(abs(expected), 1e-30)


class Compared:
    """Counts what was compared, and ends the program at the first difference."""

    def __init__(self, what):
        self.what = what
        self.count = 0

    def that(self, name, step, found, expected, tolerance=FLOAT):
        if not near(found, expected, tolerance):
            sys.exit(f"{self.what}: {name} at step {step} is {found}, not {expected}")
        self.count += 1

    def whole(self, name, step, found, moved):
        """A number that is rounded from float32: near a half either side may be nearest."""
        found = float(found)
        if found != math.floor(found) or abs(found - moved) > 0.5 + FLOAT * moved:
            sys.exit(f"{self.what}: {name} at step {step} is {found}, not {moved} rounded")
        self.count += 1

    def done(self, version):
        print(f"{self.what:28} {version:10} {self.count} values as in the data")
        if self.count == 0:
            sys.exit(f"{self.what}: nothing was compared")


def plain(form, schedule, kind):
    """hyperparameters(step), in every module the same, to the last digits of float64."""
    exported = module(f"{kind}_{form}")
    compared = Compared(f"{form}, {kind}, plain Python")
    for step in range(STEPS + 20):
        expected = schedule.at(step)
        values = exported.hyperparameters(step)
        for name in schedule.names:
            compared.that(name, step, values[name], expected[name], 1e-12)
    compared.done("")
    return exported


class Standin:
    """What set_hyperparameters needs of an optimiser."""

    def __init__(self, **defaults):
        self.param_groups = [dict(defaults), dict(defaults)]


def pytorch(schedule, kind):
    exported = plain("pytorch", schedule, kind)
    optimizer, version, step_once = Standin(lr=0.0, momentum=0.0, dampening=0.0), "stand-in", lambda: None
    try:
        import torch
    except ImportError:
        pass
    else:
        weight = torch.nn.Parameter(torch.ones(3))
        optimizer, version = torch.optim.SGD([weight], lr=1.0, momentum=0.5), torch.__version__

        def step_once():
            optimizer.zero_grad()
            (weight**2).sum().backward()
            optimizer.step()

    compared = Compared(f"pytorch, {kind}, SGD")
    for step in range(STEPS):
        exported.set_hyperparameters(optimizer, step)
        expected = schedule.at(step)
        for group in optimizer.param_groups:
            compared.that("learning_rate", step, group["lr"], expected["learning_rate"], 1e-12)
            compared.that("momentum", step, group["momentum"], expected["momentum"], 1e-12)
        step_once()
    compared.done(version)


def optax(schedule, kind):
    exported = plain("optax", schedule, kind)
    import jax
    import jax.numpy as jnp
    import optax

    compared = Compared(f"optax, {kind}, inject, jit")
    chain = optax.inject_hyperparams(optax.sgd)(exported.learning_rate, exported.momentum)
    weights = jnp.ones(3)
    state = chain.init(weights)

    @jax.jit
    def update(weights, state):
        updates, state = chain.update(jax.grad(lambda w: (w**2).sum())(weights), state, weights)
        return optax.apply_updates(weights, updates), state

    for step in range(STEPS):
        expected = schedule.at(step)
        weights, state = update(weights, state)
        compared.that("learning_rate", step, state.hyperparams["learning_rate"], expected["learning_rate"])
        compared.that("momentum", step, state.hyperparams["momentum"], expected["momentum"])
    compared.done(optax.__version__)

    compared = Compared(f"optax, {kind}, sgd, jit")
    chain = optax.sgd(exported.learning_rate)
    weights = jnp.zeros(1)
    state = chain.init(weights)
    update = jax.jit(lambda state: chain.update(jnp.ones(1), state))
    for step in range(STEPS):
        updates, state = update(state)
        compared.that("learning_rate", step, -updates[0], schedule.at(step)["learning_rate"])
    compared.done(optax.__version__)

    compared = Compared(f"optax, {kind}, every number")
    for name in schedule.names:
        function = getattr(exported, name.replace(".", "_"))
        if name in ("kind", "nesterov"):
            continue
        traced = jax.jit(function)
        for step in range(0, STEPS + 20, 3):
            value = traced(step)
            if name in WHOLE:
                compared.whole(name, step, value, schedule.at(step, rounded=False)[name])
            else:
                compared.that(name, step, list(value) if value.ndim else value, schedule.at(step)[name])
    compared.done(jax.__version__)


def keras(schedule, kind):
    exported = plain("keras", schedule, kind)
    import keras
    import numpy

    compared = Compared(f"keras, {kind}, SGD, train")
    dense = keras.layers.Dense(1)
    model = keras.Sequential([keras.Input((1,)), dense])
    model.compile(keras.optimizers.SGD(exported.learning_rate), loss=lambda truth, found: keras.ops.mean(found))
    nothing = numpy.zeros((1, 1), "float32")
    for step in range(STEPS):
        dense.bias.assign([0.0])
        model.train_on_batch(nothing, nothing)  # the loss is the bias: its gradient is 1
        compared.that("learning_rate", step, -dense.bias.numpy()[0], schedule.at(step)["learning_rate"])
    compared.done(keras.__version__)

    compared = Compared(f"keras, {kind}, saved, loaded")
    model.compile(keras.optimizers.SGD(exported.learning_rate), loss="mse")
    model.train_on_batch(nothing, nothing)
    model.save(FOLDER / f"{kind}.keras")
    loaded = keras.models.load_model(FOLDER / f"{kind}.keras")
    for step in range(0, STEPS, 7):
        rate = loaded.optimizer._learning_rate(step)
        compared.that("learning_rate", step, rate, schedule.at(step)["learning_rate"])
    compared.done(keras.backend.backend())

    compared = Compared(f"keras, {kind}, every number")
    for name in schedule.names:
        if name in ("kind", "nesterov", "betas"):
            continue
        scheduled = getattr(exported, name.replace(".", "_"))
        for step in range(0, STEPS + 20, 3):
            if name in WHOLE:
                compared.whole(name, step, scheduled(step), schedule.at(step, rounded=False)[name])
            else:
                compared.that(name, step, float(scheduled(step)), schedule.at(step)[name])
    compared.done(keras.__version__)


print("python", sys.version.split()[0])
for kind, schedule in (("found", Found()), ("knots", Knots())):
    pytorch(schedule, kind)
    optax(schedule, kind)
    keras(schedule, kind)
print("All that was exported runs, and says what the schedule says.")
