"""What can go wrong, each kind by its own name: what, what was found, what was expected, and how to mend it."""

from __future__ import annotations


class CladeError(Exception):
    """An error as Clade reports it.

    ``code`` is Clade's (``CLADE-3502``) where Clade found it, else None.
    """

    def __init__(self, what: str, *, found: str, expected: str, mend: str, code: str | None = None) -> None:
        self.what = what
        self.found = found
        self.expected = expected
        self.mend = mend
        self.code = code
        head = what if code is None else f"{code} {what}"
        super().__init__(f"{head}\n  found:    {found}\n  expected: {expected}\n  mend:     {mend}")


class Refused(CladeError):
    """Clade found something wrong with this program, and has closed the session."""


class ProtocolError(CladeError):
    """The other side of the socket sent what the protocol does not have."""


class AppNotFound(CladeError):
    """There is no Clade to start."""


class RunFailed(CladeError):
    """The command that ran the experiment ended with an error."""


class Refusal(CladeError):
    """The script breaks the contract of a segment. Going on would train or measure the wrong thing."""


class StartIgnored(Refusal):
    """A segment begins with new or with saved weights, and the script did not look."""


class ReceiptMissing(Refusal):
    """The script did not say which hyperparameters are in force."""


class LengthIgnored(Refusal):
    """The script never asked how many steps it is to train."""


class NotFinished(Refusal):
    """The body of the loop was left without ``finish``."""


class SegmentOver(Refusal):
    """A segment was used after it was finished."""


class ScoreMissing(Refusal):
    """An evaluation was asked for and there is no score, or none that is a number."""


class MetricMissing(ScoreMissing):
    """An evaluation lacks a metric that the experiment names, or does not say which one it is."""


class SaveMissing(Refusal):
    """The weights are to be saved, and ``finish`` was given no ``save``."""


class LineTooLong(Refusal):
    """A message is longer than the protocol has room for."""


class CapabilityMissing(Refusal):
    """The script does what its session never claimed to be able to."""


class RanksDiffer(Refusal):
    """The ranks of one program are not at the same place, or do not have the same values in force."""
