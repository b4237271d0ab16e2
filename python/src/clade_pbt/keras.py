"""Keras 3: members change inside one ``fit``.

::

    with clade.session(defaults={"learning_rate": 1e-3}) as session:
        callback = CladeCallback(session, score=lambda: model.evaluate(x, y, verbose=0, return_dict=True)["accuracy"])
        model.fit(x, y, epochs=10**9, verbose=0, callbacks=[callback])

One step of Clade is one batch. Needs ``keras`` and ``numpy``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Literal

import keras
import numpy as np

from . import npz
from .calls import call
from .hosted import Apply, Hosted
from .rates import NotApplicable
from .segment import Score, Segment
from .session import Session
from .stored import NotFitting
from .values import same

NAMES: dict[str, str] = {"lr": "learning_rate", "beta1": "beta_1", "beta2": "beta_2", "wd": "weight_decay"}
"""Hyperparameters that Keras has under another name."""


class State:
    """A compiled model and its optimizer: weights, moments, step counts; saved as arrays, without pickle."""

    def __init__(self, model: Any) -> None:
        self.model = model
        self.optimizer = model.optimizer
        if not self.optimizer.built:
            self.optimizer.build(model.trainable_variables)
        self._new = [_array(each) for each in self.optimizer.variables]
        self._asked: dict[str, str] = {}

    def _parts(self) -> dict[str, Any]:
        # names of layers are numbered within a process, and those of moments have them inside
        model = {f"model.{i}.{each.name}": each for i, each in enumerate(self.model.weights)}
        return model | {f"optimizer.{i}": each for i, each in enumerate(self.optimizer.variables)}

    def save(self, folder: Path | str) -> None:
        """Writes ``arrays.npz``."""
        self._sync()
        npz.write(folder, {name: _array(each) for name, each in self._parts().items()})

    def load(self, folder: Path | str) -> None:
        """Brings a folder back, in place. Apply hyperparameters *afterwards*: it holds those it was saved under.

        :raises NotFitting: if it is of another model or optimizer
        """
        self._sync()
        found = npz.read(folder)
        for name, each in self._parts().items():
            if name not in found or found[name].shape != tuple(each.shape):
                raise NotFitting(
                    f"the checkpoint does not fit at '{name}'.",
                    found="nothing." if name not in found else f"{list(found[name].shape)}.",
                    expected=f"{list(each.shape)}.",
                    mend="load it into the model that saved it.",
                )
            each.assign(found[name])

    def renew(self) -> None:
        """Lets the optimizer begin anew: no moments, no steps."""
        self._sync()
        for each, new in zip(self.optimizer.variables, self._new, strict=True):
            each.assign(new)

    def apply(self, hyperparameters: Mapping[str, Any]) -> dict[str, Any]:
        """Puts values into the optimizer; names that it does not have are passed over.

        All but the learning rate are constants of the compiled training step, which is compiled anew where they change.

        :returns: what is in force, read back
        :raises NotApplicable: for a learning rate that a schedule writes over
        """
        self._sync()
        compiled = True
        for name, value in hyperparameters.items():
            key = NAMES.get(name, name)
            if key == "learning_rate":
                self._rate(value)
            elif isinstance(getattr(self.optimizer, key, None), (int, float)):
                compiled &= same(value, getattr(self.optimizer, key))
                setattr(self.optimizer, key, value)
            else:
                continue
            self._asked[name] = key
        if not compiled:
            self.model.make_train_function(force=True)
        return self.in_force()

    def _rate(self, value: Any) -> None:
        try:
            self.optimizer.learning_rate = value
        except TypeError as e:
            raise NotApplicable(
                "'learning_rate' would not stay in force.",
                found="a LearningRateSchedule in the optimizer, compiled into the training step.",
                expected="a number there.",
                mend="give the optimizer a number; a schedule of its own is what Clade finds.",
            ) from e

    def in_force(self) -> dict[str, Any]:
        """The values that were applied, read back."""
        return {name: _array(getattr(self.optimizer, key)) for name, key in self._asked.items()}

    def _sync(self) -> None:
        """On JAX, variables are away while ``fit`` runs; this brings them back, and lets ``fit`` take them again."""
        if hasattr(self.model, "jax_state_sync"):
            self.model.jax_state_sync()


def reseed(model: Any, seed: int) -> None:
    """Lets all that is drawn from here on come from a seed: Python's, NumPy's, the backend's, and each layer's own."""
    keras.utils.set_random_seed(seed % 2**32)
    states = [each for each in model.variables if each.name == "seed_generator_state"]
    for i, each in enumerate(states):
        drawn = np.random.SeedSequence([seed, i]).generate_state(2) & 0x7FFFFFFF
        each.assign(drawn.astype("int64"))


Weights = Literal["drawn", "given"] | Callable[[int], Any]
"""What a new member begins with: weights ``drawn`` from the seed by the model's initializers, those that it was
``given`` with (fine-tuning), or those of a model that a function makes from the seed."""


class CladeCallback(keras.callbacks.Callback):  # type: ignore[misc]
    """Ends each segment at its step, and begins the next one in place; stops ``fit`` when Clade has no more.

    ``fit`` is to have no end of its own (``epochs`` very large). The data order goes on from member to member.

    :param score: as of ``segment.finish``
    :param apply: puts hyperparameters in force that are not the optimizer's, and returns them read back
    """

    def __init__(
        self,
        session: Session[Segment],
        score: Score,
        apply: Apply = lambda values: {},
        weights: Weights = "drawn",
    ) -> None:
        super().__init__()
        self._session = session
        self._score = score
        self._apply = apply
        self._weights = weights
        self._hosted: Hosted | None = None

    def on_train_begin(self, logs: Any = None) -> None:
        """Begins the first segment."""
        if self.model.steps_per_execution != 1:
            raise NotApplicable(
                "Keras runs several steps at once, and a segment may end between them.",
                found=f"steps_per_execution={self.model.steps_per_execution}.",
                expected="1.",
                mend="compile the model with steps_per_execution=1.",
            )
        here = State(self.model)
        given = self.model.get_weights() if self._weights == "given" else None

        def fresh(seed: int) -> None:
            here.renew()
            keras.utils.set_random_seed(seed % 2**32)
            if given is not None:
                self.model.set_weights(given)
            else:
                make = self._weights if callable(self._weights) else lambda _: keras.models.clone_model(self.model)
                self.model.set_weights(make(seed).get_weights())

        self._hosted = Hosted(
            self._session,
            fresh=fresh,
            load=here.load,
            apply=lambda values: {**here.apply(values), **self._apply(values)},
            score=_synced(self.model, self._score),
            save=here.save,
            began=lambda segment: reseed(self.model, segment.seed),
        )
        self._boundary()

    def on_train_batch_end(self, batch: int, logs: Any = None) -> None:
        """Stands before the next batch."""
        self._boundary()

    def on_epoch_end(self, epoch: int, logs: Any = None) -> None:
        """Reports what ``fit`` logs."""
        if self._hosted is not None:
            self._hosted.report(logs or {})

    def _boundary(self) -> None:
        assert self._hosted is not None
        if not self._hosted.boundary():
            self.model.stop_training = True

    def on_train_end(self, logs: Any = None) -> None:
        """Ends the segment of a script that runs alone."""
        if self._hosted is not None:
            self._hosted.close()


def _array(value: Any) -> Any:
    return np.array(keras.ops.convert_to_numpy(value))


def _synced(model: Any, score: Score) -> Score:
    """A score that sees the variables as they are now, and leaves the model in training."""
    if not callable(score):
        return score

    def measure(seed: int, purpose: str) -> Any:
        if hasattr(model, "jax_state_sync"):
            model.jax_state_sync()
        try:
            return call(score, seed, purpose)
        finally:
            if keras.backend.backend() == "torch":
                model.train()

    return measure
