"""Numbers of other libraries."""

from __future__ import annotations

import importlib
import json
import math
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from clade_pbt.values import finite, like, line, number, plain, same, samples


class Array:
    """Has what arrays have: ``tolist``."""

    def __init__(self, value: Any) -> None:
        self._value = value

    def tolist(self) -> Any:
        return self._value


class Variable:
    """Has what variables of Keras have: ``numpy``."""

    def numpy(self) -> Any:
        return Array(0.5)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (1, 1),
        (True, True),
        ("adam", "adam"),
        (0.5, 0.5),
        (Array(0.5), 0.5),
        (Array([1, 2]), [1, 2]),
        ((Array(1), 2), [1, 2]),
        (Variable(), 0.5),
        (Fraction(1, 2), 0.5),
        (Decimal("0.5"), 0.5),
        (range(3), [0, 1, 2]),
    ],
)
def test_value_becomes_plain(value: object, expected: object) -> None:
    found = plain(value)
    assert found == expected
    assert type(found) is type(expected)


@pytest.mark.parametrize("value", [None, object(), {"a": 1}, b"x", [None]])
def test_no_value_is_refused(value: object) -> None:
    with pytest.raises(TypeError, match="no number, list of numbers, flag or word"):
        plain(value)


@pytest.mark.parametrize("library", ["numpy", "torch", "jax.numpy"])
def test_arrays_of_a_library(library: str) -> None:
    xp = pytest.importorskip(library)
    importlib.import_module(library)
    array = xp.tensor if library == "torch" else xp.array
    assert plain(array(0.5)) == 0.5
    assert plain(array([0.5, 0.25])) == [0.5, 0.25]
    assert plain(array([[1, 2]])) == [[1, 2]]
    assert plain(array(3)) == 3 and isinstance(plain(array(3)), int)
    assert plain(array(True)) is True
    assert number(array([[0.5]])) == 0.5
    assert json.loads(line({"x": plain(array(0.5))})) == {"x": 0.5}
    if library == "numpy":
        assert type(plain(xp.float64(0.5))) is float
        assert type(plain(xp.float32(0.5))) is float
    if library == "torch":
        assert plain(array(0.5, requires_grad=True)) == 0.5
        assert plain(array(0.5, dtype=xp.bfloat16)) == 0.5


def test_number_is_one() -> None:
    for value in ([1, 2], "1", [], ["1"]):
        with pytest.raises(TypeError):
            number(value)


def test_samples_are_some() -> None:
    assert samples(Array([1, 2])) == [1.0, 2.0]
    for value in ([], "1", [[1]], ["1"], {}):
        with pytest.raises(TypeError):
            samples(value)


@pytest.mark.parametrize(
    ("asked", "found", "expected"),
    [
        (32, 32.0, 32),
        (32, 32.5, 32.5),
        (0.1, [0.1], 0.1),
        ([1, 2], [1.0, 2.0], [1, 2]),
        (True, 1, True),
        ("a", "b", "b"),
    ],
)
def test_receipt_has_the_form_of_what_was_asked(asked: Any, found: Any, expected: Any) -> None:
    formed = like(asked, found)
    assert formed == expected
    assert type(formed) is type(expected)


def test_receipt_holds_after_rounding_to_float32() -> None:
    assert same(0.001, 0.0010000000474974513)
    assert not same(0.001, 0.00100001)
    assert same([0.1, 0.2], [0.1, 0.2])
    assert not same([0.1], [0.1, 0.2])
    assert same(1e300, math.inf)
    assert not same(3, 4)
    assert not same("a", "b")
    assert not same(1, True)


def test_what_json_has_no_number_for_is_a_word() -> None:
    assert finite({"a": [math.nan, math.inf, -math.inf, 1.5]}) == {"a": ["NaN", "Infinity", "-Infinity", 1.5]}
    assert line({"a": math.nan, "b": "\u00e4\n"}) == '{"a":"NaN","b":"\\u00e4\\n"}\n'
