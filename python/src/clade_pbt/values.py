"""Plain numbers out of what frameworks have: scalars and arrays of NumPy, PyTorch, JAX and TensorFlow.

None of them is imported: what can be asked of an array (``tolist``, ``item``, ``numpy``) is asked.
"""

from __future__ import annotations

import json
import math
import struct
from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias

Scalar: TypeAlias = bool | int | float | str
Plain: TypeAlias = Scalar | list[Any]
"""What a message holds: a number, a flag, a word, or a list of them."""


def plain(value: object) -> Plain:
    """A scalar or an array as Python's own numbers.

    :raises TypeError: if it is nothing of the kind
    """
    if isinstance(value, (bool, str)):
        return value
    if isinstance(value, int):
        return int(value)
    if isinstance(value, float):
        return float(value)
    for way in ("tolist", "item", "numpy"):
        ask = getattr(value, way, None)
        if callable(ask):
            asked: object = ask()
            return plain(asked)
    if hasattr(value, "__float__"):
        return float(value)
    if isinstance(value, Iterable) and not isinstance(value, (bytes, Mapping)):
        return [plain(each) for each in value]
    raise TypeError(f"no number, list of numbers, flag or word: {value!r} ({type(value).__name__})")


def number(value: object) -> float:
    """One number, also out of an array with one element.

    :raises TypeError: if it is no number
    """
    found = plain(value)
    while isinstance(found, list) and len(found) == 1:
        found = found[0]
    if isinstance(found, (list, str)):
        raise TypeError(f"not one number: {value!r}")
    return float(found)


def samples(value: object) -> float | list[float]:
    """What a metric read: one number, or a list of at least one.

    :raises TypeError: if it is neither
    """
    found = plain(value)
    if not isinstance(found, list):
        return number(found)
    if not found or any(isinstance(each, (list, str)) for each in found):
        raise TypeError(f"neither a number nor a list of numbers: {value!r}")
    return [float(each) for each in found]


def like(asked: object, found: Plain) -> Plain:
    """``found`` in the form of what was asked for: 32.0 for a whole number is 32, ``[0.1]`` for one number is 0.1."""
    if isinstance(asked, list):
        return [like(asked[0], each) for each in found] if isinstance(found, list) and asked else found
    if isinstance(found, list):
        return like(asked, found[0]) if len(found) == 1 else found
    if isinstance(asked, bool) and found in (0, 1) and not isinstance(found, str):
        return bool(found)
    if isinstance(asked, int) and not isinstance(asked, bool) and isinstance(found, float) and found.is_integer():
        return int(found)
    return found


def same(asked: object, found: object) -> bool:
    """Whether a receipt holds: reals after rounding to float32, all else exactly, lists element by element."""
    if isinstance(asked, list) and isinstance(found, list):
        return len(asked) == len(found) and all(map(same, asked, found))
    if isinstance(asked, float) and isinstance(found, (int, float)) and not isinstance(found, bool):
        return _float32(asked) == _float32(float(found))
    return type(asked) is type(found) and asked == found


def _float32(value: float) -> bytes | float:
    try:
        return struct.pack("f", value)
    except OverflowError:
        return math.copysign(math.inf, value)


def finite(message: Any) -> Any:
    """A message with ``"NaN"``, ``"Infinity"`` and ``"-Infinity"`` for the numbers that JSON does not have."""
    if isinstance(message, float) and not math.isfinite(message):
        return "NaN" if math.isnan(message) else "Infinity" if message > 0 else "-Infinity"
    if isinstance(message, dict):
        return {name: finite(value) for name, value in message.items()}
    if isinstance(message, list):
        return [finite(each) for each in message]
    return message


_encoder = json.JSONEncoder(separators=(",", ":"), allow_nan=False)


def line(message: dict[str, Any]) -> str:
    """A message as a line of the protocol, in ASCII."""
    try:
        return _encoder.encode(message) + "\n"
    except ValueError:
        return _encoder.encode(finite(message)) + "\n"
