"""Values of param groups, and the base rates under PyTorch's schedulers. Imports no PyTorch."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from .errors import CladeError
from .segment import Segment

Group = dict[str, Any]
NAMES: dict[str, str] = {"learning_rate": "lr", "wd": "weight_decay", "beta1": "betas.0", "beta2": "betas.1"}
"""Hyperparameters that optimizers have under another name; ``betas.0`` is an element of a tuple."""


class NotApplicable(CladeError):
    """A value cannot be put where it would act."""


class Applied:
    """Values in the param groups of optimizers, and which of them were asked for."""

    def __init__(self, optimizers: Sequence[Any], schedulers: Sequence[Any]) -> None:
        self._optimizers = optimizers
        self._schedulers = schedulers
        self._asked: dict[str, tuple[str, bool]] = {}
        for group in self._groups() if schedulers else ():
            group.setdefault("initial_lr", group.get("lr"))

    def _groups(self) -> list[Group]:
        return [group for optimizer in self._optimizers for group in optimizer.param_groups]

    def apply(
        self, hyperparameters: Mapping[str, Any], mapping: Mapping[str, str], more: Mapping[str, Any]
    ) -> dict[str, Any]:
        """Puts values in force. Names of nobody are passed over, but for those in ``mapping`` and ``more``.

        :returns: what is in force, read back
        :raises NotApplicable: if a value cannot be put where it would act
        """
        names = {**NAMES, **mapping}
        groups = self._groups()
        for name, value in {**hyperparameters, **more}.items():
            key = names.get(name, name)
            if not groups or not all(has(group, key) for group in groups):
                if name in more or name in mapping:
                    raise _no_such(name, key, groups)
                continue
            values = spread(name, value, len(groups))
            if key == "lr":
                set_base(self._optimizers, self._schedulers, values)
            else:
                refuse_scheduled(self._schedulers, name, key)
                for group, each in zip(groups, values, strict=True):
                    put(group, key, each)
            self._asked[name] = (key, isinstance(value, Sequence) and name != "betas")
        return self.in_force()

    def in_force(self) -> dict[str, Any]:
        """The values that were applied, by their names, as they are now (``lr``: the base rate)."""
        return {name: self._found(key, vector) for name, (key, vector) in self._asked.items()}

    def _found(self, key: str, vector: bool) -> Any:
        if key == "lr":
            found = base(self._optimizers, self._schedulers)
        else:
            found = [get(group, key) for group in self._groups()]
        return found if vector or any(each != found[0] for each in found) else found[0]


def built(segment: Segment) -> frozenset[str]:
    """Names of hyperparameters that only a new model can have: ``change: rebuild`` or ``never``."""
    parameters = segment._talk.channel.welcome.parameters
    return frozenset(name for name, each in parameters.items() if each.get("change", "live") != "live")


def has(group: Group, key: str) -> bool:
    name, _, index = key.partition(".")
    return name in group and name != "params" and (not index or isinstance(group[name], Sequence))


def get(group: Group, key: str) -> Any:
    """The value as plain numbers; ``betas.0`` is an element of ``betas``."""
    name, _, index = key.partition(".")
    value = group[name][int(index)] if index else group[name]
    if isinstance(value, (list, tuple)):
        return [_plain(each) for each in value]
    return _plain(value)


def put(group: Group, key: str, value: Any) -> None:
    """Replaces a value; a tensor is written in place, so that what was compiled or captured sees it."""
    name, _, index = key.partition(".")
    old = group[name]
    if index:
        group[name] = tuple(value if i == int(index) else each for i, each in enumerate(old))
    elif hasattr(old, "fill_"):
        old.fill_(value)
    elif isinstance(old, tuple):
        group[name] = tuple(value)
    else:
        group[name] = type(old)(value) if isinstance(old, bool) else value


def spread(name: str, value: Any, groups: int) -> list[Any]:
    """One value a param group: a list in their order, all else for each of them. ``betas`` is a value of its own."""
    if name == "betas" or not isinstance(value, Sequence) or isinstance(value, str):
        return [value] * groups
    if len(value) != groups:
        raise NotApplicable(
            f"'{name}' has not one value for each param group.",
            found=f"{len(value)} values.",
            expected=f"{groups}.",
            mend="set its 'size' in the experiment file, or give the optimizer a param group for each.",
        )
    return list(value)


def base(optimizers: Sequence[Any], schedulers: Sequence[Any]) -> list[Any]:
    """The base rate of each param group: what schedulers scale; without one, the rate."""
    found = []
    for optimizer in optimizers:
        mine = [each for top in schedulers for each in _all(top) if _of(each, optimizer)]
        bases = next((each.base_lrs for each in mine if hasattr(each, "base_lrs")), None)
        for i, group in enumerate(optimizer.param_groups):
            if not mine:
                found.append(get(group, "lr"))
            elif "max_lr" in group and not any(hasattr(each, "max_lrs") for each in mine):
                found.append(get(group, "max_lr"))
            else:
                found.append(_plain(bases[i]) if bases else get(group, "initial_lr"))
    return found


def set_base(optimizers: Sequence[Any], schedulers: Sequence[Any], values: Sequence[Any]) -> None:
    """Sets the base rate of each param group, and the rate to what the schedulers make of it now.

    Of ``OneCycleLR`` it is ``max_lr``. Schedules with a closed form are followed exactly; others are taken as
    proportional to the base rate, and what ``ReduceLROnPlateau`` has taken off stays off.
    """
    rest = list(values)
    for optimizer in optimizers:
        mine = [top for top in schedulers if _of(top, optimizer)]
        own, rest = rest[: len(optimizer.param_groups)], rest[len(optimizer.param_groups) :]
        if not mine and any("initial_lr" in group for group in optimizer.param_groups):
            raise NotApplicable(
                "the optimizer has a scheduler that was not given.",
                found="'initial_lr' in a param group, and no scheduler.",
                expected="the scheduler: its base rate is the hyperparameter, and it would write over any other.",
                mend="give scheduler=...",
            )
        for i, (group, value) in enumerate(zip(optimizer.param_groups, own, strict=True)):
            _set_group(group, value, i, [each for top in mine for each in _all(top)])
        for top in mine:
            _follow(top, optimizer)


def _set_group(group: Group, value: Any, i: int, schedulers: list[Any]) -> None:
    if not schedulers:
        put(group, "lr", value)
        return
    peak = "max_lr" in group and not any(hasattr(each, "max_lrs") for each in schedulers)
    old = get(group, "max_lr" if peak else "initial_lr")
    factor = value / old if old else None
    for key in ("lr", "initial_lr", "max_lr", "min_lr") if peak else ("lr", "initial_lr"):
        put(
            group,
            key,
            value if key == ("max_lr" if peak else "initial_lr") else _scaled(get(group, key), factor, value),
        )
    for each in schedulers:
        if hasattr(each, "base_lrs"):
            each.base_lrs[i] = get(group, "initial_lr")
        if hasattr(each, "max_lrs"):
            each.max_lrs[i] = _scaled(_plain(each.max_lrs[i]), factor, value)


def _scaled(rate: float, factor: float | None, otherwise: float) -> float:
    return otherwise if factor is None else rate * factor


def _follow(scheduler: Any, optimizer: Any) -> None:
    closed = getattr(scheduler, "_get_closed_form_lr", None)
    if closed is not None and getattr(scheduler, "last_epoch", -1) >= 0:
        for group, rate in zip(optimizer.param_groups, closed(), strict=True):
            put(group, "lr", _plain(rate))
    for each in _all(scheduler):
        each._last_lr = [group["lr"] for group in optimizer.param_groups]


def refuse_scheduled(schedulers: Sequence[Any], name: str, key: str) -> None:
    """:raises NotApplicable: for a momentum that a scheduler writes over"""
    for each in (each for top in schedulers for each in _all(top)):
        if getattr(each, "cycle_momentum", False) and key.split(".", maxsplit=1)[0] in ("momentum", "betas"):
            raise NotApplicable(
                f"'{name}' would not stay in force.",
                found=f"{type(each).__name__} with cycle_momentum, which sets it at every step.",
                expected="a value that only Clade sets.",
                mend="give the scheduler cycle_momentum=False, or do not tune it.",
            )


def _all(scheduler: Any) -> Iterator[Any]:
    """A scheduler and those inside it."""
    yield scheduler
    for each in getattr(scheduler, "_schedulers", ()):
        yield from _all(each)


def _of(scheduler: Any, optimizer: Any) -> bool:
    own = getattr(scheduler, "optimizer", None)
    return own is None or own is optimizer or getattr(own, "param_groups", None) is optimizer.param_groups


def _plain(value: Any) -> Any:
    return value.item() if hasattr(value, "item") else value


def _no_such(name: str, key: str, groups: list[Group]) -> NotApplicable:
    return NotApplicable(
        f"'{name}' cannot be applied.",
        found=f"no '{key}' in every param group.",
        expected=", ".join(sorted(set(groups[0]) - {"params"})) + "." if groups else "an optimizer.",
        mend="name it as the optimizer does, or give mapping={...}.",
    )
