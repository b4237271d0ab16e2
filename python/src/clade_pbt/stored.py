"""States of frameworks as JSON and named tensors, and back. Pickle is never read, and written only on request.

A state is a nest of mappings, lists, tuples, numbers, words and tensors, as ``state_dict()`` gives it. JSON has neither
tuples nor keys that are numbers, so these are written as objects with one key that begins with ``~``.
"""

from __future__ import annotations

import json
import math
import pickle
import warnings
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from .errors import CladeError

FORMAT = 1
PICKLED = "state.pickle"
"""What was pickled on request. Never opened without it."""


class NotStorable(CladeError):
    """A state has something that neither JSON nor a tensor file can hold."""


class NotFitting(CladeError):
    """A checkpoint is not one of this model, or not one that this version can read."""


class PickleUsed(UserWarning):
    """A checkpoint uses pickle. Whoever writes such a file can run any program where it is loaded."""


class Writing:
    """Takes states apart: what ``tree`` returns goes into JSON, ``tensors`` into a tensor file.

    :param is_tensor: what is written as a tensor
    :param allow_pickle: whether what nothing else can hold is pickled, with a warning
    """

    def __init__(self, is_tensor: Callable[[object], bool], allow_pickle: bool = False) -> None:
        self._is_tensor = is_tensor
        self._allow_pickle = allow_pickle
        self.tensors: dict[str, Any] = {}
        self.pickled: list[object] = []

    def tree(self, value: object, place: str) -> Any:
        """:raises NotStorable: naming the place of what cannot be stored"""
        if self._is_tensor(value):
            self.tensors[place] = value
            return {"~tensor": place}
        if value is None or isinstance(value, (bool, str)):
            return value
        if type(value) is int:
            return value
        if type(value) is float:
            return value if math.isfinite(value) else {"~float": repr(value)}
        if isinstance(value, Mapping):
            return self._mapping(value, place)
        if isinstance(value, (list, tuple, set)) and type(value) in (list, tuple, set):
            items = [self.tree(each, f"{place}.{i}") for i, each in enumerate(value)]
            return items if type(value) is list else {f"~{type(value).__name__}": items}
        return self._other(value, place)

    def _mapping(self, value: Mapping[Any, object], place: str) -> Any:
        entries = {key: self.tree(each, f"{place}.{key}") for key, each in value.items()}
        if isinstance(value, Counter):
            return {"~counter": [list(each) for each in entries.items()]}
        if all(isinstance(key, str) and not key.startswith("~") for key in entries):
            return entries
        return {"~map": [[self.tree(key, f"{place} (a key)"), each] for key, each in entries.items()]}

    def _other(self, value: object, place: str) -> Any:
        item = getattr(value, "item", None)
        if callable(item) and getattr(value, "shape", None) == ():
            return self.tree(item(), place)
        if not self._allow_pickle:
            raise NotStorable(
                f"'{place}' cannot be stored.",
                found=f"{value!r:.120} ({type(value).__module__}.{type(value).__qualname__}).",
                expected="tensors, numbers, words, flags, None, and lists, tuples and mappings of these.",
                mend="take it out of the state, or say allow_pickle=True if you trust all who can write checkpoints.",
            )
        warnings.warn(f"'{place}' is pickled.", PickleUsed, stacklevel=2)
        self.pickled.append(value)
        return {"~pickle": len(self.pickled) - 1}

    def write(self, folder: Path, name: str, parts: Mapping[str, Any]) -> None:
        """Writes ``name`` (JSON) and what was pickled."""
        text = json.dumps({"format": FORMAT, **parts}, allow_nan=False, indent=1)
        (folder / name).write_text(text, encoding="utf-8")
        if self.pickled:
            (folder / PICKLED).write_bytes(pickle.dumps(self.pickled))


class Reading:
    """Puts states together again.

    :param tensors: by the names that :class:`Writing` gave them
    """

    def __init__(self, folder: Path, tensors: Mapping[str, Any], allow_pickle: bool = False) -> None:
        self._folder = folder
        self._tensors = tensors
        self._allow_pickle = allow_pickle
        self._pickled: list[object] | None = None

    def tree(self, found: Any) -> Any:
        if isinstance(found, list):
            return [self.tree(each) for each in found]
        if not isinstance(found, dict):
            return found
        if len(found) == 1:
            ((key, value),) = found.items()
            if key.startswith("~"):
                return self._special(key, value)
        return {key: self.tree(value) for key, value in found.items()}

    def _special(self, key: str, value: Any) -> Any:
        if key == "~tensor":
            if value not in self._tensors:
                raise _damaged(self._folder, f"no tensor '{value}'")
            return self._tensors[value]
        if key == "~float":
            return float(value)
        if key == "~tuple":
            return tuple(self.tree(value))
        if key == "~set":
            return set(self.tree(value))
        if key == "~map":
            return {self.tree(name): self.tree(each) for name, each in value}
        if key == "~counter":
            return Counter({name: self.tree(each) for name, each in value})
        if key == "~pickle":
            return self._unpickled(value)
        raise _damaged(self._folder, f"'{key}'")

    def _unpickled(self, index: int) -> object:
        if not self._allow_pickle:
            raise NotFitting(
                "a part of this checkpoint is pickled, and pickle is not loaded.",
                found=str(self._folder / PICKLED),
                expected="tensors and JSON.",
                mend="save it without allow_pickle, or say allow_pickle=True if you trust all who could write it.",
            )
        if self._pickled is None:
            warnings.warn(f"{self._folder / PICKLED} is unpickled: it can run any program.", PickleUsed, stacklevel=2)
            self._pickled = pickle.loads((self._folder / PICKLED).read_bytes())
        return self._pickled[index]


def read(folder: Path, name: str) -> dict[str, Any]:
    """What :meth:`Writing.write` wrote.

    :raises NotFitting: if it is not there or of another version
    """
    path = Path(folder) / name
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as e:
        raise _damaged(Path(folder), f"{name}: {e}") from e
    if not isinstance(found, dict) or found.get("format") != FORMAT:
        raise _damaged(Path(folder), f"{name} of another format")
    return found


def _damaged(folder: Path, found: str) -> NotFitting:
    return NotFitting(
        f"{folder} holds no checkpoint that can be read here.",
        found=found,
        expected=f"what was saved by the same adapter, format {FORMAT}.",
        mend="load it with what saved it.",
    )
