"""Gymnasium: environments as worlds, the actor-critic that acts in them, and members through a small Clade."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any, ClassVar

import fake
import pytest
from members import plant

np = pytest.importorskip("numpy")
gymnasium = pytest.importorskip("gymnasium")

from gymnasium import spaces  # noqa: E402

from clade_pbt import CladeError  # noqa: E402
from clade_pbt.gym import ActorCritic, Worlds, clip, train  # noqa: E402
from clade_pbt.gym.agent import returns  # noqa: E402
from clade_pbt.gym.network import Network  # noqa: E402
from clade_pbt.gym.observations import Observations  # noqa: E402
from clade_pbt.gym.policies import Categorical, Gaussian, policy  # noqa: E402
from clade_pbt.stored import NotFitting  # noqa: E402


class Corridor(gymnasium.Env):  # type: ignore[misc]
    """Says how far it has come; copy ``i`` (as the seed says) ends after ``i + 2`` steps with 10, all others give 1."""

    observation_space = spaces.Box(0, 100, (1,), np.float32)
    action_space = spaces.Discrete(2)

    def __init__(self, cut: bool = False) -> None:
        self._cut = cut
        self._length = 2
        self._at = 0

    def reset(self, *, seed: int | None = None, options: Any = None) -> Any:
        if seed is not None:
            self._length = 2 + seed % 4
        self._at = 0
        return self._seen(), {}

    def step(self, action: Any) -> Any:
        self._at += 1
        over = self._at == self._length
        return self._seen(), 10.0 if over else 1.0, over and not self._cut, over and self._cut, {}

    def _seen(self) -> Any:
        return np.array([self._at], np.float32)


gymnasium.register("Corridor-v0", Corridor)


def corridors(count: int, **options: Any) -> Worlds:
    worlds = Worlds("Corridor-v0", count, **options)
    worlds.reset(0)
    return worlds


# ---- worlds


def test_episodes_are_counted_and_a_step_that_begins_one_is_none() -> None:
    worlds = corridors(2)
    steps = [worlds.step(np.zeros(2, int)) for _ in range(4)]
    assert [list(each.counts) for each in steps] == [[True, True], [True, True], [False, True], [True, False]]
    assert [list(each.terminated) for each in steps] == [[False, False], [True, False], [False, True], [False, False]]
    assert [list(each.rewards) for each in steps] == [[1, 1], [10, 1], [0, 10], [1, 0]]
    assert worlds.ended == [11, 12]
    assert worlds.seen.tolist() == [[1], [0]]


def test_each_copy_plays_its_share_so_that_short_episodes_do_not_crowd_out_long_ones() -> None:
    worlds = corridors(4)
    assert worlds.play(lambda seen: np.zeros(4, int), 10, 0) == [11, 11, 11, 12, 12, 12, 13, 13, 14, 14]
    assert worlds.play(lambda seen: np.zeros(4, int), 2, 0) == [11, 12]


@pytest.mark.parametrize("name", ["CartPole-v1", "Acrobot-v1"])
def test_all_that_worlds_draw_comes_from_the_seed(name: str) -> None:
    worlds = Worlds(name, 3)

    def walk(seed: int) -> list[Any]:
        worlds.reset(seed)
        random = np.random.default_rng(0)
        seen = [worlds.seen.copy()]
        for _ in range(40):
            worlds.step(random.integers(2, size=3))
            seen.append(worlds.seen.copy())
        return [each.tolist() for each in seen]

    first = walk(2**53 - 1)
    assert walk(5) != first
    assert walk(2**53 - 1) == first


def test_another_way_of_beginning_anew_is_refused() -> None:
    mode = gymnasium.vector.AutoresetMode.SAME_STEP
    with pytest.raises(CladeError, match="NEXT_STEP"):
        Worlds("Corridor-v0", 2, vector_kwargs={"autoreset_mode": mode})


# ---- what is seen


def test_observations_of_any_space_become_one_array() -> None:
    parts = spaces.Dict(
        {
            "at": spaces.Box(-1, 1, (2, 2), np.float64),
            "kind": spaces.Discrete(3, start=1),
            "pair": spaces.Tuple([spaces.MultiBinary(2), spaces.MultiDiscrete([2, 3])]),
            "tile": spaces.Box(0, 255, (1,), np.uint8),
        }
    )
    see = Observations(parts)
    assert see.shape == (4 + 3 + 2 + 5 + 1,)
    batch = {
        "at": np.arange(4.0).reshape(1, 2, 2),
        "kind": np.array([3]),
        "pair": (np.array([[1, 0]]), np.array([[1, 2]])),
        "tile": np.array([[255]], np.uint8),
    }
    assert see(batch).tolist() == [[0, 1, 2, 3, 0, 0, 1, 1, 0, 0, 1, 0, 0, 1, 1]]


@pytest.mark.parametrize(
    ("shape", "seen"),
    [((40, 50, 3), (3, 40, 50)), ((4, 40, 50), (4, 40, 50)), ((40, 50), (1, 40, 50)), ((7, 7, 3), (147,))],
)
def test_images_have_their_channels_first(shape: tuple[int, ...], seen: tuple[int, ...]) -> None:
    see = Observations(spaces.Box(0, 255, shape, np.uint8))
    assert see.shape == seen
    assert see(np.zeros((2, *shape), np.uint8)).dtype == (np.uint8 if len(seen) == 3 else np.float32)


def test_spaces_that_there_is_nothing_for_are_refused_by_name() -> None:
    with pytest.raises(CladeError, match="Text"):
        Observations(spaces.Text(5))
    with pytest.raises(CladeError, match="MultiBinary"):
        policy(spaces.MultiBinary(3))


# ---- gradients


def entropy_and_log(kind: Any, said: Any, drawn: Any) -> tuple[Any, Any]:
    """Of each row, from the definitions."""
    if isinstance(kind, Gaussian):
        means, logs = np.split(said, 2, axis=1)
        logs = np.clip(logs, kind.NARROWEST, kind.WIDEST)
        log = -0.5 * ((drawn - means) / np.exp(logs)) ** 2 - logs - 0.5 * np.log(2 * np.pi)
        return (logs + 0.5 * np.log(2 * np.pi * np.e)).sum(1), log.sum(1)
    entropy, log = np.zeros(len(said)), np.zeros(len(said))
    for each, column in zip(np.split(said, [2], axis=1) if said.shape[1] > 4 else [said], drawn.T, strict=True):
        p = np.exp(each) / np.exp(each).sum(1, keepdims=True)
        entropy -= (p * np.log(p)).sum(1)
        log += np.log(p[np.arange(len(p)), column])
    return entropy, log


@pytest.mark.parametrize("seen", [(5,), (2, 40, 36)])
@pytest.mark.parametrize(
    "space", [spaces.Discrete(4), spaces.MultiDiscrete([2, 3]), spaces.Box(-2, 2, (2,), np.float32)]
)
def test_gradients_are_those_of_the_loss(seen: tuple[int, ...], space: Any) -> None:
    random = np.random.default_rng(3)
    kind = policy(space)
    network = Network(seen, kind.size, 6)
    weights = {name: each.astype(np.float64) for name, each in network.draw(1).items()}
    weights["policy.w"] = random.normal(size=weights["policy.w"].shape)
    x = random.normal(size=(3, *seen))
    drawn = kind.draw(network.forward(weights, x)[0], random)
    advantages, targets = random.normal(size=3), random.normal(size=3)

    def loss() -> float:
        said, values = network.forward(weights, x)
        entropy, log = entropy_and_log(kind, said, drawn)
        return float((-advantages * log - 0.3 * entropy + 0.5 * (targets - values) ** 2).sum())

    said, values = network.forward(weights, x)
    by_policy, entropies = kind.gradient(said, drawn, advantages, 0.3)
    assert entropies == pytest.approx(entropy_and_log(kind, said, drawn)[0])
    found = network.backward(weights, by_policy, values - targets)
    assert set(found) == set(weights)
    for name, each in weights.items():
        for i in random.integers(each.size, size=4):
            kept = each.flat[i]
            ends = []
            for step in (1e-6, -1e-6):
                each.flat[i] = kept + step
                ends.append(loss())
            each.flat[i] = kept
            assert found[name].flat[i] == pytest.approx((ends[0] - ends[1]) / 2e-6, rel=1e-4, abs=1e-6), (name, i)


def test_actions_are_drawn_as_the_network_says() -> None:
    said = np.log(np.tile(np.array([[0.7, 0.2, 0.1]]), (20_000, 1)))
    drawn = Categorical(spaces.Discrete(3, start=5)).draw(said, np.random.default_rng(1))
    assert np.bincount(drawn[:, 0]) / 20_000 == pytest.approx([0.7, 0.2, 0.1], abs=0.02)  # six standard deviations
    assert Categorical(spaces.Discrete(3, start=5)).outward(drawn[:2]).tolist() == (drawn[:2, 0] + 5).tolist()
    bounded = Gaussian(spaces.Box(-1, 3, (1,), np.float32))
    wide = np.tile(np.array([[0.5, 0.0]], np.float32), (20_000, 1))
    reals = bounded.draw(wide, np.random.default_rng(1))
    assert (reals.mean(), reals.std()) == pytest.approx((0.5, 1), abs=0.05)
    assert bounded.outward(np.array([[-9.0], [0.5], [9.0]])).tolist() == [[-1], [2], [3]]


def test_returns_end_where_the_episode_does_and_go_on_where_it_was_cut_off() -> None:
    values = np.array([[1.0], [2.0], [4.0], [8.0]], np.float32)
    rewards = np.array([[1.0], [1.0], [1.0]], np.float32)
    no, second = np.zeros((3, 1), bool), np.array([[False], [True], [False]])
    assert returns(rewards, no, no, values, 0.5).ravel().tolist() == [2.75, 3.5, 5]
    assert returns(rewards, second, no, values, 0.5).ravel().tolist() == [1.5, 1, 5]
    assert returns(rewards, no, second, values, 0.5).ravel().tolist() == [2.5, 3, 5]


def test_a_step_that_begins_an_episode_teaches_nothing() -> None:
    """A copy whose every second step is none: what the network says there is not moved."""
    worlds = corridors(1)
    agent = ActorCritic(worlds, hidden=4)
    worlds.step(np.zeros(1, int))
    worlds.step(np.zeros(1, int))
    before = {name: each.copy() for name, each in agent.weights.items()}
    agent.apply({"lr": 0.5})
    agent.learn(1, np.random.default_rng(0))
    assert all((agent.weights[name] == each).all() for name, each in before.items())
    agent.learn(1, np.random.default_rng(0))
    assert any((agent.weights[name] != each).any() for name, each in before.items())


def test_rewards_are_clipped_for_learning_and_not_for_the_score() -> None:
    ended = []
    weights = []
    for clipped in (True, False):
        worlds = corridors(1)
        agent = ActorCritic(worlds, hidden=4, clip_rewards=clipped)
        agent.learn(4, np.random.default_rng(0))
        ended.append(list(worlds.ended))
        weights.append(agent.weights["value.b"])
    assert ended == [[11], [11]]
    assert weights[0] != weights[1]


def test_values_out_of_their_range_are_refused() -> None:
    for wrong in ({"unroll": 0}, {"discount": 1.5}, {"lr": -1}):
        with pytest.raises(ValueError, match=next(iter(wrong))):
            ActorCritic(corridors(1)).apply(wrong)


# ---- learning


def learned(name: str, steps: int, count: int = 16, **values: Any) -> tuple[float, float]:
    """The mean return of the first twenty episodes of training, and of the best twenty in a row."""
    worlds = Worlds(name, count)
    agent = ActorCritic(worlds)
    agent.renew(1)
    agent.apply(values)
    worlds.reset(4)
    random = np.random.default_rng(5)
    for _ in range(steps // (count * agent.values.unroll)):
        agent.learn(agent.values.unroll, random)
    means = np.convolve(worlds.ended, np.full(20, 1 / 20), "valid")
    return float(means[0]), float(means.max())


def test_cartpole_is_learned() -> None:
    first, best = learned("CartPole-v1", 60_000, lr=2e-3, discount=0.97)
    assert first < 40
    assert best > 150  # 269 to 385 from five other seeds; random play has 22


def test_acrobot_is_learned() -> None:
    first, best = learned("Acrobot-v1", 40_000, lr=2e-3)
    assert first < -200  # the first that end are short ones: random play has -496
    assert best > -150


def test_real_numbers_are_acted_in_processes_of_their_own() -> None:
    worlds = Worlds("Pendulum-v1", 2, vectorization_mode="async")
    agent = ActorCritic(worlds, hidden=8)
    worlds.reset(1)
    for _ in range(3):
        learned = agent.learn(70, np.random.default_rng(1))
    worlds.close()
    assert np.isfinite(learned.norm)
    assert learned.norm > 0
    assert len(worlds.ended) == 2  # it is cut off after 200 steps
    assert max(worlds.ended) < 0


# ---- members


VALUES = {"lr": 2e-3, "entropy_cost": 0.01, "discount": 0.97, "unroll": 7}


def welcome(peer: fake.Peer) -> None:
    peer.socket.settimeout(60)
    peer.receive()
    peer.send({**fake.WELCOME, "metrics": ["return"], "parameters": {each: {"change": "live"} for each in VALUES}})


def scores(peer: fake.Peer, seed: int = 1, purpose: str = "select") -> Any:
    return peer.ask(fake.evaluate(seed, purpose))["metrics"]


@pytest.mark.parametrize("source", ["last", "fresh"])
def test_members_are_measured_saved_copied_and_resumed(clade: Any, tmp_path: Path, source: Any) -> None:
    folders = [tmp_path / name for name in "abc"]
    for each in folders:
        each.mkdir()
    donor, once, again = folders

    def script(peer: fake.Peer) -> None:
        welcome(peer)
        assert peer.ask(fake.begin(rebuild=True, hyperparameters=VALUES))["hyperparameters"] == VALUES
        first = scores(peer)["return"]
        assert len(first) == 10
        assert scores(peer)["return"] == first  # an evaluation changes nothing
        assert scores(peer, 2)["return"] != first
        assert peer.ask(fake.train(800))["steps"] == 800
        trained = scores(peer)["return"]
        assert len(trained) == 10
        assert (scores(peer, 2)["return"] == trained) == (source == "last")
        test = scores(peer, 3, "report")
        assert list(test) == ["test_return"]
        assert len(test["test_return"]) == 12
        peer.ask(fake.save(donor))
        plant(donor, tmp_path / "mark")
        peer.ask(fake.begin(member=4, seed=9, hyperparameters=VALUES))
        assert scores(peer)["return"] != trained
        for folder in (once, again):
            copy = {"origin": "copy", "folder": str(donor), "changed": ["lr"], "step": 0, "seed": 11}
            own = {**VALUES, "lr": 0.25}
            assert peer.ask(fake.begin(member=4, segment=1, hyperparameters=own, **copy))["hyperparameters"] == own
            assert (scores(peer)["return"] == trained) == (source == "fresh")  # the donor's seed, and its weights
            assert scores(peer, 2)["return"] != scores(peer)["return"]  # who was only loaded plays
            assert peer.ask(fake.train(200))["steps"] == 200
            peer.ask(fake.save(folder))
        peer.send(fake.END)

    with clade(script):
        train("CartPole-v1", environments=5, hidden=16, score=source, report=12)
    saved = [np.load(each / "arrays.npz", allow_pickle=False) for each in (donor, once, again)]
    assert set(saved[0].files) == set(saved[1].files)
    assert all((saved[1][name] == saved[2][name]).all() for name in saved[1].files)  # a segment is a function
    assert any((saved[0][name] != saved[1][name]).any() for name in saved[1].files)
    assert not (tmp_path / "mark").exists()


def test_a_segment_trains_its_steps_whatever_the_unroll(clade: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    taken = []
    step = Worlds.step
    monkeypatch.setattr(Worlds, "step", lambda self, actions: (taken.append(self.count), step(self, actions))[1])

    def script(peer: fake.Peer) -> None:
        welcome(peer)
        peer.ask(fake.begin(hyperparameters=VALUES))
        assert peer.ask(fake.train(100))["steps"] == 100
        peer.send(fake.END)

    with clade(script):
        train("CartPole-v1", environments=4, hidden=4)
    assert len(taken) == 100


def test_an_agent_that_diverges_says_so(clade: Any) -> None:
    def script(peer: fake.Peer) -> None:
        welcome(peer)
        peer.ask(fake.begin(hyperparameters={**VALUES, "lr": 1e38}))
        assert peer.ask(fake.train(1000))["kind"] == "diverged"
        peer.send(fake.END)

    with clade(script), np.errstate(all="ignore"):
        train("CartPole-v1", environments=4, hidden=4)


def test_a_hyperparameter_of_nobody_is_named(clade: Any) -> None:
    def script(peer: fake.Peer) -> None:
        peer.receive()
        peer.send({**fake.WELCOME, "metrics": ["return"], "parameters": {"learning": {"change": "live"}}})
        assert "learning" in peer.ask(fake.begin(hyperparameters={"learning": 0.5}))["what"]

    with clade(script), pytest.raises(CladeError, match="learning"):
        train("CartPole-v1", environments=4, hidden=4)


def test_a_checkpoint_of_another_network_is_refused(tmp_path: Path) -> None:
    ActorCritic(corridors(1), hidden=4).save(tmp_path)
    with pytest.raises(NotFitting, match="policy1"):
        ActorCritic(corridors(1), hidden=5).load(tmp_path)


def test_it_runs_alone_from_the_command_line() -> None:
    source = str(Path(__file__).parents[1] / "src")
    path = os.pathsep.join([source, *filter(None, [os.environ.get("PYTHONPATH")])])
    words = ["CartPole-v1", "--environments", "4", "--steps", "200", "--make", "max_episode_steps=30", "--window", "3"]
    done = subprocess.run(
        [sys.executable, "-m", "clade_pbt.gym", *words],
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    found = json.loads(done.stdout)["return"]
    assert len(found) == 3
    assert max(found) <= 30


# ---- pictures


class Lamp(gymnasium.Env):  # type: ignore[misc]
    """A dark room that grows lighter by ten with each step, for four steps; it is rendered the other way round."""

    metadata: ClassVar[dict[str, Any]] = {"render_modes": ["rgb_array"], "render_fps": 15}
    observation_space = spaces.Box(0, 255, (40, 50), np.uint8)
    action_space = spaces.Discrete(2)

    def __init__(self, render_mode: str | None = None, coloured: bool = False) -> None:
        self.render_mode = render_mode
        if coloured:
            self.observation_space = spaces.Box(0, 255, (40, 50, 3), np.uint8)
        self._at = 0

    def reset(self, *, seed: int | None = None, options: Any = None) -> Any:
        self._at = 0
        return self._seen(), {}

    def step(self, action: Any) -> Any:
        self._at += 1
        return self._seen(), 1.0, self._at == 4, False, {}

    def render(self) -> Any:
        return np.full((20, 30, 3), 255 - 10 * self._at, np.uint8)

    def _seen(self) -> Any:
        return np.full(self.observation_space.shape, 10 * self._at, np.uint8)


gymnasium.register("Lamp-v0", Lamp)


def shades(file: Path) -> tuple[Any, list[Any]]:
    """The size of a clip, and the first pixel of each frame, red, green and blue."""
    image = pytest.importorskip("PIL.Image").open(file)
    found = []
    for i in range(image.n_frames):
        image.seek(i)
        found.append(image.convert("RGB").getpixel((0, 0)))
    return image.size, found


def test_an_episode_of_the_winner_is_drawn(clade: Any, tmp_path: Path) -> None:
    def script(peer: fake.Peer) -> None:
        peer.socket.settimeout(60)
        assert "pictures" in peer.welcome(parameters={"lr": {"change": "live"}})["capabilities"]
        peer.ask(fake.begin())
        assert peer.ask(fake.draw(tmp_path))["type"] == "drawn"
        peer.send(fake.END)

    with clade(script):
        train("Lamp-v0", environments=2, hidden=4)
    size, found = shades(tmp_path / "clip.png")
    assert size == (50, 40)
    assert found == [(each,) * 3 for each in (0, 10, 20, 30, 40)]


def test_a_clip_is_what_is_rendered_where_something_is(tmp_path: Path) -> None:
    for options, colour in (({"render_mode": "rgb_array"}, 215), ({"coloured": True}, 40)):
        clip.draw(Worlds("Lamp-v0", 2, **options), lambda seen: np.zeros(2, int), 1, tmp_path / "clip.png")
        size, found = shades(tmp_path / "clip.png")
        assert size == ((30, 20) if colour > 100 else (50, 40))
        assert found[-1] == (colour, colour, colour)
        assert len(found) == 5


def test_a_clip_is_not_longer_than_somebody_watches(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clip, "MOST", 3)
    clip.draw(Worlds("Lamp-v0", 1), lambda seen: np.zeros(1, int), 1, tmp_path / "clip.png")
    assert len(shades(tmp_path / "clip.png")[1]) == 3


def test_what_is_rendered_large_is_shrunk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clip, "SIDE", 15)
    worlds = Worlds("Lamp-v0", 2, render_mode="rgb_array")
    clip.draw(worlds, lambda seen: np.zeros(2, int), 1, tmp_path / "clip.png")
    assert shades(tmp_path / "clip.png")[0] == (15, 10)


def test_who_shows_nothing_claims_no_pictures(clade: Any) -> None:
    def script(peer: fake.Peer) -> None:
        assert "pictures" not in peer.welcome(parameters={"lr": {"change": "live"}})["capabilities"]
        peer.send(fake.END)

    with clade(script):
        train("Corridor-v0", environments=2, hidden=4)


# ---- Atari


def test_atari_is_played_as_usual_and_scored_in_its_own_points() -> None:
    pytest.importorskip("ale_py")
    from clade_pbt.gym import atari

    worlds = Worlds(atari("Breakout", 42, max_num_frames_per_episode=400), 4)
    assert worlds.see.shape == (4, 42, 42)
    assert worlds.seen.dtype == np.uint8

    def walk(seed: int) -> tuple[Any, list[float]]:
        worlds.reset(seed)
        agent = ActorCritic(worlds, hidden=8, clip_rewards=True)
        random = np.random.default_rng(6)
        for _ in range(8):
            agent.learn(20, random)
        return agent.weights, list(worlds.ended)

    weights, ended = walk(7)
    assert len(ended) > 2
    assert max(ended) >= 1
    same, again = walk(7)
    assert again == ended
    assert all((same[name] == each).all() for name, each in weights.items())
    other, _ = walk(8)
    assert any((other[name] != each).any() for name, each in weights.items())
