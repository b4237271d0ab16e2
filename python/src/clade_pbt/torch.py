"""PyTorch: all that a member's training has, saved without pickle; hyperparameters that act after a load.

::

    state = State(model, optimizer, scheduler)
    for segment in session:
        state.restore(segment)
        state.apply(segment.hyperparameters)
        segment.applied(state.in_force())
        ...
        segment.finish(score=..., save=state.save)

A model that is built anew gets a new ``State``. Needs ``torch`` and ``safetensors`` (``pip install clade-pbt[torch]``).
"""

from __future__ import annotations

import copy
import functools
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, Literal, TypeAlias

import torch
from safetensors.torch import load_file, save_file

from . import rates
from .segment import Segment
from .stored import NotFitting, NotStorable, Reading, Writing, read

WEIGHTS = "model.safetensors"
"""The model, under its own names: anything that reads safetensors can use it."""
MOMENTS = "training.safetensors"
REST = "state.json"
_STORABLE = frozenset(
    getattr(torch, name)
    for name in [
        "float64",
        "float32",
        "float16",
        "bfloat16",
        "int64",
        "int32",
        "int16",
        "int8",
        "uint8",
        "uint16",
        "uint32",
        "uint64",
        "bool",
        "complex64",
        "float8_e4m3fn",
        "float8_e5m2",
    ]
    if hasattr(torch, name)
)


class State:
    """A model and what trains it.

    :param optimizer: one, or a list of them; their param groups count through
    :param scheduler: one, or a list. The hyperparameter ``lr`` is then the base rate that it scales
    :param scaler: a ``GradScaler``
    :param ema: averaged weights: a module, or anything with ``state_dict``
    :param loader: a loader with ``state_dict``; its position is saved by ``save(folder, position=True)`` only, since
        a segment begins with a data order of its own
    :param allow_pickle: whether what tensors and JSON cannot hold is pickled, with a warning each time
    """

    def __init__(
        self,
        model: torch.nn.Module,
        optimizer: Any = None,
        scheduler: Any = None,
        scaler: Any = None,
        ema: Any = None,
        loader: Any = None,
        *,
        allow_pickle: bool = False,
    ) -> None:
        self.model = model
        self.optimizers = _many(optimizer)
        self.schedulers = _many(scheduler)
        self.scaler = scaler
        self.ema = ema
        self.loader = loader
        self._allow_pickle = allow_pickle
        self._applied = rates.Applied(self.optimizers, self.schedulers)
        self._new = {name: copy.deepcopy(_without_moments(part.state_dict())) for name, part in self._trainers()}

    @property
    def groups(self) -> list[dict[str, Any]]:
        """The param groups of all optimizers, in order."""
        return [group for optimizer in self.optimizers for group in optimizer.param_groups]

    def _trainers(self) -> Iterable[tuple[str, Any]]:
        yield from ((f"optimizer.{i}", each) for i, each in enumerate(self.optimizers))
        yield from ((f"scheduler.{i}", each) for i, each in enumerate(self.schedulers))
        if self.scaler is not None:
            yield "scaler", self.scaler

    # ---- save and load

    def save(self, folder: Path | str, *, position: bool = False) -> None:
        """Writes ``model.safetensors``, ``training.safetensors`` and ``state.json`` into a folder.

        :raises NotStorable: naming what neither can hold
        """
        folder = Path(folder)
        model = Writing(torch.is_tensor, self._allow_pickle)
        other = Writing(torch.is_tensor, self._allow_pickle)
        other.pickled = model.pickled
        parts = {"model": {name: model.tree(each, name) for name, each in self.model.state_dict().items()}}
        if self.ema is not None:
            parts["ema"] = other.tree(self.ema.state_dict(), "ema")
        for name, part in self._trainers():
            parts[name] = {"of": _kind(part), "state": other.tree(part.state_dict(), name)}
        if position and self.loader is not None:
            parts["loader"] = other.tree(self.loader.state_dict(), "loader")
        aliases = {
            "model": write_tensors(folder / WEIGHTS, model.tensors),
            "other": write_tensors(folder / MOMENTS, other.tensors),
        }
        other.write(folder, REST, {"aliases": aliases, "parts": parts})

    def load(self, folder: Path | str, *, weights_only: bool = False) -> list[str]:
        """Brings a checkpoint back, in place. Apply hyperparameters *afterwards*: it holds those it was saved under.

        :param weights_only: for a model that was built under other values: takes the weights whose shapes fit,
            and lets optimizer and scaler begin anew; schedulers of the same kind go on
        :returns: names of weights that did not fit, or that the checkpoint does not have; none but for ``weights_only``
        :raises NotFitting: if the checkpoint is of another model or other optimizers
        """
        folder = Path(folder)
        stored = read(folder, REST)
        parts = stored["parts"]
        model = Reading(folder, read_tensors(folder / WEIGHTS, stored["aliases"]["model"]), self._allow_pickle)
        other = Reading(folder, read_tensors(folder / MOMENTS, stored["aliases"]["other"]), self._allow_pickle)
        left = self._load_weights(self.model, model.tree(parts["model"]), folder, weights_only)
        if self.ema is not None and "ema" in parts:
            self._load_weights(self.ema, other.tree(parts["ema"]), folder, weights_only)
        if weights_only:
            self.renew_training()
        for name, part in self._trainers():
            same = name in parts and parts[name]["of"] == _kind(part)
            if weights_only and not (same and name.startswith("scheduler")):
                continue
            if not same:
                raise _unlike(folder, name, _kind(part), parts.get(name, {}).get("of"))
            try:
                part.load_state_dict(other.tree(parts[name]["state"]))
            except (ValueError, KeyError, RuntimeError) as e:
                raise _unlike(folder, name, _kind(part), e) from e
        if self.loader is not None and "loader" in parts:
            self.loader.load_state_dict(other.tree(parts["loader"]))
        return left

    @staticmethod
    def _load_weights(part: Any, found: dict[str, Any], folder: Path, fitting: bool) -> list[str]:
        if not fitting:
            try:
                part.load_state_dict(found)
            except RuntimeError as e:
                raise _unlike(folder, "model", _kind(part), e) from e
            return []
        own = part.state_dict()
        fits = {
            name: each
            for name, each in found.items()
            if name in own and getattr(own[name], "shape", None) == getattr(each, "shape", None)
        }
        part.load_state_dict({**own, **fits})
        return [name for name in own if name not in fits]

    def renew_training(self) -> None:
        """Lets optimizers, schedulers and scaler begin anew: no moments, no steps."""
        for name, part in self._trainers():
            part.load_state_dict(copy.deepcopy(self._new[name]))

    def restore(self, segment: Segment) -> list[str]:
        """Loads what a segment goes on from, if anything: :meth:`load` for ``segment.restore_from``.

        Moments come over only if every value that is declared ``rebuild`` or ``never`` is that of the checkpoint.
        New objects where ``segment.fresh or segment.rebuild`` are the script's to make, and a new ``State`` of them.

        :returns: names of weights that were not loaded
        """
        folder = segment.restore_from
        return [] if folder is None else self.load(folder, weights_only=bool(segment.changed & rates.built(segment)))

    # ---- hyperparameters

    def apply(
        self,
        hyperparameters: Mapping[str, Any] | None = None,
        mapping: Mapping[str, str] | None = None,
        **more: Any,
    ) -> dict[str, Any]:
        """Puts values into all param groups, a list element by element into the groups in order.

        Names that no param group has are passed over in ``hyperparameters`` (they are somebody else's), and are
        errors among ``more``.

        :param mapping: names of hyperparameters to names in param groups, beside :data:`rates.NAMES`
        :returns: what is in force, read back
        """
        return self._applied.apply(hyperparameters or {}, mapping or {}, more)

    def in_force(self) -> dict[str, Any]:
        """The values that were applied, by their names, read back from the param groups (``lr``: the base rate)."""
        return self._applied.in_force()


def apply(
    optimizer: Any,
    hyperparameters: Mapping[str, Any],
    mapping: Mapping[str, str] | None = None,
    scheduler: Any = None,
) -> dict[str, Any]:
    """:meth:`State.apply` for an optimizer that somebody else loads and saves.

    :returns: what is in force, read back: for ``segment.applied``
    """
    return rates.Applied(_many(optimizer), _many(scheduler)).apply(hyperparameters, mapping or {}, {})


def new_weights(model: torch.nn.Module, seed: int) -> None:
    """Draws all weights anew, in place, by the ``reset_parameters`` of each module.

    :raises NotFitting: for a module with weights of its own that has none
    """
    torch.manual_seed(seed)
    for name, module in model.named_modules():
        reset = getattr(module, "reset_parameters", None)
        if callable(reset):
            reset()
        elif next(module.parameters(recurse=False), None) is not None:
            raise NotFitting(
                f"the weights of '{name or type(model).__name__}' cannot be drawn anew.",
                found=f"{_kind(module)} without reset_parameters().",
                expected="one, or a function that makes new weights.",
                mend="give weights=lambda seed: a new model, or weights='given' to begin with those that it has.",
            )


Weights: TypeAlias = Literal["drawn", "given"] | Callable[[int], torch.nn.Module]
"""What a new member begins with: weights ``drawn`` from the seed, those that the model was ``given`` with
(fine-tuning), or those of a model that a function makes from the seed."""


def fresh(state: State, weights: Weights) -> Callable[[int], None]:
    """A function that lets a state begin anew, in place."""
    given = copy.deepcopy(state.model.state_dict()) if weights == "given" else None

    def begin(from_seed: int) -> None:
        if given is not None:
            state.model.load_state_dict(given)
        elif callable(weights):
            torch.manual_seed(from_seed)
            state.model.load_state_dict(weights(from_seed).state_dict())
        else:
            new_weights(state.model, from_seed)
        state.renew_training()

    return begin


def seed(segment: Segment) -> None:
    """Lets all that PyTorch draws from here on come from the segment's seed."""
    torch.manual_seed(segment.seed)


def measured(model: torch.nn.Module, score: Any) -> Any:
    """A score that leaves each module in the mode (training or not) that it had."""
    if not callable(score):
        return score

    @functools.wraps(score)
    def measure(*given: Any, **named: Any) -> Any:
        training = {module: module.training for module in model.modules()}
        try:
            return score(*given, **named)
        finally:
            for module, mode in training.items():
                module.training = mode

    return measure


def _many(found: Any) -> list[Any]:
    if found is None:
        return []
    return list(found) if isinstance(found, (list, tuple)) else [found]


def _without_moments(state: dict[str, Any]) -> dict[str, Any]:
    return {**state, "state": {}} if "param_groups" in state else state


def _kind(part: object) -> str:
    return type(part).__qualname__


def write_tensors(path: Path, tensors: Mapping[str, torch.Tensor]) -> dict[str, str]:
    """Writes tensors; those that are one and the same (tied weights) once. Returns the names of the others."""
    first: dict[Any, str] = {}
    aliases: dict[str, str] = {}
    kept: dict[str, torch.Tensor] = {}
    for name, tensor in tensors.items():
        if tensor.layout != torch.strided or tensor.is_quantized or tensor.dtype not in _STORABLE:
            raise NotStorable(
                f"the tensor '{name}' cannot be stored.",
                found=f"{tensor.dtype}, {tensor.layout}.",
                expected="a dense tensor of a type that safetensors has.",
                mend="convert it before it is saved, say by to_dense() or to(torch.float32).",
            )
        found = tensor.detach()
        place = (found.device, found.data_ptr(), found.dtype, found.shape, found.stride()) if found.numel() else name
        if place in first:
            aliases[name] = first[place]
            continue
        first[place] = name
        kept[name] = found.cpu().clone(memory_format=torch.contiguous_format)
    save_file(kept, path)
    return aliases


def read_tensors(path: Path, aliases: Mapping[str, str]) -> dict[str, torch.Tensor]:
    found: dict[str, torch.Tensor] = load_file(path)
    return {**found, **{name: found[first] for name, first in aliases.items()}}


def _unlike(folder: Path, name: str, own: str, found: object) -> NotFitting:
    return NotFitting(
        f"the checkpoint does not fit '{name}'.",
        found=f"{found} in {folder}.",
        expected=own + ".",
        mend="declare what shapes it as 'change: rebuild' in the experiment file; then weights that fit are taken.",
    )
