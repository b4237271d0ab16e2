"""The socket of Clade: ``CLADE_SOCKET``, one JSON object a line."""

from __future__ import annotations

import json
import select
import socket
import threading
from collections import deque
from collections.abc import Mapping, Sequence
from time import monotonic

from .channel import ENDED
from .errors import CladeError, LineTooLong, ProtocolError
from .messages import LIMIT, VERSION, Message, message, welcome
from .values import finite, line

FLUSH = 0.05
"""The longest that a report waits in this process [s]."""
PROGRESS = 0.5
"""How often a program that trains says so, where it reports nothing [s]."""
_FULL = 64 * 1024


class Wire:
    """The conversation with Clade. Requests are read by one thread; reports are written by a second one, in batches."""

    alone = False
    heals = True

    def __init__(
        self, connected: socket.socket, token: str, capabilities: Sequence[str], lanes: int, program: str
    ) -> None:
        self._socket = connected
        self._poll = select.poll()
        self._poll.register(connected, select.POLLIN)
        self._received = bytearray()
        self._searched = 0
        self._gone = False
        self._stop = False
        self._sending = threading.Lock()
        self._waiting: deque[str] = deque()
        self._size = 0
        self._said = monotonic()
        self._names: dict[str, str] = {}
        self._closed = threading.Event()
        self._flusher: threading.Thread | None = None
        hello = {
            "type": "hello",
            "protocol": [VERSION],
            "token": token,
            "program": program,
            "capabilities": list(capabilities),
            "lanes": lanes,
        }
        self.answer(hello)
        first = self._next()
        if first is None:
            raise CladeError(
                "Clade closed the socket before it said welcome.",
                found="end of file.",
                expected="a welcome.",
                mend="look at what Clade printed; is CLADE_TOKEN the one that it set?",
            )
        self.welcome = welcome(first)

    @classmethod
    def connect(cls, path: str, token: str, capabilities: Sequence[str], lanes: int, program: str) -> Wire:
        """Connects to the socket at a path, and says hello."""
        connected = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            connected.connect(path)
            return cls(connected, token, capabilities, lanes, program)
        except OSError as e:
            connected.close()
            raise CladeError(
                "Clade cannot be reached.",
                found=f"{e} at {path}.",
                expected="Clade, listening at the path in CLADE_SOCKET.",
                mend="start this script by 'clade run'; without CLADE_SOCKET it trains alone.",
            ) from e
        except BaseException:
            connected.close()
            raise

    # ---- requests

    def receive(self) -> list[Message]:
        self._flush()
        self._stop = False
        batch: list[Message] = []
        while True:
            found = self._next()
            if found is None:
                return [ENDED]
            if found["type"] == "stop":
                self._stop = True
                continue
            if batch and found["type"] != batch[0]["type"]:
                raise ProtocolError(
                    "the messages of a batch are of several types.",
                    found=f"{batch[0]['type']}, then {found['type']}.",
                    expected="one type, the last without 'more'.",
                    mend="install the clade-pbt that belongs to this Clade.",
                )
            batch.append(found)
            self._stop = False
            if found.get("more") is not True:
                self._said = monotonic()
                return batch

    def stop_asked(self) -> bool:
        while not self._stop and not self._gone:
            found = self._line()
            if found is None:
                if not self._poll.poll(0):
                    break
                self._read()
            elif found["type"] == "stop":
                self._stop = True
            else:
                raise ProtocolError(
                    "a request came while this program trains.",
                    found=str(found)[:200],
                    expected="nothing but a stop until 'trained' is sent.",
                    mend="install the clade-pbt that belongs to this Clade.",
                )
        return self._stop or self._gone

    def _next(self) -> Message | None:
        while (found := self._line()) is None:
            if self._gone:
                return None
            self._read()
        return found

    def _line(self) -> Message | None:
        end = self._received.find(b"\n", self._searched)
        if end < 0:
            self._searched = len(self._received)
            if self._searched >= LIMIT:
                raise self._long(self._searched)
            return None
        if end >= LIMIT:
            raise self._long(end)
        text = bytes(self._received[:end])
        del self._received[: end + 1]
        self._searched = 0
        return message(text)

    def _read(self) -> None:
        try:
            found = self._socket.recv(1 << 16)
        except ConnectionError:
            found = b""
        if not found:
            self._gone = True
        self._received += found

    @staticmethod
    def _long(size: int) -> ProtocolError:
        return ProtocolError(
            "a line is too long.",
            found=f"{size} bytes and more.",
            expected=f"at most {LIMIT} bytes.",
            mend="connect to nothing but Clade: CLADE_SOCKET and CLADE_TOKEN are Clade's to set.",
        )

    # ---- answers

    def answer(self, message: Message) -> None:
        self._put(line(message))
        self._flush()

    def report(self, lane: int, step: int, metrics: Mapping[str, float]) -> None:
        names = self._names
        body = []
        for name, value in metrics.items():
            key = names.get(name)
            if key is None:
                key = names[name] = json.dumps(name) + ":"
            # x - x is 0 for finite numbers only
            body.append(key + (repr(value) if value - value == 0 else f'"{finite(value)}"'))
        self._put(f'{{"type":"report","lane":{lane},"step":{step},"metrics":{{{",".join(body)}}}}}\n')
        if self._size > _FULL:
            self._flush()
        elif self._flusher is None:
            self._flusher = threading.Thread(target=self._flush_often, name="clade reports", daemon=True)
            self._flusher.start()

    def progress(self, lane: int, step: int) -> None:
        if monotonic() - self._said >= PROGRESS:
            self._put(line({"type": "report", "lane": lane, "step": step, "metrics": {}}))
            self._flush()

    def _put(self, text: str) -> None:
        if len(text) > LIMIT:
            raise LineTooLong(
                "a message is too long for the protocol.",
                found=f"{len(text)} bytes: {text[:80]}...",
                expected=f"at most {LIMIT} bytes.",
                mend="give fewer or shorter values; large data belongs into files.",
            )
        self._waiting.append(text)
        self._size += len(text)

    def _flush(self) -> None:
        with self._sending:
            parts = []
            while self._waiting:
                parts.append(self._waiting.popleft())
            self._size = 0
            if not parts:
                return
            self._said = monotonic()
            try:
                self._socket.sendall("".join(parts).encode("ascii"))
            except OSError:
                # Clade is gone; the next read says so, after what it still had to say
                self._closed.set()

    def _flush_often(self) -> None:
        while not self._closed.wait(FLUSH):
            if self._waiting:
                self._flush()

    def close(self) -> None:
        self._flush()
        self._closed.set()
        self._socket.close()
