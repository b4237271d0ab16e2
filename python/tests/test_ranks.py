"""Two ranks on the CPU, over gloo, as torchrun starts them."""

from __future__ import annotations

import importlib.util
import json
import os
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import fake
import pytest
from fake import END, STOP, begin, evaluate, save, train

import clade_pbt

needs_torch = pytest.mark.skipif(
    importlib.util.find_spec("torch") is None, reason="two ranks need PyTorch, which is not installed"
)
RANKS = Path(__file__).parent / "ranks.py"


def start(mode: str, rank: int, port: int) -> subprocess.Popen[str]:
    environment = {
        **os.environ,
        "RANK": str(rank),
        "LOCAL_RANK": str(rank),
        "WORLD_SIZE": "2",
        "MASTER_ADDR": "127.0.0.1",
        "MASTER_PORT": str(port),
        "OMP_NUM_THREADS": "1",
        "PYTHONPATH": os.pathsep.join(sys.path),
    }
    return subprocess.Popen(
        [sys.executable, str(RANKS), mode], env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )


def both(mode: str) -> tuple[list[int], list[str], list[str]]:
    """Exit statuses, outputs and errors of the two ranks. When one has failed the other is ended, as torchrun does."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    ranks = [start(mode, rank, port) for rank in range(2)]
    while all(rank.poll() is None for rank in ranks):
        time.sleep(0.05)
    if any(rank.poll() for rank in ranks):
        time.sleep(1)
        for rank in ranks:
            rank.kill()
    texts = [rank.communicate(timeout=60) for rank in ranks]
    return [rank.returncode for rank in ranks], [out for out, _ in texts], [err for _, err in texts]


@needs_torch
def test_ranks_follow_the_first(clade: Any, tmp_path: Path) -> None:
    steps = []

    def script(peer: fake.Peer) -> None:
        peer.welcome()
        assert peer.ask(begin(hyperparameters={"lr": 0.5})) == {
            "type": "applied",
            "lane": 0,
            "hyperparameters": {"lr": 0.5},
        }
        peer.send(train(None))
        for _ in range(50):
            peer.receive()
        steps.append(peer.ask(STOP)["steps"])
        assert peer.ask(evaluate(11))["metrics"] == {"accuracy": 11.0}
        assert peer.ask(save(tmp_path)) == {"type": "saved", "lane": 0}
        assert sorted(path.name for path in tmp_path.iterdir()) == ["rank-0", "rank-1"]
        peer.ask(begin(member=4, seed=8, origin="copy", folder="/donor", step=9))
        assert peer.ask(train(3, 9)) == {"type": "trained", "lane": 0, "steps": 3}
        peer.send(END)

    with clade(script):
        statuses, outs, errors = both("follow")
    assert statuses == [0, 0], errors
    expected = [[3, 7, True, None, steps[0]], [4, 8, False, "/donor", 12]]
    assert [json.loads(out) for out in outs] == [{"rank": 0, "did": expected}, {"rank": 1, "did": expected}]


@needs_torch
def test_ranks_with_other_values_in_force_are_refused(clade: Any) -> None:
    def script(peer: fake.Peer) -> None:
        peer.welcome()
        failed = peer.ask(begin())
        assert (failed["type"], failed["kind"]) == ("failed", "threw")
        assert "RanksDiffer: the ranks have different hyperparameters in force." in failed["what"]

    with clade(script):
        statuses, _, errors = both("receipts")
    assert 0 not in statuses
    assert "RanksDiffer" in errors[0]


@needs_torch
def test_ranks_that_part_are_refused(clade: Any) -> None:
    def script(peer: fake.Peer) -> None:
        peer.welcome()
        peer.ask(begin())
        peer.send(train(None))
        while peer.receive():
            pass

    with clade(script):
        _, _, errors = both("apart")
    assert "rank 0 is at 'stop', rank 1 at 'request'" in errors[1]


def test_ranks_without_torch_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLADE_SOCKET", "/nowhere")
    monkeypatch.setenv("WORLD_SIZE", "2")
    monkeypatch.setenv("RANK", "1")
    monkeypatch.setitem(sys.modules, "torch", None)
    with pytest.raises(clade_pbt.CladeError, match="a program of several ranks needs PyTorch"), clade_pbt.session():
        pass
