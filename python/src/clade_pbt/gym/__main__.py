"""``python -m clade_pbt.gym ENVIRONMENT``: members that learn in a Gymnasium environment, without a program."""

from __future__ import annotations

import argparse
import json
from typing import Any

from .training import train


def _option(text: str) -> tuple[str, Any]:
    name, equals, value = text.partition("=")
    if not equals:
        raise argparse.ArgumentTypeError(f"{text!r}: NAME=VALUE")
    try:
        return name, json.loads(value)
    except json.JSONDecodeError:
        return name, value


def main() -> None:
    reading = argparse.ArgumentParser(prog="python -m clade_pbt.gym", description=__doc__, allow_abbrev=False)
    reading.add_argument("environment", help="a Gymnasium id; MODULE:ID where a module registers it")
    reading.add_argument("--environments", type=int, default=16, help="copies at once (16)")
    reading.add_argument("--hidden", type=int, default=128, help="units of a dense layer (128)")
    reading.add_argument("--clip-rewards", action="store_true", help="learning sees rewards between -1 and 1")
    reading.add_argument(
        "--score", choices=["last", "fresh"], default="last", help="episodes that a score is of (last)"
    )
    reading.add_argument("--window", type=int, default=10, help="how many (10)")
    reading.add_argument("--report", type=int, default=30, help="fresh episodes of test_return (30)")
    reading.add_argument("--steps", type=int, default=10_000, help="alone: how long it trains (10000)")
    reading.add_argument(
        "--make",
        type=_option,
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="for gymnasium.make_vec, in JSON",
    )
    asked = vars(reading.parse_args())
    train(asked.pop("environment"), **dict(asked.pop("make")), **asked)


if __name__ == "__main__":
    main()
