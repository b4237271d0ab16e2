"""Arrays in a file of NumPy's, by name, without pickle; also of types that NumPy lacks (bfloat16, float8)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from .stored import NotFitting, NotStorable

ARRAYS = "arrays.npz"
_TYPES = "~types"


def write(folder: Path | str, arrays: Mapping[str, Any], name: str = ARRAYS) -> None:
    """Writes arrays, by name.

    :raises NotStorable: naming one that holds objects
    """
    foreign: dict[str, str] = {}
    plain: dict[str, Any] = {}
    for key, value in arrays.items():
        array = np.asarray(value)
        if array.dtype == object:
            raise NotStorable(
                f"'{key}' cannot be stored.",
                found=f"{value!r:.120} ({type(value).__name__}).",
                expected="an array of numbers or flags.",
                mend="take it out of the state.",
            )
        if array.dtype.kind == "V":  # a type of ml_dtypes
            foreign[key] = array.dtype.name
            array = array.view(f"u{array.dtype.itemsize}")
        plain[key] = array
    types = np.frombuffer(json.dumps(foreign).encode(), np.uint8)
    with (Path(folder) / name).open("wb") as file:
        np.savez(file, **{_TYPES: types}, **plain)


def read(folder: Path | str, name: str = ARRAYS) -> dict[str, Any]:
    """What :func:`write` wrote.

    :raises NotFitting: if it is not there, or is no file of plain arrays
    """
    path = Path(folder) / name
    try:
        with np.load(path, allow_pickle=False) as file:
            found = {key: file[key] for key in file.files}
        foreign = json.loads(found.pop(_TYPES).tobytes())
    except (OSError, ValueError, KeyError) as e:
        raise NotFitting(
            f"{folder} holds no arrays that can be read here.",
            found=f"{name}: {e}",
            expected="what was saved by the same adapter.",
            mend="load it with what saved it.",
        ) from e
    for key, dtype in foreign.items():
        import ml_dtypes

        found[key] = found[key].view(getattr(ml_dtypes, dtype))
    return found
