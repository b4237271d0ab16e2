"""Runs on the backend that KERAS_BACKEND names, else on the first that is installed."""

from __future__ import annotations

import importlib.util
import os
from pathlib import Path
from typing import Any

import pytest
from members import Population

BACKENDS = [name for name in ("jax", "torch", "tensorflow") if importlib.util.find_spec(name)]
if not BACKENDS:
    pytest.skip("Keras has no backend here", allow_module_level=True)
os.environ.setdefault("KERAS_BACKEND", BACKENDS[0])

np = pytest.importorskip("numpy")
keras = pytest.importorskip("keras")

import clade_pbt  # noqa: E402
from clade_pbt.hosted import HostEnded  # noqa: E402
from clade_pbt.keras import CladeCallback, State, reseed  # noqa: E402
from clade_pbt.rates import NotApplicable  # noqa: E402
from clade_pbt.stored import NotFitting  # noqa: E402

X = np.linspace(-1, 1, 24, dtype="float32").reshape(8, 3)
Y = np.arange(8) % 2


def made(seed: int = 0, hidden: int = 4, optimizer: Any = None) -> Any:
    keras.utils.set_random_seed(seed)
    layers = [keras.Input((3,)), keras.layers.Dense(hidden, "relu"), keras.layers.Dropout(0.25)]
    model = keras.Sequential([*layers, keras.layers.BatchNormalization(), keras.layers.Dense(2)])
    model.compile(optimizer or keras.optimizers.AdamW(0.1), keras.losses.SparseCategoricalCrossentropy(True))
    return model


def fit(model: Any, *callbacks: Any, epochs: int = 10**9) -> None:
    model.fit(X, Y, batch_size=4, epochs=epochs, verbose=0, shuffle=False, callbacks=list(callbacks))


def score(model: Any) -> float:
    return float(model.evaluate(X, Y, verbose=0))


def weights(model: Any) -> list[Any]:
    return [np.array(each) for each in model.get_weights()]


def equal(one: Any, other: Any) -> bool:
    return all(np.array_equal(a, b) for a, b in zip(weights(one), weights(other), strict=True))


def test_members_change_inside_one_fit(clade: Any, tmp_path: Path) -> None:
    population = Population(tmp_path, "learning_rate", {"weight_decay": 0.25})
    model = made()
    with clade(population.play), clade_pbt.session() as session:
        fit(model, CladeCallback(session, score=lambda: score(model)))
    population.check()
    assert int(model.optimizer.iterations) == 2 * population.steps  # those of the weights: the donor's, and its own


def test_new_members_have_weights_of_their_own_seeds(clade: Any, tmp_path: Path) -> None:
    scores = []
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        population = Population(tmp_path / folder, "learning_rate", steps=1)
        model = made()
        with clade(population.play), clade_pbt.session() as session:
            fit(model, CladeCallback(session, score=lambda made=model: score(made)))
        scores.append([population.score_of(name) for name in ("donor", "fresh")])
    assert scores[0] == scores[1]
    assert scores[0][0] != scores[0][1]


def test_saved_and_loaded_takes_the_same_next_step(tmp_path: Path) -> None:
    one, other = made(1), made(2)
    fit(one, epochs=2)
    State(one).save(tmp_path)
    State(other).load(tmp_path)
    assert equal(one, other)
    for model in (one, other):
        reseed(model, 3)
        model.train_on_batch(X, Y)
    assert equal(one, other)
    with pytest.raises(NotFitting, match=r"model\.0\.kernel"):
        State(made(hidden=5)).load(tmp_path)


class At(keras.callbacks.Callback):  # type: ignore[misc]
    """Applies values in the middle of a fit."""

    def __init__(self, values: dict[str, Any]) -> None:
        super().__init__()
        self.values = values
        self.found: dict[str, Any] = {}

    def on_train_begin(self, logs: Any = None) -> None:
        self.state = State(self.model)

    def on_train_batch_end(self, batch: int, logs: Any = None) -> None:
        if batch == 0:
            self.found = self.state.apply(self.values)


@pytest.mark.parametrize(
    ("name", "value"), [("lr", 0.25), ("weight_decay", 0.5), ("beta1", 0.125), ("epsilon", 0.5), ("momentum", 0.75)]
)
def test_a_value_that_changes_inside_a_fit_has_an_effect(name: str, value: float) -> None:
    """Other values than the learning rate are constants of the compiled step."""

    def trained(callback: Any) -> Any:
        optimizer = keras.optimizers.SGD(0.1, momentum=0.25) if name == "momentum" else keras.optimizers.AdamW(0.1)
        model = made(4, optimizer=optimizer)
        fit(model, callback, epochs=2)
        return model

    same, other = At({}), At({name: value})
    assert not equal(trained(same), trained(other))
    assert other.found == {name: value}


def test_a_schedule_in_the_optimizer_is_refused() -> None:
    schedule = keras.optimizers.schedules.ExponentialDecay(0.1, 10, 0.9)
    with pytest.raises(NotApplicable, match="LearningRateSchedule"):
        State(made(optimizer=keras.optimizers.SGD(schedule))).apply({"lr": 0.5})


def test_a_fit_that_ends_before_clade_is_refused(clade: Any, tmp_path: Path) -> None:
    population = Population(tmp_path, "lr")
    model = made()
    with (
        pytest.raises(AssertionError, match="HostEnded"),
        clade(population.play),
        pytest.raises(HostEnded),
        clade_pbt.session() as session,
    ):
        fit(model, CladeCallback(session, score=lambda: score(model)), epochs=1)


def test_alone_it_trains_as_long_as_fit_says(capsys: Any) -> None:
    model = made()
    with clade_pbt.session(defaults={"lr": 0.25}) as session:
        fit(model, CladeCallback(session, score=lambda: score(model)), epochs=3)
    assert int(model.optimizer.iterations) == 6
    assert float(model.optimizer.learning_rate) == 0.25
    assert '"score"' in capsys.readouterr().out
