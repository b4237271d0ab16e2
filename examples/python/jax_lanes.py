"""Handwritten digits with JAX: sixteen members are one vmapped program, and copying one is an index.

``python3 jax_lanes.py`` trains sixteen networks under the defaults below; ``clade run jax_lanes.yaml`` a population.
Needs clade-pbt[jax] and scikit-learn, for the data.
"""

import functools

import jax
import jax.numpy as jnp
import optax
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split

import clade_pbt as clade
from clade_pbt.jax import apply, in_force, keys, lane, load, put, save, take, where

LANES = 16
BATCH = 32
HIDDEN = 64
DEFAULTS = {"lr": 1e-2, "weight_decay": 1e-4}

images, digits = load_digits(return_X_y=True)
images = (images / 16).astype("float32")
x, x_test, y, y_test = train_test_split(images, digits, test_size=0.25, random_state=0, stratify=digits)
x, x_valid, y, y_valid = train_test_split(x, y, test_size=1 / 3, random_state=0, stratify=y)
x, x_valid, x_test, y, y_valid, y_test = map(jnp.asarray, (x, x_valid, x_test, y, y_valid, y_test))

optimizer = optax.inject_hyperparams(optax.adamw)(learning_rate=DEFAULTS["lr"], weight_decay=DEFAULTS["weight_decay"])


def logits(weights, x):
    return jax.nn.relu(x @ weights["in"] + weights["bias"]) @ weights["out"]


def loss(weights, x, y):
    return optax.softmax_cross_entropy_with_integer_labels(logits(weights, x), y).mean()


@jax.jit
@jax.vmap
def init(key):
    one, two = jax.random.split(key)
    weights = {
        "in": jax.random.normal(one, (64, HIDDEN)) / 8,
        "bias": jnp.zeros(HIDDEN),
        "out": jax.random.normal(two, (HIDDEN, 10)) / HIDDEN**0.5,
    }
    return {"weights": weights, "optimizer": optimizer.init(weights)}


def step(state, key):
    batch = jax.random.randint(key, (BATCH,), 0, len(x))
    gradient = jax.grad(loss)(state["weights"], x[batch], y[batch])
    updates, moments = optimizer.update(gradient, state["optimizer"], state["weights"])
    return {"weights": optax.apply_updates(state["weights"], updates), "optimizer": moments}, None


@functools.partial(jax.jit, static_argnames="length")
def train(state, keys, length):
    return jax.vmap(lambda one, key: jax.lax.scan(step, one, jax.random.split(key, length))[0])(state, keys)


@jax.jit
def accuracy(state, x, y):
    return jax.vmap(lambda weights: (logits(weights, x).argmax(1) == y).mean())(state["weights"])


state = None
with clade.session(defaults=DEFAULTS, lanes=LANES, steps=600) as session:
    for crew in session:
        new = init(keys(crew.seeds))
        state = take(new if state is None else state, crew.source)
        state = where(crew.fresh, new, state)
        for index, folder in crew.restore:
            state = put(state, index, load(folder, lane(new, index)))
        state["optimizer"] = apply(state["optimizer"], crew.hyperparameters)
        crew.applied(in_force(state["optimizer"], crew.hyperparameters))

        if crew.length:
            state = where(crew.moving, train(state, keys(crew.seeds), crew.length), state)
        crew.finish(
            score=lambda state=state: {"accuracy": accuracy(state, x_valid, y_valid)},
            report=lambda state=state: {"test_accuracy": accuracy(state, x_test, y_test)},
            save=lambda index, folder, state=state: save(lane(state, index), folder),
        )
