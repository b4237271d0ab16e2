"""The hyperparameters of a segment, and the receipt for them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from .errors import ReceiptMissing
from .values import Plain, like, plain


class Hyperparameters(Mapping[str, Any]):
    """Values by name: ``h["lr"]``, ``h.lr``, ``**h``. A vector is a list.

    What the experiment does not tune has the script's default. What it tunes and is not active now (a conditional
    parameter) is not there.
    """

    __slots__ = ("_values",)

    def __init__(self, tuned: Mapping[str, Any], others: Mapping[str, Any] | None = None) -> None:
        self._values = {**(others or {}), **tuned}

    def __getitem__(self, name: str) -> Any:
        try:
            return self._values[name]
        except KeyError:
            raise KeyError(f"{name!r} is no hyperparameter of this segment: it has {self._names()}") from None

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        try:
            return self._values[name]
        except KeyError:
            raise AttributeError(f"{name!r} is no hyperparameter of this segment: it has {self._names()}") from None

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def __repr__(self) -> str:
        return f"Hyperparameters({self._values!r})"

    def _names(self) -> str:
        return ", ".join(self._values) or "none"


def receipt(
    asked: Mapping[str, Any], given: Mapping[str, object], known: Mapping[str, Any], optional: bool
) -> dict[str, Plain]:
    """What the script says is in force, as plain numbers, for the names that were asked for.

    :param known: all names that the script may know; the others are misspelt
    :param optional: whether names may be missing
    :raises ReceiptMissing: if one is missing, misspelt or no number
    """
    missing = [name for name in asked if name not in given]
    strange = [name for name in given if name not in known]
    if (missing and not optional) or strange:
        raise ReceiptMissing(
            "applied() does not name the hyperparameters of this segment.",
            found=", ".join(given) or "none",
            expected=", ".join(asked),
            mend="read each back from where it acts, and give it: "
            + f"segment.applied({', '.join(f'{name}=...' for name in missing or asked)}).",
        )
    said: dict[str, Plain] = {}
    for name in asked:
        if name in given:
            try:
                said[name] = like(asked[name], plain(given[name]))
            except TypeError as e:
                raise ReceiptMissing(
                    f"what applied() says of '{name}' is no value.",
                    found=repr(given[name]),
                    expected=f"something like {asked[name]!r}.",
                    mend="give the value itself, as the optimizer or the model has it.",
                ) from e
    return said
