from __future__ import annotations

import math
import re
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import fake
import pytest
from members import Population, plant, written

torch = pytest.importorskip("torch")
pytest.importorskip("safetensors")

import clade_pbt  # noqa: E402
from clade_pbt.rates import NotApplicable  # noqa: E402
from clade_pbt.stored import PICKLED, NotFitting, NotStorable, PickleUsed  # noqa: E402
from clade_pbt.torch import State, apply, new_weights  # noqa: E402

schedulers = torch.optim.lr_scheduler


def net(seed: int = 0, hidden: int = 5) -> Any:
    torch.manual_seed(seed)
    return torch.nn.Sequential(
        torch.nn.Linear(3, hidden), torch.nn.BatchNorm1d(hidden), torch.nn.ReLU(), torch.nn.Linear(hidden, 2)
    )


X = torch.linspace(-1, 1, 24).reshape(8, 3)
Y = torch.arange(8) % 2


def loss(model: Any) -> Any:
    return torch.nn.functional.cross_entropy(model(X), Y)


def step(state: State) -> None:
    for optimizer in state.optimizers:
        optimizer.zero_grad()
    loss(state.model).backward()
    for optimizer in state.optimizers:
        optimizer.step()
    for each in state.schedulers:
        each.step(loss(state.model).detach()) if isinstance(each, schedulers.ReduceLROnPlateau) else each.step()


def weights(state: State) -> dict[str, Any]:
    return {name: each.clone() for name, each in state.model.state_dict().items()}


def equal(one: dict[str, Any], other: dict[str, Any]) -> bool:
    return one.keys() == other.keys() and all(torch.equal(one[name], other[name]) for name in one)


OPTIMIZERS: dict[str, Callable[[Any], Any]] = {
    "sgd": lambda p: torch.optim.SGD(p, lr=0.1, momentum=0.9),
    "adam": lambda p: torch.optim.Adam(p, lr=0.1, amsgrad=True),
    "adamw, rate in a tensor": lambda p: torch.optim.AdamW(p, lr=torch.tensor(0.1)),
    "rmsprop": lambda p: torch.optim.RMSprop(p, lr=0.1, centered=True),
    "adagrad": lambda p: torch.optim.Adagrad(p, lr=0.1),
    "lbfgs without steps": lambda p: torch.optim.LBFGS(p, lr=0.1),
}

SCHEDULERS: dict[str, Callable[[Any], Any]] = {
    "none": lambda o: None,
    "step": lambda o: schedulers.StepLR(o, 2, 0.5),
    "multistep": lambda o: schedulers.MultiStepLR(o, [2, 2, 5], 0.5),
    "exponential": lambda o: schedulers.ExponentialLR(o, 0.9),
    "cosine": lambda o: schedulers.CosineAnnealingLR(o, 20, eta_min=1e-3),
    "linear": lambda o: schedulers.LinearLR(o, 0.1, total_iters=6),
    "polynomial": lambda o: schedulers.PolynomialLR(o, 20),
    "warm restarts": lambda o: schedulers.CosineAnnealingWarmRestarts(o, 4),
    "lambda": lambda o: schedulers.LambdaLR(o, lambda n: min(1.0, (n + 1) / 8)),
    "multiplicative": lambda o: schedulers.MultiplicativeLR(o, lambda n: 0.9),
    "one cycle": lambda o: schedulers.OneCycleLR(o, 0.1, 30, cycle_momentum=False),
    "cyclic": lambda o: schedulers.CyclicLR(o, 0.1, 0.2, 4, cycle_momentum=False),
    "warm-up, then cosine": lambda o: schedulers.SequentialLR(
        o, [schedulers.LinearLR(o, 0.1, total_iters=3), schedulers.CosineAnnealingLR(o, 20)], [3]
    ),
    "chained": lambda o: schedulers.ChainedScheduler(
        [schedulers.ConstantLR(o, 0.5, 3), schedulers.ExponentialLR(o, 0.9)], o
    ),
    "plateau": lambda o: schedulers.ReduceLROnPlateau(o, factor=0.5, patience=0, threshold=1.0),
}


def state(optimizer: str = "sgd", scheduler: str = "none", seed: int = 0, hidden: int = 5, **more: Any) -> State:
    model = net(seed, hidden)
    made = OPTIMIZERS[optimizer](model.parameters())
    return State(model, made, SCHEDULERS[scheduler](made), **more)


# ---- save and load


@pytest.mark.parametrize("scheduler", SCHEDULERS)
def test_saved_and_loaded_goes_on_as_if_nothing_had_been(tmp_path: Path, scheduler: str) -> None:
    one, other = state("sgd", scheduler), state("sgd", scheduler, seed=1)
    for _ in range(4):
        step(one)
    one.save(tmp_path)
    other.load(tmp_path)
    assert equal(weights(one), weights(other))
    for _ in range(5):
        step(one)
        step(other)
        assert equal(weights(one), weights(other))


@pytest.mark.parametrize("optimizer", [name for name in OPTIMIZERS if "lbfgs" not in name])
def test_moments_of_every_optimizer_come_back(tmp_path: Path, optimizer: str) -> None:
    one, other = state(optimizer), state(optimizer, seed=1)
    for _ in range(3):
        step(one)
    one.save(tmp_path)
    other.load(tmp_path)
    step(one)
    step(other)
    assert equal(weights(one), weights(other))


def test_averages_scaler_and_position_of_the_loader_come_back(tmp_path: Path) -> None:
    class Loader:
        at = 7

        def state_dict(self) -> dict[str, Any]:
            return {"at": self.at, 3: (1, math.inf), "order": {4, 5}}

        def load_state_dict(self, found: dict[str, Any]) -> None:
            self.at = found["at"]
            assert found[3] == (1, math.inf)
            assert found["order"] == {4, 5}

    def made(seed: int) -> State:
        model = net(seed)
        return State(
            model,
            torch.optim.SGD(model.parameters(), lr=0.1),
            scaler=torch.amp.GradScaler("cpu", init_scale=float(2**seed)),
            ema=torch.optim.swa_utils.AveragedModel(net(seed + 5)),
            loader=Loader(),
        )

    one, other = made(0), made(1)
    one.loader.at = 9
    one.ema.update_parameters(one.model)
    one.save(tmp_path, position=True)
    other.load(tmp_path)
    assert equal(one.ema.state_dict(), other.ema.state_dict())
    assert other.scaler.state_dict()["scale"] == one.scaler.state_dict()["scale"]
    assert other.loader.at == 9
    (tmp_path / "second").mkdir()
    one.save(tmp_path / "second")
    other.loader.at = 1
    other.load(tmp_path / "second")
    assert other.loader.at == 1


def test_the_weights_are_a_file_that_anybody_can_read(tmp_path: Path) -> None:
    from safetensors.torch import load_file

    one = state()
    one.save(tmp_path)
    assert equal(load_file(tmp_path / "model.safetensors"), weights(one))


def test_tied_weights_are_written_once_and_stay_tied(tmp_path: Path) -> None:
    def tied(seed: int) -> Any:
        torch.manual_seed(seed)
        model = torch.nn.Sequential(torch.nn.Linear(3, 3, bias=False), torch.nn.Linear(3, 3, bias=False))
        model[1].weight = model[0].weight
        return model

    one, other = State(tied(0)), State(tied(1))
    one.save(tmp_path)
    other.load(tmp_path)
    assert written(tmp_path)["aliases"]["model"] == {"1.weight": "0.weight"}
    assert equal(weights(one), weights(other))
    assert other.model[1].weight is other.model[0].weight


def test_views_of_one_tensor_are_each_written_whole(tmp_path: Path) -> None:
    model = torch.nn.Module()
    base = torch.arange(6.0)
    model.register_buffer("first", base[:3])
    model.register_buffer("second", base[3:])
    model.register_buffer("turned", torch.arange(6.0).reshape(2, 3).T)
    State(model).save(tmp_path)
    kept = weights(State(model))
    for each in model.buffers():
        each.zero_()
    State(model).load(tmp_path)
    assert equal(weights(State(model)), kept)


def test_another_optimizer_or_model_is_refused_by_name(tmp_path: Path) -> None:
    state("sgd").save(tmp_path)
    with pytest.raises(NotFitting, match=r"'optimizer\.0'"):
        state("adam").load(tmp_path)
    with pytest.raises(NotFitting, match="'model'"):
        state("sgd", hidden=6).load(tmp_path)


# ---- what cannot be stored


class Opaque:
    def __eq__(self, other: object) -> bool:
        return isinstance(other, Opaque)

    __hash__ = None  # type: ignore[assignment]


def with_opaque(**more: Any) -> State:
    one = state(**more)
    one.groups[0]["odd"] = [1, Opaque()]
    return one


def test_what_neither_json_nor_tensors_can_hold_is_named(tmp_path: Path) -> None:
    with pytest.raises(NotStorable, match=r"optimizer\.0\.param_groups\.0\.odd\.1"):
        with_opaque().save(tmp_path)


def test_a_sparse_tensor_is_named(tmp_path: Path) -> None:
    model = torch.nn.Module()
    model.register_buffer("thin", torch.eye(3).to_sparse())
    with pytest.raises(NotStorable, match="thin"):
        State(model).save(tmp_path)


def test_pickle_is_used_only_where_it_is_allowed_and_warns_each_time(tmp_path: Path) -> None:
    one = with_opaque(allow_pickle=True)
    with pytest.warns(PickleUsed, match="odd"):
        one.save(tmp_path)
    with pytest.raises(NotFitting, match="pickle is not loaded"):
        with_opaque().load(tmp_path)
    for _ in range(2):
        with pytest.warns(PickleUsed, match="can run any program"):
            one.load(tmp_path)
    assert one.groups[0]["odd"] == [1, Opaque()]


@pytest.mark.parametrize("allow_pickle", [False, True])
def test_a_malicious_pickle_in_the_folder_is_never_touched(tmp_path: Path, allow_pickle: bool) -> None:
    one = state("adam", "cosine", allow_pickle=allow_pickle)
    step(one)
    one.save(tmp_path)
    plant(tmp_path, tmp_path / "mark")
    assert (tmp_path / PICKLED).exists()
    with warnings.catch_warnings():
        warnings.simplefilter("error", PickleUsed)
        one.load(tmp_path)
    assert not (tmp_path / "mark").exists()


def test_a_file_that_is_damaged_or_of_another_format_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NotFitting):
        state().load(tmp_path)
    state().save(tmp_path)
    text = (tmp_path / "state.json").read_text()
    (tmp_path / "state.json").write_text(text.replace('"format": 1', '"format": 2'))
    with pytest.raises(NotFitting, match="another format"):
        state().load(tmp_path)


# ---- hyperparameters


@pytest.mark.parametrize("scheduler", SCHEDULERS)
def test_the_base_rate_is_the_recipients_and_the_schedule_goes_on(tmp_path: Path, scheduler: str) -> None:
    """As if the recipient had been trained under its own rate from the start, as far as rates go."""
    donor, asif = state("sgd", scheduler), state("sgd", scheduler)
    recipient = state("sgd", scheduler, seed=1)
    donor.apply(lr=0.4)
    asif.apply(lr=0.05)
    for _ in range(4):
        step(donor)
        step(asif)
    donor.save(tmp_path)
    recipient.load(tmp_path)
    assert recipient.apply(lr=0.05) == {"lr": 0.05}
    for _ in range(6):
        assert [group["lr"] for group in recipient.groups] == pytest.approx(
            [group["lr"] for group in asif.groups], rel=1e-9
        )
        step(recipient)
        step(asif)
    assert recipient.in_force() == {"lr": 0.05}


def test_values_in_force_are_read_back_under_their_names() -> None:
    adam = state("adam")
    found = adam.apply({"learning_rate": 0.3, "wd": 0.01, "beta1": 0.8, "eps": 1e-7, "dropout": 0.5})
    assert found == {"learning_rate": 0.3, "wd": 0.01, "beta1": 0.8, "eps": 1e-7}
    assert adam.groups[0]["betas"] == (0.8, 0.999)
    assert adam.apply(betas=[0.7, 0.9])["betas"] == [0.7, 0.9]
    adam.groups[0]["weight_decay"] = 0.5
    assert adam.in_force()["wd"] == 0.5


def test_a_rate_in_a_tensor_is_written_in_place_and_is_float32() -> None:
    one = state("adamw, rate in a tensor")
    tensor = one.groups[0]["lr"]
    found = one.apply(lr=0.3)["lr"]
    assert tensor.item() == found == float(torch.tensor(0.3))
    assert one.groups[0]["lr"] is tensor


def test_a_list_goes_into_the_groups_in_order_and_everything_else_into_all() -> None:
    model = net()
    optimizer = torch.optim.SGD([{"params": model[0].parameters()}, {"params": model[3].parameters()}], lr=0.1)
    here = State(model, optimizer, schedulers.StepLR(optimizer, 1, 0.5))
    assert here.apply({"lr": [0.25, 0.5], "momentum": 0.75}) == {"lr": [0.25, 0.5], "momentum": 0.75}
    assert [group["lr"] for group in here.groups] == [0.25, 0.5]
    assert [group["momentum"] for group in here.groups] == [0.75, 0.75]
    optimizer.step()
    here.schedulers[0].step()
    assert [group["lr"] for group in here.groups] == [0.125, 0.25]
    assert here.in_force()["lr"] == [0.25, 0.5]
    here.groups[1]["momentum"] = 0.5
    assert here.in_force()["momentum"] == [0.75, 0.5]
    with pytest.raises(NotApplicable, match="3 values"):
        here.apply(lr=[1.0, 2.0, 3.0])


def test_two_optimizers_share_one_numbering_of_groups(tmp_path: Path) -> None:
    def made(seed: int) -> State:
        model = net(seed)
        return State(model, [torch.optim.SGD(model[0].parameters(), lr=1.0), torch.optim.Adam(model[3].parameters())])

    one, other = made(0), made(1)
    assert one.apply(lr=[0.5, 0.25]) == {"lr": [0.5, 0.25]}
    step(one)
    one.save(tmp_path)
    other.load(tmp_path)
    other.apply(lr=0.125)
    one.apply(lr=0.125)
    step(one)
    step(other)
    assert equal(weights(one), weights(other))


def test_a_name_that_nobody_has_is_an_error_where_it_was_meant_for_the_optimizer() -> None:
    with pytest.raises(NotApplicable, match=r"'lrr'"):
        state().apply(lrr=0.1)
    with pytest.raises(NotApplicable, match=re.escape("'rate'")):
        state().apply({"rate": 0.1}, mapping={"rate": "velocity"})
    assert state().apply({"rate": 0.1}, mapping={"rate": "lr"}) == {"rate": 0.1}


def test_a_scheduler_that_was_not_given_is_noticed() -> None:
    one = state()
    schedulers.StepLR(one.optimizers[0], 1)
    with pytest.raises(NotApplicable, match="scheduler that was not given"):
        one.apply(lr=0.5)


def test_a_momentum_that_a_scheduler_writes_over_is_refused() -> None:
    one = state()
    cycle = schedulers.OneCycleLR(one.optimizers[0], 0.1, 30)
    with pytest.raises(NotApplicable, match="cycle_momentum"):
        State(one.model, one.optimizers, cycle).apply(momentum=0.5)


def test_apply_works_on_a_bare_optimizer() -> None:
    optimizer = torch.optim.SGD(net().parameters(), lr=0.1)
    assert apply(optimizer, {"lr": 0.5, "other": 1}) == {"lr": 0.5}
    scheduler = schedulers.ExponentialLR(optimizer, 0.5)
    scheduler.step()
    assert apply(optimizer, {"lr": 0.25}, scheduler=scheduler) == {"lr": 0.25}
    assert optimizer.param_groups[0]["lr"] == 0.125


# ---- anew


def test_new_weights_are_those_of_the_seed() -> None:
    one, other = net(1), net(2)
    for model in (one, other):
        new_weights(model, 2**53 - 1)
    assert equal(one.state_dict(), other.state_dict())
    new_weights(other, 5)
    assert not equal(one.state_dict(), other.state_dict())

    class Odd(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.scale = torch.nn.Parameter(torch.ones(1))

    with pytest.raises(NotFitting, match="Odd"):
        new_weights(Odd(), 0)


def test_weights_only_takes_what_fits_and_no_moments(tmp_path: Path) -> None:
    donor = state("adam", "step")
    for _ in range(3):
        step(donor)
    donor.save(tmp_path)
    wide = state("adam", "step", seed=1, hidden=7)
    left = wide.load(tmp_path, weights_only=True)
    assert "0.weight" in left
    assert "3.bias" not in left
    assert torch.equal(wide.model[3].bias, donor.model[3].bias)
    assert not wide.optimizers[0].state
    assert wide.schedulers[0].last_epoch == 3
    other = state("sgd", seed=1)
    step(other)
    assert other.load(tmp_path, weights_only=True) == []
    assert equal(weights(other), weights(donor))
    assert not other.optimizers[0].state


# ---- a session

CHANGES = {"lr": {"change": "live"}, "optimizer": {"change": "rebuild"}, "hidden": {"change": "never"}}


def member(session: Any, folder: Path, met: list[Any]) -> None:
    """A script as the README has it."""
    here: State | None = None
    for segment in session:
        values = segment.hyperparameters
        if segment.fresh or segment.rebuild:
            here = state(values.optimizer, "step", segment.seed, values.hidden)
        assert here is not None
        here.restore(segment)
        met.append((segment.member, len(here.optimizers[0].state), weights(here)))
        here.apply(values)
        segment.applied(here.in_force(), optimizer=values.optimizer, hidden=values.hidden)
        for _ in segment.steps():
            step(here)
        segment.finish(score=lambda made=here: loss(made.model.eval()).item(), save=here.save)
        here.model.train()


def test_moments_come_over_only_where_every_rebuild_value_is_equal(clade: Any, tmp_path: Path) -> None:
    met: list[Any] = []
    folder = tmp_path / "saved"
    folder.mkdir()
    copy = {"origin": "copy", "folder": str(folder), "step": 2}

    def values(lr: float, optimizer: str) -> dict[str, Any]:
        return {"lr": lr, "optimizer": optimizer, "hidden": 5}

    def script(peer: fake.Peer) -> None:
        peer.receive()
        peer.send({**fake.WELCOME, "parameters": CHANGES})
        peer.ask(fake.begin(member=0, rebuild=True, hyperparameters=values(0.5, "adam")))
        peer.ask(fake.train(2))
        peer.ask(fake.save(folder))
        # a plain copy, into objects that fit; then into objects built anew for the same values
        for rebuild in (False, True):
            begun = fake.begin(member=1, changed=["lr"], rebuild=rebuild, hyperparameters=values(0.25, "adam"), **copy)
            assert peer.ask(begun)["hyperparameters"]["lr"] == 0.25
            peer.ask(fake.evaluate())
        # another optimizer than the donor's
        begun = fake.begin(member=2, changed=["optimizer"], rebuild=True, hyperparameters=values(0.5, "sgd"), **copy)
        assert peer.ask(begun)["hyperparameters"] == values(0.5, "sgd")
        peer.ask(fake.train(1, 2))
        # and again, in objects that were built for it and have moments of somebody else
        begun = fake.begin(member=3, changed=["optimizer"], rebuild=False, hyperparameters=values(0.5, "sgd"), **copy)
        peer.ask(begun)
        peer.ask(fake.evaluate())
        peer.send(fake.END)

    with clade(script), clade_pbt.session() as session:
        member(session, folder, met)
    assert [(who, moments > 0) for who, moments, _ in met] == [(0, False), (1, True), (1, True), (2, False), (3, False)]
    assert all(equal(met[1][2], each[2]) for each in met[2:])


def test_two_members_in_one_process(clade: Any, tmp_path: Path) -> None:
    population = Population(tmp_path, "lr", {"momentum": 0.5})
    with clade(population.play), clade_pbt.session() as session:
        here: State | None = None
        for segment in session:
            if segment.fresh or here is None:
                here = state("sgd", "cosine", segment.seed)
            here.restore(segment)
            here.apply(segment.hyperparameters)
            segment.applied(here.in_force())
            for _ in segment.steps():
                step(here)
            segment.finish(score=lambda made=here: loss(made.model).item(), save=here.save)
    population.check()
