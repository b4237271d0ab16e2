from __future__ import annotations

import warnings
from pathlib import Path
from typing import Any

import pytest
from members import Population

torch = pytest.importorskip("torch")
lightning = pytest.importorskip("lightning.pytorch")

import clade_pbt  # noqa: E402
from clade_pbt.hosted import HostEnded  # noqa: E402
from clade_pbt.lightning import CladeCallback  # noqa: E402

X = torch.linspace(-1, 1, 24).reshape(8, 3)
Y = torch.arange(8) % 2


class Module(lightning.LightningModule):  # type: ignore[misc]
    def __init__(self, scheduled: bool = False) -> None:
        super().__init__()
        self.inner = torch.nn.Sequential(torch.nn.Linear(3, 4), torch.nn.Dropout(0.25), torch.nn.Linear(4, 2))
        self.scheduled = scheduled

    def training_step(self, batch: Any, _: int) -> Any:
        assert self.inner.training, "a score has left the model in evaluation"
        found = torch.nn.functional.cross_entropy(self.inner(batch[0]), batch[1])
        self.log("train_loss", found)
        return found

    def score(self) -> float:
        self.eval()
        with torch.no_grad():
            return float(torch.nn.functional.cross_entropy(self.inner(X), Y))

    def configure_optimizers(self) -> Any:
        optimizer = torch.optim.Adam(self.parameters(), lr=0.1)
        if not self.scheduled:
            return optimizer
        scheduler = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, 50)
        return {"optimizer": optimizer, "lr_scheduler": {"scheduler": scheduler, "interval": "step"}}


def fit(folder: Path, module: Any, callback: Any, **more: Any) -> Any:
    trainer = lightning.Trainer(
        **{"max_epochs": -1, **more},
        callbacks=[callback],
        accelerator="cpu",
        logger=False,
        enable_checkpointing=False,
        enable_progress_bar=False,
        enable_model_summary=False,
        log_every_n_steps=1,
        default_root_dir=folder,
    )
    data = torch.utils.data.DataLoader(torch.utils.data.TensorDataset(X, Y), batch_size=2)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        trainer.fit(module, data)
    return trainer


@pytest.mark.parametrize("scheduled", [False, True])
@pytest.mark.parametrize("accumulated", [1, 2])
def test_members_change_inside_one_fit(clade: Any, tmp_path: Path, scheduled: bool, accumulated: int) -> None:
    population = Population(tmp_path, "lr", {"weight_decay": 0.25})
    module = Module(scheduled)
    with clade(population.play), clade_pbt.session() as session:
        callback = CladeCallback(session, score=module.score)
        trainer = fit(tmp_path, module, callback, accumulate_grad_batches=accumulated)
    assert trainer.global_step == 4 * population.steps
    population.check()
    population.check_moments()


def test_new_members_have_weights_of_their_own_seeds(clade: Any, tmp_path: Path) -> None:
    scores = []
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        population = Population(tmp_path / folder, "lr", steps=1)
        module = Module()
        with clade(population.play), clade_pbt.session() as session:
            fit(tmp_path, module, CladeCallback(session, score=module.score))
        scores.append([population.score_of(name) for name in ("donor", "fresh")])
    assert scores[0] == scores[1]
    assert scores[0][0] != scores[0][1]


def test_a_trainer_that_ends_before_clade_is_refused(clade: Any, tmp_path: Path) -> None:
    population = Population(tmp_path, "lr")
    module = Module()
    with (
        pytest.raises(AssertionError, match="HostEnded"),
        clade(population.play),
        pytest.raises(HostEnded),
        clade_pbt.session() as session,
    ):
        fit(tmp_path, module, CladeCallback(session, score=module.score), max_steps=2)


def test_alone_it_trains_as_long_as_the_trainer_says(tmp_path: Path, capsys: Any) -> None:
    module = Module()
    with clade_pbt.session(defaults={"lr": 0.25}) as session:
        trainer = fit(tmp_path, module, CladeCallback(session, score=module.score), max_steps=5)
    assert trainer.global_step == 5
    assert trainer.optimizers[0].param_groups[0]["lr"] == 0.25
    assert '"score"' in capsys.readouterr().out
