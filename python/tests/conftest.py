from __future__ import annotations

from collections.abc import Callable

import fake
import pytest


@pytest.fixture
def clade(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[fake.Peer], None]], fake.Clade]:
    """Makes a small Clade that plays a script."""
    return lambda script: fake.Clade(monkeypatch, script)


@pytest.fixture(autouse=True)
def without_clade(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test sees the environment that the tests were started in."""
    for name in ("SOCKET", "TOKEN", "PROTOCOL", "SLOT", "SEED", "SAVE", "COMMAND"):
        monkeypatch.delenv(f"CLADE_{name}", raising=False)
    for name in ("RANK", "WORLD_SIZE"):
        monkeypatch.delenv(name, raising=False)
