"""A small Clade: listens on a real socket and plays its side of a conversation in a thread."""

from __future__ import annotations

import json
import socket
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

TOKEN = "9f86d081884c7d659a2feaa0c55ad015"
WELCOME = {
    "type": "welcome",
    "protocol": 1,
    "clade": "0.1.0",
    "experiment": "test",
    "slot": 0,
    "lanes": 1,
    "metrics": ["accuracy"],
    "unit": "step",
    "parameters": {"lr": {"change": "live"}},
}


class Peer:
    """Clade's side of one connection."""

    def __init__(self, connected: socket.socket) -> None:
        self.socket = connected
        self._buffer = b""

    def send(self, *messages: dict[str, Any]) -> None:
        for message in messages:
            self.socket.sendall((json.dumps(message) + "\n").encode())

    def receive(self) -> dict[str, Any]:
        """The next message; an empty one at the end of file."""
        while b"\n" not in self._buffer:
            data = self.socket.recv(1 << 16)
            if not data:
                return {}
            self._buffer += data
        text, self._buffer = self._buffer.split(b"\n", 1)
        found: dict[str, Any] = json.loads(text, parse_constant=lambda word: pytest.fail(f"not JSON: {word}"))
        return found

    def answer(self) -> dict[str, Any]:
        """The next message that is no report."""
        while (found := self.receive()).get("type") == "report":
            pass
        return found

    def welcome(self, **changes: Any) -> dict[str, Any]:
        """Answers the hello, and gives it."""
        hello = self.receive()
        assert (hello["type"], hello["token"]) == ("hello", TOKEN)
        self.send({**WELCOME, **changes})
        return hello

    def ask(self, message: dict[str, Any]) -> dict[str, Any]:
        self.send(message)
        return self.answer()


def begin(**changes: Any) -> dict[str, Any]:
    return {
        "type": "begin",
        "lane": 0,
        "member": 3,
        "segment": 0,
        "origin": "fresh",
        "seed": 7,
        "hyperparameters": {"lr": 0.5},
        "changed": [],
        "rebuild": False,
        "step": 0,
        "lineage": 0,
        **changes,
    }


def train(steps: int | None, step: int = 0, **changes: Any) -> dict[str, Any]:
    return {"type": "train", "lane": 0, "steps": steps, "step": step, **changes}


def evaluate(seed: int = 1, purpose: str = "select", **changes: Any) -> dict[str, Any]:
    return {"type": "evaluate", "lane": 0, "seed": seed, "purpose": purpose, **changes}


def draw(folder: object, **changes: Any) -> dict[str, Any]:
    return {"type": "draw", "lane": 0, "folder": str(folder), "seed": 7, **changes}


def save(folder: object, **changes: Any) -> dict[str, Any]:
    return {"type": "save", "lane": 0, "folder": str(folder), **changes}


STOP = {"type": "stop"}
END = {"type": "end"}


class Clade:
    """Plays ``script`` against the first that connects. What the script raises, the ``with`` raises."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, script: Callable[[Peer], None]) -> None:
        self._monkeypatch = monkeypatch
        self._script = script
        self._thrown: BaseException | None = None
        self._thread = threading.Thread(target=self._play, daemon=True)

    def __enter__(self) -> Clade:
        self._folder = tempfile.TemporaryDirectory(prefix="clade-test-")
        path = Path(self._folder.name) / "s"
        self._listening = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._listening.settimeout(30)
        self._listening.bind(str(path))
        self._listening.listen(1)
        for name, value in {"SOCKET": path, "TOKEN": TOKEN, "PROTOCOL": "1", "SLOT": "0"}.items():
            self._monkeypatch.setenv(f"CLADE_{name}", str(value))
        self._thread.start()
        return self

    def _play(self) -> None:
        try:
            connected, _ = self._listening.accept()
            connected.settimeout(30)
            with connected:
                self._script(Peer(connected))
        except BaseException as e:
            self._thrown = e

    def __exit__(self, kind: object, thrown: BaseException | None, trace: object) -> None:
        self._thread.join(30 if kind is None else 0)
        self._listening.close()
        self._folder.cleanup()
        if self._thrown is not None:
            raise self._thrown
        assert kind is not None or not self._thread.is_alive()
