"""Calling what a script gives: a score or a function for one."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any


def call(function: Callable[..., Any], seed: object, purpose: str) -> Any:
    """Calls a score function with what it has parameters for: ``seed``, ``purpose``, or one positional: the seed."""
    try:
        parameters = inspect.signature(function).parameters
    except (TypeError, ValueError):
        return function()
    known = {"seed": seed, "purpose": purpose}
    named = {name: value for name, value in known.items() if name in parameters}
    if any(parameters[name].kind is inspect.Parameter.POSITIONAL_ONLY for name in named):
        named = {}
    needed = [
        each
        for each in parameters.values()
        if each.name not in named
        and each.default is inspect.Parameter.empty
        and each.kind in (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)
    ]
    return function(seed, **named) if len(needed) == 1 and "seed" not in named else function(**named)
