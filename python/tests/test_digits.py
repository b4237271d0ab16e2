"""The examples in ``examples/python``, as programs of their own, against a small Clade."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import fake
import pytest
from members import plant

EXAMPLES = Path(__file__).parents[2] / "examples" / "python"
NEEDS = {
    "sklearn_digits": ["sklearn"],
    "torch_digits": ["sklearn", "torch", "safetensors"],
    "jax_lanes": ["sklearn", "jax", "optax"],
}


def need(name: str) -> None:
    """Skips where what an example needs is not there."""
    missing = [each for each in NEEDS[name] if importlib.util.find_spec(each) is None]
    if missing:
        pytest.skip(f"{', '.join(missing)} not installed")
    if not EXAMPLES.exists():
        pytest.skip("the examples are in the repository, not in the package")


def start(name: str) -> int:
    """Runs an example to its end, with the socket that the environment names."""
    source = str(Path(__file__).parents[1] / "src")
    path = os.pathsep.join([source, *filter(None, [os.environ.get("PYTHONPATH")])])
    environment = {**os.environ, "PYTHONPATH": path, "JAX_PLATFORMS": "cpu", "OMP_NUM_THREADS": "1"}
    program = [sys.executable, str(EXAMPLES / f"{name}.py")]
    return subprocess.run(program, env=environment, cwd=EXAMPLES, timeout=300, check=False).returncode


VALUES = {
    "sklearn_digits": {"eta": 0.5, "alpha": 1e-5},
    "torch_digits": {"lr": 0.1, "momentum": 0.9, "weight_decay": 1e-4, "dropout": 0.25},
}
RATE = {"sklearn_digits": "eta", "torch_digits": "lr"}


@pytest.mark.parametrize("name", VALUES)
def test_example_trains_members_and_copies(clade: Any, tmp_path: Path, name: str) -> None:
    need(name)
    folder = tmp_path / "saved"
    folder.mkdir()
    own = {**VALUES[name], RATE[name]: 0.25}

    def score(peer: fake.Peer) -> float:
        return float(peer.ask(fake.evaluate())["metrics"]["accuracy"])

    def script(peer: fake.Peer) -> None:
        peer.socket.settimeout(120)
        peer.receive()
        peer.send({**fake.WELCOME, "parameters": {each: {"change": "live"} for each in own}})
        assert peer.ask(fake.begin(rebuild=True, hyperparameters=VALUES[name]))["hyperparameters"] == VALUES[name]
        before = score(peer)
        assert peer.ask(fake.train(60))["steps"] == 60
        donor = score(peer)
        assert donor > max(0.5, before)
        peer.ask(fake.save(folder))
        plant(folder, tmp_path / "mark")
        peer.ask(fake.begin(member=5, seed=8, hyperparameters=own))
        assert score(peer) < 0.5
        copy = {"origin": "copy", "folder": str(folder), "changed": [RATE[name]], "step": 0}
        assert peer.ask(fake.begin(member=5, segment=1, hyperparameters=own, **copy))["hyperparameters"] == own
        assert score(peer) == donor
        assert peer.ask(fake.train(5))["steps"] == 5
        final = peer.ask(fake.evaluate(purpose="report"))["metrics"]
        assert final["test_accuracy"] > 0.5
        assert all(each.startswith("test_") for each in final)
        peer.send(fake.END)

    with clade(script):
        assert start(name) == 0
    assert not (tmp_path / "mark").exists()


def test_lanes_train_and_change_places(clade: Any, tmp_path: Path) -> None:
    need("jax_lanes")
    lanes = 16
    folder = tmp_path / "saved"
    folder.mkdir()

    def batch(peer: fake.Peer, *messages: dict[str, Any]) -> list[dict[str, Any]]:
        more = [{"more": True}] * (len(messages) - 1) + [{}]
        peer.send(*({**each, **last} for each, last in zip(messages, more, strict=True)))
        return [peer.answer() for _ in messages]

    def scores(peer: fake.Peer) -> list[float]:
        found = batch(peer, *(fake.evaluate(lane=i) for i in range(lanes)))
        return [each["metrics"]["accuracy"] for each in found]

    def begin(i: int, **changes: Any) -> dict[str, Any]:
        values = {"lr": 2.0 ** -(i + 1), "weight_decay": 2.0**-10}
        return fake.begin(lane=i, member=i, seed=i, hyperparameters=values, **changes)

    def script(peer: fake.Peer) -> None:
        peer.socket.settimeout(120)
        peer.receive()
        parameters = {"lr": {"change": "live"}, "weight_decay": {"change": "live"}}
        peer.send({**fake.WELCOME, "lanes": lanes, "parameters": parameters})
        begun = batch(peer, *(begin(i, rebuild=True) for i in range(lanes)))
        assert [each["hyperparameters"]["lr"] for each in begun] == [2.0 ** -(i + 1) for i in range(lanes)]
        batch(peer, *(fake.train(40, lane=i) for i in range(lanes)))
        before = scores(peer)
        assert len(set(before)) > 3
        assert max(before) > 0.5
        best = before.index(max(before))
        peer.ask(fake.save(folder, lane=best))
        # lane 0 takes a folder, lane 1 a lane, the others go on; only lane 2 trains, and no other moves
        news = [{"origin": "copy", "folder": str(folder)}, {"origin": "lane", "from": 2}, *[{"origin": "keep"}] * 14]
        batch(peer, *(begin(i, segment=1, step=40, **each) for i, each in enumerate(news)))
        assert scores(peer) == [before[best], before[2], *before[2:]]
        peer.ask(fake.train(40, 40, lane=2))
        after = scores(peer)
        assert [after[i] for i in range(lanes) if i != 2] == [before[best], before[2], *before[3:]]
        assert after[2] != before[2]
        peer.send(fake.END)

    with clade(script):
        assert start("jax_lanes") == 0
