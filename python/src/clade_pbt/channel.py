"""What a session talks through: the socket of Clade, the script alone, or another rank of the same program."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from .messages import Message, Welcome

ENDED: Message = {"type": "end"}


class Channel(Protocol):
    """One side of the conversation: requests come in batches, answers go out one a lane."""

    welcome: Welcome
    alone: bool
    """Whether there is no Clade."""
    heals: bool
    """Whether this process can go on with the next segment after one that threw."""

    def receive(self) -> list[Message]:
        """The next request, one message a lane. Waits for it. ``[ENDED]`` where there is none any more."""

    def stop_asked(self) -> bool:
        """Whether the present training is to end at the next step. Does not wait."""

    def answer(self, message: Message) -> None:
        """Sends an answer, behind all reports before it."""

    def report(self, lane: int, step: int, metrics: Mapping[str, float]) -> None:
        """Sends measurements, soon."""

    def progress(self, lane: int, step: int) -> None:
        """Says that training goes on, if nothing was said for a while."""

    def close(self) -> None:
        """Ends the conversation."""
