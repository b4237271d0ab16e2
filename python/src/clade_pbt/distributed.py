"""One program of several processes (torchrun): every rank follows rank 0, which talks to Clade.

What rank 0 receives is broadcast as JSON in a tensor of bytes, over a gloo group of its own: nothing is pickled, and
the group that trains is left alone.
"""

from __future__ import annotations

import importlib
import json
from collections.abc import Callable, Mapping
from datetime import timedelta
from time import monotonic
from typing import Any

from .channel import Channel
from .errors import CladeError, RanksDiffer
from .messages import Message, Welcome, welcome
from .values import line

AGREE = 0.1
"""How often the ranks agree on whether to stop [s], about."""
_MOST = 10_000


class Ranks:
    """A channel whose requests are those of rank 0. Every rank is to make the same calls in the same order.

    A rank that throws ends the whole program, as usual under torchrun: the others are inside a collective.
    """

    alone = False
    heals = False

    def __init__(self, connect: Callable[[], Channel]) -> None:
        self._torch, self._dist = _torch()
        self._group = self._dist.new_group(backend="gloo", timeout=timedelta(days=365))
        self._rank: int = self._dist.get_rank()
        self._size: int = self._dist.get_world_size()
        self._inner: Channel | None = None
        self._stopped = False
        self._calls = 0
        self._due = 1
        self._agreed = monotonic()
        self.welcome = self._welcomed(connect)

    def _welcomed(self, connect: Callable[[], Channel]) -> Welcome:
        def first() -> Message:
            self._inner = connect()
            found = self._inner.welcome
            return {
                "type": "welcome",
                "protocol": 1,
                "experiment": found.experiment,
                "slot": found.slot,
                "lanes": found.lanes,
                "metrics": list(found.metrics),
                "unit": found.unit,
                "parameters": dict(found.parameters),
            }

        return welcome(self._from_first("welcome", first))

    def receive(self) -> list[Message]:
        def first() -> list[Message]:
            assert self._inner is not None
            return self._inner.receive()

        batch: list[Message] = self._from_first("request", first)
        self._stopped, self._calls, self._due = False, 0, 1
        return batch

    def stop_asked(self) -> bool:
        """The same answer on every rank at the same call: they agree every so many calls, about ten times a second."""
        self._calls += 1
        if self._stopped or self._calls < self._due:
            return self._stopped

        def first() -> list[Any]:
            assert self._inner is not None
            now = monotonic()
            pace = (now - self._agreed) / self._calls
            self._agreed = now
            return [self._inner.stop_asked(), max(1, min(_MOST, int(AGREE / max(pace, 1e-9))))]

        self._stopped, ahead = self._from_first("stop", first)
        self._calls, self._due = 0, ahead
        return self._stopped

    def answer(self, message: Message) -> None:
        if message["type"] == "applied":
            self._compare(message)
        elif message["type"] in ("saved", "drawn"):
            self._dist.barrier(group=self._group)
        if self._inner is not None:
            self._inner.answer(message)

    def report(self, lane: int, step: int, metrics: Mapping[str, float]) -> None:
        if self._inner is not None:
            self._inner.report(lane, step, metrics)

    def progress(self, lane: int, step: int) -> None:
        if self._inner is not None:
            self._inner.progress(lane, step)

    def close(self) -> None:
        if self._inner is not None:
            self._inner.close()

    # ---- among ranks

    def _from_first(self, kind: str, first: Callable[[], Any]) -> Any:
        """What rank 0 has, or the error that it met, on every rank."""
        sent: dict[str, Any] = {}
        thrown: Exception | None = None
        if self._rank == 0:
            try:
                sent = {"kind": kind, "value": first()}
            except Exception as e:
                thrown = e
                sent = {"kind": kind, "error": str(e)}
        found = json.loads(self._broadcast(line(sent).encode("ascii"), 0))
        if thrown is not None:
            raise thrown
        if found["kind"] != kind:
            raise RanksDiffer(
                "the ranks of this program are not at the same place.",
                found=f"rank 0 is at '{found['kind']}', rank {self._rank} at '{kind}'.",
                expected="the same calls in the same order on every rank.",
                mend="end the loop on every rank at the same step, and call finish() on all.",
            )
        if "error" in found:
            raise CladeError("rank 0 has met an error.", found=found["error"], expected="none.", mend="see rank 0.")
        return found["value"]

    def _broadcast(self, data: bytes, source: int) -> bytes:
        size = self._torch.tensor([len(data)], dtype=self._torch.int64)
        self._dist.broadcast(size, source, group=self._group)
        if self._rank == source:
            tensor = self._torch.tensor(list(data), dtype=self._torch.uint8)
        else:
            tensor = self._torch.empty(int(size.item()), dtype=self._torch.uint8)
        self._dist.broadcast(tensor, source, group=self._group)
        return bytes(tensor.tolist())

    def _compare(self, message: Message) -> None:
        """Every rank's receipt, on every rank: they must say the same."""
        mine = line(message).encode("ascii")
        said = [self._broadcast(mine, rank) for rank in range(self._size)]
        for rank, each in enumerate(said):
            if each != said[0]:
                raise RanksDiffer(
                    "the ranks have different hyperparameters in force.",
                    found=f"rank 0: {said[0].decode().strip()}, rank {rank}: {each.decode().strip()}",
                    expected="the same on every rank.",
                    mend="apply segment.hyperparameters on every rank.",
                )


def _torch() -> tuple[Any, Any]:
    try:
        torch = importlib.import_module("torch")
        dist = importlib.import_module("torch.distributed")
    except ImportError as e:
        raise CladeError(
            "a program of several ranks needs PyTorch.",
            found="RANK and WORLD_SIZE in the environment, and no module 'torch'.",
            expected="torch, or one process.",
            mend="pip install torch, or unset RANK and WORLD_SIZE.",
        ) from e
    if not dist.is_initialized():
        raise CladeError(
            "the ranks of this program cannot reach each other yet.",
            found="no process group.",
            expected="one, before the session is opened.",
            mend='torch.distributed.init_process_group("nccl" or "gloo") before clade.session(...).',
        )
    return torch, dist
