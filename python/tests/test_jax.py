from __future__ import annotations

from pathlib import Path
from typing import Any

import fake
import pytest
from members import Population, plant

jax = pytest.importorskip("jax")
np = pytest.importorskip("numpy")

import jax.numpy as jnp  # noqa: E402

import clade_pbt  # noqa: E402
from clade_pbt import jax as cj  # noqa: E402
from clade_pbt import npz  # noqa: E402
from clade_pbt.rates import NotApplicable  # noqa: E402
from clade_pbt.stored import NotFitting, NotStorable  # noqa: E402

optax = pytest.importorskip("optax")

X = jnp.linspace(-1, 1, 24).reshape(8, 3)
Y = jnp.arange(8) % 2

OPTIMIZER = optax.chain(
    optax.clip_by_global_norm(1.0),
    optax.inject_hyperparams(optax.adamw)(learning_rate=0.1, weight_decay=0.0),
    optax.scale_by_schedule(optax.exponential_decay(1.0, 10, 0.5)),
)


def params(seed: int, hidden: int = 4) -> dict[str, Any]:
    one, two = jax.random.split(cj.key(seed))
    return {"in": jax.random.normal(one, (3, hidden)), "out": jax.random.normal(two, (hidden, 2))}


def loss(weights: Any) -> Any:
    logits = jnp.tanh(X @ weights["in"]) @ weights["out"]
    return optax.softmax_cross_entropy_with_integer_labels(logits, Y).mean()


def fresh(seed: int) -> Any:
    weights = params(seed)
    return {"params": weights, "opt": OPTIMIZER.init(weights)}


@jax.jit
def step(state: Any) -> Any:
    updates, opt = OPTIMIZER.update(jax.grad(loss)(state["params"]), state["opt"], state["params"])
    return {"params": optax.apply_updates(state["params"], updates), "opt": opt}


def equal(one: Any, other: Any) -> bool:
    return all(np.array_equal(a, b) for a, b in zip(jax.tree.leaves(one), jax.tree.leaves(other), strict=True))


# ---- save and load


def test_saved_and_loaded_takes_the_same_next_step(tmp_path: Path) -> None:
    state = fresh(1)
    for _ in range(3):
        state = step(state)
    cj.save(state, tmp_path)
    plant(tmp_path, tmp_path / "mark")
    found = cj.load(tmp_path, fresh(2))
    assert equal(found, state)
    assert jax.tree.structure(found) == jax.tree.structure(state)
    assert equal(step(found), step(state))
    assert not (tmp_path / "mark").exists()


def test_types_that_numpy_lacks_keys_and_numbers_come_back(tmp_path: Path) -> None:
    def tree(x: float) -> Any:
        return {
            "half": jnp.full((2,), x, jnp.bfloat16),
            "small": jnp.full((2,), x, jnp.float8_e4m3fn),
            "flag": jnp.array([x > 1]),
            "key": jax.random.key(int(x)),
            "old key": jax.random.PRNGKey(int(x)),
            "numbers": (int(x), x, np.float32([x])),
            "nothing": None,
        }

    cj.save(tree(2.0), tmp_path)
    found = cj.load(tmp_path, tree(1.0))
    assert found["half"].dtype == jnp.bfloat16
    assert found["small"].dtype == jnp.float8_e4m3fn
    assert found["numbers"][:2] == (2, 2.0)
    assert type(found["numbers"][0]) is int
    assert isinstance(found["numbers"][2], np.ndarray)
    assert jax.random.uniform(found["key"]) == jax.random.uniform(jax.random.key(2))
    assert equal({**found, "key": 0}, {**tree(2.0), "key": 0})


def test_another_shape_is_refused_by_path_and_weights_that_fit_are_taken(tmp_path: Path) -> None:
    donor = {**params(1), "bias": jnp.ones(2)}
    cj.save(donor, tmp_path)
    other = {**params(2, hidden=5), "bias": jnp.zeros(2), "more": jnp.zeros(1)}
    with pytest.raises(NotFitting, match=r"\['in'\]|\['more'\]"):
        cj.load(tmp_path, other)
    found = cj.load(tmp_path, other, fitting=True)
    assert equal(found, {**other, "bias": jnp.ones(2)})


def test_objects_are_neither_written_nor_read(tmp_path: Path) -> None:
    with pytest.raises(NotStorable, match="odd"):
        npz.write(tmp_path, {"odd": np.array([object()])})
    np.savez(tmp_path / npz.ARRAYS, x=np.array([{"a": 1}], dtype=object), **{"~types": np.zeros(0, np.uint8)})
    with pytest.raises(NotFitting, match="allow_pickle"):
        npz.read(tmp_path)


# ---- hyperparameters


def test_values_are_put_in_force_and_read_back_as_float32() -> None:
    state = fresh(1)
    opt = cj.apply(state["opt"], {"lr": 0.3, "wd": 0.25, "dropout": 0.5})
    found = cj.in_force(opt, ["lr", "wd", "dropout"])
    assert set(found) == {"lr", "wd"}
    assert found["lr"] == np.float32(0.3)
    assert found["lr"].dtype == np.float32
    assert jax.tree.structure(opt) == jax.tree.structure(state["opt"])
    assert not equal(step({**state, "opt": opt})["params"], step(state)["params"])


def test_the_value_stays_in_force_under_a_schedule_on_top() -> None:
    state = fresh(1)
    state["opt"] = cj.apply(state["opt"], {"lr": 0.25})
    for _ in range(4):
        state = step(state)
    assert cj.in_force(state["opt"], ["lr"]) == {"lr": 0.25}


def test_a_schedule_inside_is_refused() -> None:
    optimizer = optax.inject_hyperparams(optax.adam)(learning_rate=optax.exponential_decay(0.1, 10, 0.5))
    with pytest.raises(NotApplicable, match="schedule inside"):
        cj.apply(optimizer.init(params(1)), {"lr": 0.5})


def test_a_name_that_was_mapped_and_is_not_there_is_refused() -> None:
    with pytest.raises(NotApplicable, match="'rate'"):
        cj.apply(OPTIMIZER.init(params(1)), {"rate": 0.5}, mapping={"rate": "velocity"})
    with pytest.raises(NotApplicable, match="'rate'"):
        cj.apply(optax.adam(0.1).init(params(1)), {"rate": 0.5}, mapping={"rate": "learning_rate"})


def test_an_optimizer_inside_another_is_found() -> None:
    inner = optax.inject_hyperparams(optax.sgd)(learning_rate=0.5)

    @optax.inject_hyperparams
    def outer(factor: float) -> Any:
        return optax.chain(inner, optax.scale(factor))

    state = cj.apply(outer(2.0).init(params(1)), {"lr": 0.25, "factor": 0.125})
    assert cj.in_force(state, ["lr", "factor"]) == {"lr": 0.25, "factor": 0.125}


# ---- lanes


def test_lanes_change_places_and_take_a_folder(tmp_path: Path) -> None:
    lanes = jax.tree.map(lambda *x: jnp.stack(x), *map(params, range(3)))
    swapped = cj.take(lanes, [1, 0, 0])
    assert equal(cj.lane(swapped, 0), params(1))
    assert equal(cj.lane(swapped, 1), params(0))
    cj.save(cj.lane(lanes, 2), tmp_path)
    loaded = cj.put(swapped, 1, cj.load(tmp_path, params(0)))
    assert [equal(cj.lane(loaded, i), params(seed)) for i, seed in enumerate((1, 2, 0))] == [True] * 3
    chosen = cj.where([True, False, True], lanes, loaded)
    assert [equal(cj.lane(chosen, i), params(seed)) for i, seed in enumerate((0, 2, 2))] == [True] * 3


def test_a_lane_has_its_own_rate() -> None:
    state = jax.vmap(lambda key: OPTIMIZER.init({"w": jax.random.normal(key, (2,))}))(cj.keys([1, 2, 3]))
    opt = cj.apply(state, {"lr": np.float32([0.1, 0.2, 0.3])})
    assert np.array_equal(cj.in_force(opt, ["lr"])["lr"], np.float32([0.1, 0.2, 0.3]))
    with pytest.raises(NotApplicable, match=r"\[2\]"):
        cj.apply(state, {"lr": np.float32([0.1, 0.2])})


def test_keys_of_seeds_that_differ_in_high_bits_differ() -> None:
    draws = {float(jax.random.uniform(cj.key(seed))) for seed in (1, 1 + 2**32, 1 + 2**52, 2**53 - 1)}
    assert len(draws) == 4
    assert jax.random.uniform(cj.keys([5, 6])[1]) == jax.random.uniform(cj.key(6))


# ---- a session


def test_two_members_in_one_process(clade: Any, tmp_path: Path) -> None:
    population = Population(tmp_path, "lr", {"weight_decay": 0.25})
    state: Any = None
    with clade(population.play), clade_pbt.session() as session:
        for segment in session:
            if segment.fresh:
                state = fresh(segment.seed)
            if segment.restore_from:
                state = cj.load(segment.restore_from, state)
            state["opt"] = cj.apply(state["opt"], segment.hyperparameters)
            segment.applied(cj.in_force(state["opt"], segment.hyperparameters))
            for _ in segment.steps():
                state = step(state)
            kept = state
            segment.finish(score=loss(kept["params"]), save=lambda folder, kept=kept: cj.save(kept, folder))
    population.check()


def test_two_lanes_in_one_program(clade: Any, tmp_path: Path) -> None:
    said: dict[str, Any] = {}

    def pair(peer: fake.Peer, *messages: dict[str, Any]) -> list[dict[str, Any]]:
        for i, each in enumerate(messages):
            peer.send({**each, "lane": i, **({"more": True} if i < len(messages) - 1 else {})})
        return [peer.answer() for _ in messages]

    def script(peer: fake.Peer) -> None:
        peer.receive()
        peer.send({**fake.WELCOME, "lanes": 2})
        rates = ({"lr": 0.5}, {"lr": 0.1})
        said["begun"] = pair(peer, *(fake.begin(member=i, seed=i, hyperparameters=rates[i]) for i in (0, 1)))
        pair(peer, fake.train(3), fake.train(3))
        said["before"] = pair(peer, fake.evaluate(), fake.evaluate())
        said["swapped"] = pair(
            peer,
            *(
                fake.begin(member=i, segment=1, origin="lane", hyperparameters=rates[i], step=3, **{"from": 1 - i})
                for i in (0, 1)
            ),
        )
        said["after"] = pair(peer, fake.evaluate(), fake.evaluate())
        peer.send(fake.END)

    state: Any = None
    with clade(script), clade_pbt.session(lanes=2) as session:
        for crew in session:
            new = jax.vmap(init)(cj.keys(crew.seeds))
            state = cj.where(crew.fresh, new, cj.take(new if state is None else state, crew.source))
            state["opt"] = cj.apply(state["opt"], crew.hyperparameters)
            crew.applied(cj.in_force(state["opt"], crew.hyperparameters))
            for _ in range(crew.length or 0):
                state = jax.vmap(step)(state)
            crew.finish(score=jax.vmap(loss)(state["params"]))
    assert said["begun"][1]["hyperparameters"]["lr"] == float(np.float32(0.1))
    assert said["swapped"] == said["begun"]
    scores = [[each["metrics"]["accuracy"] for each in said[name]] for name in ("before", "after")]
    assert scores[0] == scores[1][::-1]
    assert scores[0][0] != scores[0][1]


def init(key: Any) -> Any:
    one, two = jax.random.split(key)
    weights = {"in": jax.random.normal(one, (3, 4)), "out": jax.random.normal(two, (4, 2))}
    return {"params": weights, "opt": OPTIMIZER.init(weights)}
