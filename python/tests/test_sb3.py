from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from members import Population

torch = pytest.importorskip("torch")
gymnasium = pytest.importorskip("gymnasium")
sb3 = pytest.importorskip("stable_baselines3")

from stable_baselines3.common.evaluation import evaluate_policy  # noqa: E402
from stable_baselines3.common.vec_env import DummyVecEnv, VecNormalize  # noqa: E402

import clade_pbt  # noqa: E402
from clade_pbt.hosted import HostEnded  # noqa: E402
from clade_pbt.rates import NotApplicable  # noqa: E402
from clade_pbt.sb3 import CladeCallback, State  # noqa: E402


def env(name: str) -> Any:
    return VecNormalize(DummyVecEnv([lambda: gymnasium.make(name)]))


def made(kind: str, seed: int = 0, **changes: Any) -> Any:
    more = {"policy_kwargs": {"net_arch": [8]}, "device": "cpu", "seed": seed, **changes}
    if kind == "ppo":
        return sb3.PPO("MlpPolicy", env("CartPole-v1"), n_steps=32, batch_size=16, n_epochs=2, **more)
    if kind == "sac":
        return sb3.SAC("MlpPolicy", env("Pendulum-v1"), learning_starts=0, train_freq=16, batch_size=8, **more)
    return sb3.DQN("MlpPolicy", env("CartPole-v1"), learning_starts=0, train_freq=16, batch_size=8, **more)


def score(model: Any) -> float:
    """What the weights do, without an environment's randomness."""
    space = model.observation_space
    x = torch.linspace(-1, 1, 4 * space.shape[0]).reshape(4, -1).numpy()
    normal = model.get_vec_normalize_env().obs_rms
    parts = [each.sum().item() for each in model.policy.state_dict().values()]
    return float(sum(parts) + model.predict(x, deterministic=True)[0].sum() + normal.mean.sum())


def weights(model: Any) -> dict[str, Any]:
    return {name: each.clone() for name, each in model.policy.state_dict().items()}


def equal(one: dict[str, Any], other: dict[str, Any]) -> bool:
    return all(torch.equal(one[name], other[name]) for name in one)


OWN = {"ppo": {"ent_coef": 0.125, "clip_range": 0.25, "gamma": 0.75, "gae_lambda": 0.5, "vf_coef": 0.25}}


@pytest.mark.parametrize("kind", ["ppo", "sac", "dqn"])
def test_members_change_inside_one_learn(clade: Any, tmp_path: Path, kind: str) -> None:
    population = Population(tmp_path, "learning_rate", OWN.get(kind, {"gamma": 0.75, "tau": 0.25}))
    model = made(kind)
    with clade(population.play), clade_pbt.session() as session:
        model.learn(10**9, CladeCallback(session, score=lambda: score(model)))
    population.check()
    assert model.num_timesteps == 4 * population.steps * (32 if kind == "ppo" else 16) + 1


@pytest.mark.parametrize("kind", ["ppo", "sac", "dqn"])
def test_saved_and_loaded_takes_the_same_next_step(tmp_path: Path, kind: str) -> None:
    one, other = made(kind, 1), made(kind, 2)
    one.learn(64)
    State(one).save(tmp_path)
    State(other).load(tmp_path)
    assert equal(weights(one), weights(other))
    assert score(one) == score(other)
    other.replay_buffer = one.replay_buffer if kind != "ppo" else None
    if kind == "ppo":
        other.rollout_buffer = one.rollout_buffer
    for model in (one, other):
        model.set_logger(sb3.common.logger.configure(None, []))
        model.set_random_seed(3)
        model.train() if kind == "ppo" else model.train(gradient_steps=2, batch_size=8)
    assert equal(weights(one), weights(other))


def test_a_rate_is_still_in_force_behind_an_update() -> None:
    """Stable-Baselines3 sets the rate from its schedule before every update."""
    model = made("ppo")
    here = State(model)
    assert here.apply({"lr": 0.25, "gamma": 0.5}) == {"lr": 0.25, "gamma": 0.5}
    assert (model.rollout_buffer.gamma, model.get_vec_normalize_env().gamma) == (0.5, 0.5)
    model.learn(32)
    assert model.policy.optimizer.param_groups[0]["lr"] == 0.25
    assert here.in_force() == {"lr": 0.25, "gamma": 0.5}


def test_an_entropy_coefficient_that_is_a_number_is_set_and_a_learned_one_refused() -> None:
    assert State(made("sac", ent_coef=0.5)).apply({"ent_coef": 0.25}) == {"ent_coef": 0.25}
    with pytest.raises(NotApplicable, match="ent_coef"):
        State(made("sac")).apply({"ent_coef": 0.25})


def test_schedules_of_its_own_and_values_of_its_making_are_refused() -> None:
    with pytest.raises(NotApplicable, match="schedule"):
        State(made("ppo", learning_rate=lambda left: left)).apply({"lr": 0.5})
    with pytest.raises(NotApplicable, match="n_steps"):
        State(made("ppo")).apply({"n_steps": 64})


def test_new_networks_are_those_of_the_seed() -> None:
    one, other = made("ppo", 1), made("ppo", 2)
    one.learn(32)
    for model in (one, other):
        State(model).renew(2**53 - 1)
    assert equal(weights(one), weights(other))
    assert not one.policy.optimizer.state
    State(other).renew(5)
    assert not equal(weights(one), weights(other))


def test_a_learning_that_ends_before_clade_is_refused(clade: Any, tmp_path: Path) -> None:
    population = Population(tmp_path, "learning_rate")
    model = made("ppo")
    with (
        pytest.raises(AssertionError, match="HostEnded"),
        clade(population.play),
        pytest.raises(HostEnded),
        clade_pbt.session() as session,
    ):
        model.learn(64, CladeCallback(session, score=lambda: score(model)))


def test_alone_it_trains_as_long_as_learn_says(capsys: Any) -> None:
    model = made("ppo")
    returns = gymnasium.make("CartPole-v1")
    with clade_pbt.session(defaults={"learning_rate": 0.25}) as session:
        model.learn(96, CladeCallback(session, score=lambda: evaluate_policy(model, returns, 1)[0]))
    assert model.num_timesteps == 96
    assert model.policy.optimizer.param_groups[0]["lr"] == 0.25
    assert '"score"' in capsys.readouterr().out
