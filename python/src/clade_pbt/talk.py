"""The conversation of a session: which requests are ahead, and which are still to be answered."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from .channel import Channel
from .errors import CapabilityMissing, MetricMissing, ProtocolError, ScoreMissing
from .messages import Begin, Draw, End, Evaluate, Request, Save, Train, request
from .values import Plain, samples

R = TypeVar("R", Begin, Train, Evaluate, Save, Draw)


class Talk:
    """Requests with one look ahead. Each that is taken is open until it is answered."""

    def __init__(
        self, channel: Channel, capabilities: frozenset[str], defaults: Mapping[str, Any], optional: bool
    ) -> None:
        self.channel = channel
        self.capabilities = capabilities
        self.defaults = defaults
        self.optional = optional
        """Whether a receipt may leave out names."""
        self.lanes = channel.welcome.lanes
        self._ahead: list[Request] | None = None
        self._open: set[int] = set()

    def untuned(self) -> dict[str, Any]:
        """The defaults of what the experiment does not tune."""
        tuned = self.channel.welcome.parameters
        return {name: value for name, value in self.defaults.items() if name not in tuned}

    # ---- requests

    def peek(self) -> list[Request]:
        """The next request, one for each lane, all of one type. Waits for it."""
        if self._ahead is None:
            self._ahead = [request(each, self.lanes) for each in self.channel.receive()]
        return self._ahead

    def take(self, kind: type[R]) -> dict[int, R]:
        """Takes the next request if it is of this type; else nothing."""
        taken = {each.lane: each for each in self.peek() if isinstance(each, kind)}
        if taken:
            self._take()
        return taken

    def _take(self) -> None:
        self._open = {each.lane for each in self.peek() if not isinstance(each, End)}
        self._ahead = None

    def unexpected(self) -> ProtocolError:
        """The error for a request that cannot come here."""
        return ProtocolError(
            "a request came out of its order.",
            found=str(self.peek()[0])[:200],
            expected="begin first, then train, evaluate and save.",
            mend="install the clade-pbt that belongs to this Clade.",
        )

    # ---- answers

    def answer(self, kind: str, lane: int, /, **fields: object) -> None:
        """Answers the open request of a lane."""
        self.channel.answer({"type": kind, "lane": lane, **fields})
        self._open.discard(lane)

    def open(self, lane: int | None = None) -> bool:
        """Whether a request is open, of this lane or of any."""
        return bool(self._open) if lane is None else lane in self._open

    def fail(self, kind: str, what: str, lane: int | None = None) -> None:
        """Says, instead of the answer that is due, that a lane has failed, or all.

        Where none is due, that is what the next request is told. If that one is the next segment's, or the end,
        nobody asks any more.
        """
        if not self._open:
            first = self.peek()[0]
            if isinstance(first, (Begin, End)):
                return
            self._take()
        text = what.encode("utf-8", "replace").decode()[:4000]
        for each in sorted(self._open) if lane is None else [lane]:
            self.answer("failed", each, kind=kind, what=text)

    # ---- scores

    def metrics(self, score: object, complete: bool = True) -> dict[str, Plain]:
        """A score as metrics by name: a number is the one metric that the experiment names.

        :param complete: whether all that the experiment names must be there
        """
        named = self.channel.welcome.metrics
        if not isinstance(score, Mapping):
            if len(named) > 1 or (not named and not self.channel.alone):
                raise MetricMissing(
                    "the score does not say which metric it is.",
                    found=repr(score)[:200],
                    expected="a mapping with " + (", ".join(named) or "the metric of the experiment") + ".",
                    mend="give a dict: {" + ", ".join(f'"{name}": ...' for name in named or ("metric",)) + "}.",
                )
            score = {(*named, "score")[0]: score}
        missing = [name for name in named if name not in score]
        if missing and complete:
            raise MetricMissing(
                "the score lacks a metric that the experiment names.",
                found=", ".join(map(str, score)) or "none",
                expected=", ".join(named) + ".",
                mend=f"measure {', '.join(missing)} too, or name another metric in the experiment file.",
            )
        read: dict[str, Plain] = {}
        for name, value in score.items():
            try:
                read[str(name)] = samples(value)
            except TypeError as e:
                raise ScoreMissing(
                    f"what was measured of '{name}' is no number.",
                    found=repr(value)[:200],
                    expected="a number, or a list of at least one: the samples.",
                    mend="return the number from the score function.",
                ) from e
        return read

    def needs(self, capability: str, what: str) -> None:
        """:raises CapabilityMissing: if the session did not claim it"""
        if capability not in self.capabilities and not self.channel.alone:
            raise CapabilityMissing(
                f"{what} is for sessions that claim '{capability}'.",
                found="capabilities: " + (", ".join(sorted(self.capabilities)) or "none") + ".",
                expected=f"'{capability}' among them.",
                mend=f'open it as clade.session(..., capabilities=["{capability}"]).',
            )
