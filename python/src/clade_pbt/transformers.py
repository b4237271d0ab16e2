"""Hugging Face Trainer: members change inside one ``train()``.

::

    with clade.session(defaults={"learning_rate": 5e-5}) as session:
        callback = CladeCallback(session, score=lambda: trainer.evaluate()["eval_accuracy"])
        trainer = Trainer(model, TrainingArguments(..., max_steps=10**9, lr_scheduler_type="constant"),
                          callbacks=[callback], ...)
        trainer.train()

One step of Clade is one update of the optimizer (``global_step``). Needs ``transformers`` and ``clade-pbt[torch]``.
"""

from __future__ import annotations

from typing import Any

from transformers import TrainerCallback

from .hosted import Apply, Hosted
from .segment import Score, Segment
from .session import Session
from .torch import State, Weights, fresh, measured, seed


class CladeCallback(TrainerCallback):  # type: ignore[misc]
    """Ends each segment at its step, and begins the next one in place; stops the Trainer when Clade has no more.

    The Trainer's own end (``max_steps``) must lie beyond all that Clade trains in this process, and a schedule needs a
    length of its own: give it by ``Trainer(optimizers=(optimizer, scheduler))``. The data order goes on from member to
    member; dropout follows the segment's seed. Not for DeepSpeed and FSDP, which own the weights.

    :param score: as of ``segment.finish``
    :param apply: puts hyperparameters in force that are not the optimizer's, and returns them read back
    :param weights: what new members begin with: those that the model was ``given`` with, by default (fine-tuning)
    """

    def __init__(
        self,
        session: Session[Segment],
        score: Score,
        apply: Apply = lambda values: {},
        weights: Weights = "given",
        mapping: dict[str, str] | None = None,
    ) -> None:
        self._session = session
        self._score = score
        self._apply = apply
        self._weights = weights
        self._mapping = mapping
        self._hosted: Hosted | None = None

    def on_train_begin(self, args: Any, state: Any, control: Any, **kept: Any) -> None:
        """Begins the first segment."""
        model, optimizer, scheduler = kept["model"], kept["optimizer"], kept["lr_scheduler"]
        here = State(model, getattr(optimizer, "optimizer", optimizer), getattr(scheduler, "scheduler", scheduler))

        def apply(values: Any) -> dict[str, Any]:
            return {**here.apply(values, self._mapping), **self._apply(values)}

        self._hosted = Hosted(
            self._session,
            fresh=fresh(here, self._weights),
            load=here.load,
            apply=apply,
            score=measured(model, self._score),
            save=here.save,
            began=seed,
        )
        self._boundary(control)

    def on_step_end(self, args: Any, state: Any, control: Any, **kept: Any) -> None:
        """Stands before the next update."""
        self._boundary(control)

    def _boundary(self, control: Any) -> None:
        assert self._hosted is not None
        if not self._hosted.boundary():
            control.should_training_stop = True

    def on_log(self, args: Any, state: Any, control: Any, logs: Any = None, **kept: Any) -> None:
        """Reports what the Trainer logs."""
        if self._hosted is not None:
            self._hosted.report(logs or {})

    def on_train_end(self, args: Any, state: Any, control: Any, **kept: Any) -> None:
        """Ends the segment of a script that runs alone."""
        if self._hosted is not None:
            self._hosted.close()
