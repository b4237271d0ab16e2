"""Lightning: members change inside one ``fit``.

::

    with clade.session(defaults={"lr": 1e-3}) as session:
        callback = CladeCallback(session, score=lambda: accuracy(module))
        Trainer(max_steps=-1, max_epochs=-1, callbacks=[callback]).fit(module, loader)

One step of Clade is one update of the optimizer. Needs ``lightning`` and ``clade-pbt[torch]``.
"""

from __future__ import annotations

from typing import Any

from lightning.pytorch import Callback, LightningModule, Trainer

from .hosted import Apply, Hosted
from .segment import Score, Segment
from .session import Session
from .torch import State, Weights, fresh, measured, seed


class CladeCallback(Callback):  # type: ignore[misc]
    """Ends each segment at its step, and begins the next one in place; stops the trainer when Clade has no more.

    The trainer is to have no end of its own (``max_epochs=-1``). Schedulers go by step (``interval: step``): an epoch
    is the process's, not the member's. The data order goes on from member to member. Not for strategies that own the
    weights (FSDP, DeepSpeed).

    :param score: as of ``segment.finish``
    :param apply: puts hyperparameters in force that are not the optimizer's, and returns them read back
    :param weights: what new members begin with: weights ``drawn`` from the seed, by default
    """

    def __init__(
        self,
        session: Session[Segment],
        score: Score,
        apply: Apply = lambda values: {},
        weights: Weights = "drawn",
        mapping: dict[str, str] | None = None,
    ) -> None:
        self._session = session
        self._score = score
        self._apply = apply
        self._weights = weights
        self._mapping = mapping
        self._hosted: Hosted | None = None
        self._updates = 0

    def on_train_start(self, trainer: Trainer, pl_module: LightningModule) -> None:
        """Begins the first segment."""
        schedulers = [each.scheduler for each in trainer.lr_scheduler_configs]
        scaler = getattr(trainer.precision_plugin, "scaler", None)
        here = State(pl_module, list(trainer.optimizers), schedulers, scaler)

        def apply(values: Any) -> dict[str, Any]:
            return {**here.apply(values, self._mapping), **self._apply(values)}

        self._hosted = Hosted(
            self._session,
            fresh=fresh(here, self._weights),
            load=here.load,
            apply=apply,
            score=measured(pl_module, self._score),
            save=here.save,
            began=seed,
        )
        self._updates = trainer.global_step
        self._boundary(trainer)

    def on_train_batch_end(self, trainer: Trainer, *_: Any) -> None:
        """Stands before the next update, if this batch was one (gradients may be accumulated)."""
        if trainer.global_step != self._updates:
            self._updates = trainer.global_step
            self._report(trainer)
            self._boundary(trainer)

    def _report(self, trainer: Trainer) -> None:
        if self._hosted is not None and trainer.global_step % trainer.log_every_n_steps == 0:
            self._hosted.report(trainer.callback_metrics)

    def _boundary(self, trainer: Trainer) -> None:
        assert self._hosted is not None
        if not self._hosted.boundary():
            trainer.should_stop = True

    def on_train_end(self, trainer: Trainer, pl_module: LightningModule) -> None:
        """Ends the segment of a script that runs alone."""
        if self._hosted is not None:
            self._hosted.close()
