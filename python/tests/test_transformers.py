from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from members import Population

torch = pytest.importorskip("torch")
transformers = pytest.importorskip("transformers")
pytest.importorskip("accelerate")

import clade_pbt  # noqa: E402
from clade_pbt.hosted import HostEnded, NotRebuildable  # noqa: E402
from clade_pbt.transformers import CladeCallback  # noqa: E402

X = torch.linspace(-1, 1, 24).reshape(8, 3)
Y = torch.arange(8) % 2


class Net(torch.nn.Module):
    def __init__(self) -> None:
        super().__init__()
        torch.manual_seed(5)
        self.inner = torch.nn.Sequential(torch.nn.Linear(3, 4), torch.nn.Dropout(0.25), torch.nn.Linear(4, 2))

    def forward(self, x: Any, labels: Any = None) -> dict[str, Any]:
        found = self.inner(x)
        return {"loss": torch.nn.functional.cross_entropy(found, labels), "logits": found}


def trainer(folder: Path, callback: Any, **more: Any) -> Any:
    settings = {"max_steps": 10**9, "learning_rate": 0.1, "lr_scheduler_type": "constant", **more}
    arguments = transformers.TrainingArguments(
        output_dir=str(folder / "out"),
        per_device_train_batch_size=4,
        report_to=[],
        save_strategy="no",
        logging_steps=1,
        disable_tqdm=True,
        use_cpu=True,
        **settings,
    )
    data = [{"x": x, "labels": y} for x, y in zip(X, Y, strict=True)]
    return transformers.Trainer(Net(), arguments, train_dataset=data, eval_dataset=data, callbacks=[callback])


@pytest.mark.parametrize("schedule", ["constant", "constant_with_warmup"])
@pytest.mark.parametrize("accumulated", [1, 2])
def test_members_change_inside_one_train(clade: Any, tmp_path: Path, schedule: str, accumulated: int) -> None:
    population = Population(tmp_path, "learning_rate", {"weight_decay": 0.25})
    with clade(population.play), clade_pbt.session() as session:
        callback = CladeCallback(session, score=lambda: {"loss": made.evaluate()["eval_loss"]})
        made = trainer(
            tmp_path, callback, lr_scheduler_type=schedule, warmup_steps=4, gradient_accumulation_steps=accumulated
        )
        made.train()
        # three segments of three updates, and the update that the Trainer was told to stop before: none
        assert made.state.global_step == 4 * population.steps
    population.check()
    population.check_moments()


def test_a_new_member_begins_with_the_weights_that_were_given(clade: Any, tmp_path: Path) -> None:
    population = Population(tmp_path, "learning_rate", steps=1)
    starts: list[Any] = []

    def begun(values: Any) -> dict[str, Any]:
        starts.append({name: each.clone() for name, each in made.model.state_dict().items()})
        return {}

    with clade(population.play), clade_pbt.session() as session:
        callback = CladeCallback(session, score=lambda: {"loss": made.evaluate()["eval_loss"]}, apply=begun)
        made = trainer(tmp_path, callback)
        made.train()
    given = Net().state_dict()
    assert all(torch.equal(given[name], start[name]) for start in starts[:2] for name in given)
    assert not torch.equal(given["inner.0.weight"], starts[2]["inner.0.weight"])


def test_a_value_of_the_scripts_own_is_applied_and_read_back(clade: Any, tmp_path: Path) -> None:
    population = Population(tmp_path, "learning_rate", {"dropout": 0.5})

    def apply(values: Any) -> dict[str, Any]:
        made.model.inner[1].p = values["dropout"]
        return {"dropout": made.model.inner[1].p}

    with clade(population.play), clade_pbt.session() as session:
        callback = CladeCallback(session, score=lambda: {"loss": made.evaluate()["eval_loss"]}, apply=apply)
        made = trainer(tmp_path, callback)
        made.train()
    population.check()
    assert made.model.inner[1].p == 0.5


def test_a_value_that_nobody_applies_is_missing_in_the_receipt(clade: Any, tmp_path: Path) -> None:
    population = Population(tmp_path, "learning_rate", {"dropout": 0.5})
    with (
        pytest.raises(AssertionError, match="dropout"),
        clade(population.play),
        pytest.raises(clade_pbt.ReceiptMissing, match="dropout"),
        clade_pbt.session() as session,
    ):
        trainer(tmp_path, CladeCallback(session, score=0.0)).train()


def test_a_trainer_that_ends_before_clade_is_refused(clade: Any, tmp_path: Path) -> None:
    population = Population(tmp_path, "learning_rate")
    with (
        pytest.raises(AssertionError, match="HostEnded"),
        clade(population.play),
        pytest.raises(HostEnded),
        clade_pbt.session() as session,
    ):
        trainer(tmp_path, CladeCallback(session, score=0.0), max_steps=2).train()


def test_a_value_that_needs_a_new_model_is_refused(clade: Any, tmp_path: Path) -> None:
    population = Population(tmp_path, "learning_rate", {"hidden": 3})
    population.parameters["hidden"] = {"change": "rebuild"}
    with (
        pytest.raises(AssertionError, match="NotRebuildable"),
        clade(population.play),
        pytest.raises(NotRebuildable, match="hidden"),
        clade_pbt.session() as session,
    ):
        trainer(tmp_path, CladeCallback(session, score=0.0)).train()


def test_alone_it_trains_as_long_as_the_trainer_says(tmp_path: Path, capsys: Any) -> None:
    with clade_pbt.session(defaults={"learning_rate": 0.25}) as session:
        callback = CladeCallback(session, score=lambda: {"loss": made.evaluate()["eval_loss"]})
        made = trainer(tmp_path, callback, max_steps=5)
        made.train()
    assert made.state.global_step == 5
    assert made.optimizer.param_groups[0]["lr"] == 0.25
    assert '"loss"' in capsys.readouterr().out
