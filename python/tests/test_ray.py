from __future__ import annotations

import json
import math
import random
import stat
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import fake
import pytest

import clade_pbt
from clade_pbt.ray import NotTranslatable, constants, experiment, serve, tune_pbt, written

WORDS: dict[str, Any] = {"metric": "accuracy", "stop": {"training_iteration": 100}, "perturbation_interval": 5}


def sampler(kind: str, **has: Any) -> Any:
    return type(kind, (), has)()


def domain(kind: str, lower: float, upper: float, by: Any) -> Any:
    """What Ray's domains look like from outside."""
    return type(kind, (), {"lower": lower, "upper": upper, "sampler": by})()


UNIFORM, LOG = sampler("_Uniform"), sampler("_LogUniform", base=10)

RANGES = {
    "uniform": (domain("Float", 0.0, 1, UNIFORM), {"uniform": [0.0, 1.0], "perturb": "multiply"}),
    "loguniform": (domain("Float", 1e-5, 1e-1, LOG), {"loguniform": [1e-5, 1e-1]}),
    "randint": (domain("Integer", 1, 10, UNIFORM), {"int": [1, 9]}),
    "lograndint": (domain("Integer", 1, 10, LOG), {"logint": [1, 9]}),
    "quniform": (
        domain("Float", 0.0, 1.0, sampler("Q", sampler=UNIFORM, q=0.25)),
        {"ordered": [0, 0.25, 0.5, 0.75, 1]},
    ),
    "qrandint": (domain("Integer", 2, 8, sampler("Q", sampler=UNIFORM, q=2)), {"ordered": [2, 4, 6, 8]}),
    "qrandint by one": (domain("Integer", 2, 8, sampler("Q", sampler=UNIFORM, q=1)), {"int": [2, 8]}),
    "choice": (SimpleNamespace(categories=["a", "b"], sampler=UNIFORM), {"choice": ["a", "b"]}),
    "list": ([16, 32, 64], {"ordered": [16, 32, 64]}),
    "tuple": (("a", "b"), {"ordered": ["a", "b"]}),
}


@pytest.mark.parametrize("name", RANGES)
def test_each_domain_is_said_in_clades_words(name: str) -> None:
    given, said = RANGES[name]
    assert experiment(hyperparam_mutations={"x": given}, **WORDS)["parameters"] == {"x": said}


NEVER = {
    "a lambda": (lambda: 1.0, "has no bounds"),
    "randn": (domain("Float", -math.inf, math.inf, sampler("_Normal")), "normal"),
    "bounded normal": (domain("Float", 0, 1, sampler("_Normal")), "normal"),
    "qloguniform": (domain("Float", 1e-4, 1.0, sampler("Q", sampler=LOG, q=1e-4)), "logarithm"),
    "too many levels": (domain("Float", 0.0, 1.0, sampler("Q", sampler=UNIFORM, q=1e-4)), "steps of"),
    "sample_from": (SimpleNamespace(func=len, sampler=None), "no domain"),
    "a list of lists": ([[1], [2]], "list of numbers"),
    "a number": (3, "no domain"),
}


@pytest.mark.parametrize("name", NEVER)
def test_what_cannot_be_expressed_is_named(name: str) -> None:
    given, said = NEVER[name]
    with pytest.raises(NotTranslatable, match=said) as thrown:
        experiment(hyperparam_mutations={"inner": {"x": given}}, **WORDS)
    assert "'inner.x'" in str(thrown.value)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"custom_explore_fn": len}, "custom_explore_fn"),
        ({"quantile_fraction": 0.6}, "quantile_fraction"),
        ({"perturbation_factors": (1.2, 1.1)}, "perturbation_factors"),
        ({"perturbation_factors": (1.2, 1.0, 0.8)}, "perturbation_factors"),
        ({"stop": None}, "stop"),
        ({"stop": {"accuracy": 0.9}}, "stop"),
        ({"stop": {"loss": 0.1, "training_iteration": 5}}, "loss"),
        ({"time_attr": "epochs"}, "time_attr"),
        ({"perturbation_interval": 0.5}, "perturbation_interval"),
        ({"param_space": {"y": lambda: 1}}, "param_space"),
    ],
)
def test_words_that_clade_does_not_have_are_refused(changes: dict[str, Any], said: str) -> None:
    with pytest.raises(NotTranslatable, match=said):
        experiment(hyperparam_mutations={"x": [1, 2]}, **{**WORDS, **changes})


def test_a_whole_call_becomes_an_experiment_file() -> None:
    made = experiment(
        name="mine",
        mode="min",
        metric="loss",
        hyperparam_mutations={"lr": RANGES["loguniform"][0], "net": {"layers": [2, 3]}},
        perturbation_interval=5,
        burn_in_period=10,
        quantile_fraction=0.25,
        resample_probability=0.5,
        perturbation_factors=[1.25, 0.8],
        num_samples=2,
        stop={"training_iteration": 100, "time_total_s": 90, "loss": 0.5},
        synch=True,
        param_space={"lr": 0.01, "net": {"width": 7}},
        seed=3,
        slots=2,
        trainer={"session": ["python3", "my train.py"]},
    )
    assert (
        written(made)
        == """\
name: mine
metric: loss
mode: min
unit: iteration
population: 2
budget: {steps: 100, time: 90s, target: 0.5}
ready: {every: 5, burn_in: 10}
synchronous: true
exploit: {truncation: 0.25}
explore: {perturb: [0.8, 1.25], resample: 0.5}
parameters:
  lr: {loguniform: [1e-05, 0.1]}
  net.layers: {ordered: [2, 3]}
start: [{lr: 0.01}, {lr: 0.01}]
slots: 2
trainer: {session: [python3, "my train.py"]}
seed: 3
"""
    )


def test_constants_of_the_space_are_the_scripts_defaults() -> None:
    words = {"hyperparam_mutations": {"lr": [1, 2]}, "param_space": {"lr": 1, "net": {"width": 7}}}
    assert constants(words) == {"net.width": 7}


def test_domains_of_the_real_ray() -> None:
    tune = pytest.importorskip("ray.tune")
    real = {
        "uniform": tune.uniform(0, 1),
        "loguniform": tune.loguniform(1e-5, 1e-1),
        "randint": tune.randint(1, 10),
        "lograndint": tune.lograndint(1, 10),
        "quniform": tune.quniform(0, 1, 0.25),
        "qrandint": tune.qrandint(2, 8, 2),
        "qrandint by one": tune.qrandint(2, 8),
        "choice": tune.choice(["a", "b"]),
    }
    found = experiment(hyperparam_mutations=real, **WORDS)["parameters"]
    assert found == {name: RANGES[name][1] for name in real}
    for given in (tune.randn(0, 1), tune.qloguniform(1e-4, 1, 1e-4), tune.sample_from(lambda _: 1)):
        with pytest.raises(NotTranslatable):
            experiment(hyperparam_mutations={"x": given}, **WORDS)


def test_a_script_is_run_by_the_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any) -> None:
    command = tmp_path / "command"
    command.write_text(f'#!/bin/sh\nprintf "%s\\n" "$@" >{tmp_path}/given\nexit 3\n')
    command.chmod(command.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("CLADE_COMMAND", str(command))
    monkeypatch.chdir(tmp_path)
    with pytest.raises(clade_pbt.RunFailed, match="exit status 3"):
        tune_pbt("train.py", hyperparam_mutations={"x": [1, 2]}, store="sqlite:///here.db", to="results", **WORDS)
    given = (tmp_path / "given").read_text().split()
    assert given == ["run", "train.yaml", "--to", "results", "--store", "sqlite:///here.db"]
    file = Path("train.yaml").read_text()
    assert "trainer: {session: [python3, train.py]}" in file
    assert file in capsys.readouterr().out


# ---- the class API


class Walk:
    """As a user of Ray has it; its checkpoint brings the old rate back, as many do."""

    made = 0

    def setup(self, config: dict[str, Any]) -> None:
        Walk.made += 1
        self.rate = config["net"]["lr"]
        self.at = random.random()

    def step(self) -> dict[str, Any]:
        self.at += self.rate
        return {"accuracy": self.at, "note": "not a number"}

    def save_checkpoint(self, folder: str) -> None:
        (Path(folder) / "walk.json").write_text(json.dumps([self.at, self.rate]))

    def load_checkpoint(self, folder: str) -> None:
        self.at, self.rate = json.loads((Path(folder) / "walk.json").read_text())


class Warm(Walk):
    def reset_config(self, config: dict[str, Any]) -> bool:
        self.rate = config["net"]["lr"]
        return True

    def in_force(self) -> dict[str, Any]:
        return {"net.lr": self.rate}


def play(said: dict[str, Any], folder: Path) -> Any:
    def script(peer: fake.Peer) -> None:
        peer.receive()
        peer.send({**fake.WELCOME, "parameters": {"net.lr": {"change": "live"}}})

        def begin(rate: float, **changes: Any) -> Any:
            return peer.ask(fake.begin(hyperparameters={"net.lr": rate}, **changes))["hyperparameters"]["net.lr"]

        said["fresh"] = begin(0.5)
        said["before"] = peer.ask(fake.evaluate())["metrics"]["accuracy"]
        peer.ask(fake.train(2))
        said["trained"] = peer.ask(fake.evaluate())["metrics"]["accuracy"]
        peer.ask(fake.save(folder))
        said["kept"] = begin(0.25, origin="keep", segment=1, step=2, changed=["net.lr"])
        peer.ask(fake.train(1, 2))
        said["on"] = peer.ask(fake.evaluate())["metrics"]["accuracy"]
        said["copied"] = begin(0.125, origin="copy", member=4, segment=1, folder=str(folder), changed=["net.lr"])
        said["copy"] = peer.ask(fake.evaluate())["metrics"]["accuracy"]
        peer.ask(fake.train(1))
        said["copy on"] = peer.ask(fake.evaluate())["metrics"]["accuracy"]
        peer.send(fake.END)

    return script


def test_a_class_of_rays_trains_members_and_stays_warm(clade: Any, tmp_path: Path) -> None:
    said: dict[str, Any] = {}
    Walk.made = 0
    with clade(play(said, tmp_path)), clade_pbt.session() as session:
        session.run(serve(Warm, "accuracy"))
    assert (said["fresh"], said["kept"], said["copied"]) == (0.5, 0.25, 0.125)
    assert said["trained"] == pytest.approx(said["before"] + 0.5)  # the step of the first score was taken back
    assert said["on"] == pytest.approx(said["trained"] + 0.25)
    assert said["copy"] == said["trained"]
    assert said["copy on"] == pytest.approx(said["copy"] + 0.125)
    assert Walk.made == 1


def test_a_class_without_reset_config_is_made_anew(clade: Any, tmp_path: Path) -> None:
    said: dict[str, Any] = {}
    Walk.made = 0
    with clade(play(said, tmp_path)), clade_pbt.session() as session:
        session.run(serve(Walk, "accuracy"))
    assert Walk.made == 3
    assert said["copy"] == said["trained"]


def test_a_checkpoint_for_ray_to_pickle_is_refused(clade: Any, tmp_path: Path) -> None:
    class Old(Warm):
        def save_checkpoint(self, folder: str) -> Any:
            return {"at": self.at}

    def script(peer: fake.Peer) -> None:
        peer.receive()
        peer.send({**fake.WELCOME, "parameters": {"net.lr": {"change": "live"}}})
        peer.ask(fake.begin(hyperparameters={"net.lr": 0.5}))
        peer.ask(fake.train(1))
        failed = peer.ask(fake.save(tmp_path))
        assert failed["type"] == "failed"
        assert "for Ray to pickle" in failed["what"]
        peer.send(fake.END)

    with clade(script), clade_pbt.session() as session:
        session.run(serve(Old, "accuracy"))
