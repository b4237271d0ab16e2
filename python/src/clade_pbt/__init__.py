"""Clade for Python: train members of a population from any script. ``import clade_pbt as clade``.

``session`` is the door: the script loops over segments, of one member after another. Without Clade it trains once,
under its defaults. ``run`` is for notebooks.
"""

from ._version import __version__
from .crew import Crew
from .errors import (
    AppNotFound,
    CapabilityMissing,
    CladeError,
    LengthIgnored,
    LineTooLong,
    MetricMissing,
    NotFinished,
    ProtocolError,
    RanksDiffer,
    ReceiptMissing,
    Refusal,
    Refused,
    RunFailed,
    SaveMissing,
    ScoreMissing,
    SegmentOver,
    StartIgnored,
)
from .hyperparameters import Hyperparameters
from .notebook import Best, Outcome, resume, run
from .segment import Segment
from .session import Session, session

__all__ = [
    "AppNotFound",
    "Best",
    "CapabilityMissing",
    "CladeError",
    "Crew",
    "Hyperparameters",
    "LengthIgnored",
    "LineTooLong",
    "MetricMissing",
    "NotFinished",
    "Outcome",
    "ProtocolError",
    "RanksDiffer",
    "ReceiptMissing",
    "Refusal",
    "Refused",
    "RunFailed",
    "SaveMissing",
    "ScoreMissing",
    "Segment",
    "SegmentOver",
    "Session",
    "StartIgnored",
    "__version__",
    "resume",
    "run",
    "session",
]
