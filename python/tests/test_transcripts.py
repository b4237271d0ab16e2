"""The golden transcripts of the protocol, with the real package on the program's side of a real socket."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import fake
import pytest

import clade_pbt

FOLDER = Path(__file__).parents[2] / "docs" / "protocol"
NAMES = sorted(path.stem for path in FOLDER.glob("*.jsonl"))

pytestmark = pytest.mark.skipif(not NAMES, reason="the transcripts are in the repository, not in the package")


class Transcript:
    """A conversation, with what the program is to say next."""

    def __init__(self, name: str) -> None:
        text = (FOLDER / f"{name}.jsonl").read_text()
        self.lines = [json.loads(line) for line in text.splitlines()]
        self._said = [line["message"] for line in self.lines if line["from"] == "program"]

    def play(self, peer: fake.Peer) -> None:
        """Clade's side: sends its lines, and compares what comes with the program's."""
        for line in self.lines:
            if line["from"] == "clade":
                peer.send(line["message"])
            else:
                expected, found = dict(line["message"]), peer.receive()
                if expected["type"] == "hello":
                    assert str(found.pop("program")).startswith("clade-pbt ")
                    del expected["program"]
                assert found == expected

    def next(self, kind: str) -> dict[str, Any]:
        """The program's next message of this type; those before it are over."""
        while self._said[0]["type"] != kind:
            del self._said[0]
        return self._said.pop(0)

    def comes(self) -> str:
        """The type of the program's next message, but for those that the package says by itself."""
        while self._said and self._said[0]["type"] in ("hello", "applied", "trained", "saved"):
            del self._said[0]
        return self._said[0]["type"] if self._said else "end"

    def draws(self) -> bool:
        return "pictures" in self.lines[0]["message"]["capabilities"]

    def draw(self, folder: Path, seed: int) -> None:
        assert self.next("drawn")
        assert folder.is_absolute()
        assert seed == 21

    def stops(self) -> bool:
        return any(line["message"]["type"] == "stop" for line in self.lines)


def scripted(transcript: Transcript, segment: clade_pbt.Segment) -> None:
    """A trainer whose numbers are those of the transcript."""
    assert segment.fresh or segment.rebuild or segment.restore_from or segment.index > 0
    assert segment.restore_from is None or segment.restore_from.is_absolute()
    segment.applied(**segment.hyperparameters)
    for _ in segment.steps():
        if transcript.comes() == "report":
            metrics = transcript.next("report")["metrics"]
            segment.report({name: float(value) for name, value in metrics.items()})
        if transcript.comes() == "failed":
            failed = transcript.next("failed")
            if failed["kind"] == "threw":
                raise ValueError(failed["what"].removeprefix("ValueError: "))
            segment.diverged(failed["what"])
        while transcript.stops() and not segment.stopping:
            time.sleep(0.001)
    segment.finish(
        score=lambda: transcript.next("evaluated")["metrics"],
        save=lambda folder: None,
        pictures=transcript.draw if transcript.draws() else None,
    )


@pytest.mark.parametrize("name", [name for name in NAMES if name not in ("lanes", "versions")])
def test_session_says_what_the_transcript_says(name: str, clade: Any, capsys: pytest.CaptureFixture[str]) -> None:
    transcript = Transcript(name)
    with clade(transcript.play):
        clade_pbt.session(defaults={}, capabilities=["pictures"] if transcript.draws() else []).run(
            lambda segment: scripted(transcript, segment)
        )
    assert transcript.comes() == "end"


def test_crew_says_what_the_transcript_says(clade: Any) -> None:
    transcript = Transcript("lanes")
    with clade(transcript.play), clade_pbt.session(lanes=2) as session:
        sources = []
        for crew in session:
            assert list(crew.fresh) == [True, True] or list(crew.fresh) == [False, False]
            sources.append(list(crew.source))
            assert not crew.restore
            assert len(crew.hyperparameters["lr"]) == 2
            if crew.length:
                crew.report(loss=[transcript.next("report")["metrics"]["loss"] for _ in range(2)])
            crew.finish(
                score=lambda: [transcript.next("evaluated")["metrics"]["accuracy"] for _ in range(2)],
                save=lambda lane, folder: None,
            )
    assert sources == [[0, 1], [1, 1]]


def test_other_version_is_refused(clade: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("clade_pbt.wire.VERSION", 7)
    with clade(Transcript("versions").play), pytest.raises(clade_pbt.Refused) as thrown:
        clade_pbt.session(defaults={}).run(lambda segment: None)
    assert str(thrown.value) == (
        "CLADE-3502 no version of the protocol is spoken by both.\n"
        "  found:    [7]\n"
        "  expected: 1\n"
        "  mend:     install the version of the client that belongs to this Clade."
    )
