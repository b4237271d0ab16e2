"""Arrays for what is said of lanes: NumPy's where it can be imported, else lists."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any


def array(values: Sequence[Any]) -> Any:
    """Reals as float32, whole numbers as int64, flags as bool; words, and what is no rectangle, stay a list."""
    flat = [each for value in values for each in (value if isinstance(value, list) else [value])]
    lengths = {len(value) if isinstance(value, list) else -1 for value in values}
    if not flat or len(lengths) > 1 or any(isinstance(each, (str, list)) for each in flat):
        return list(values)
    try:
        import numpy
    except ImportError:
        return list(values)
    if all(isinstance(each, bool) for each in flat):
        return numpy.array(values, dtype=bool)
    if all(isinstance(each, int) for each in flat):
        return numpy.array(values, dtype=numpy.int64)
    return numpy.array(values, dtype=numpy.float32)
