"""What the package refuses, with the whole text: what, found, expected, mend."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import fake
import pytest
from fake import END, begin, evaluate, save, train

import clade_pbt
from clade_pbt import Segment


def ready(segment: Segment) -> Segment:
    _ = segment.fresh, segment.rebuild, segment.restore_from
    segment.applied(segment.hyperparameters)
    return segment


def ignores_new(segment: Segment) -> None:
    _ = segment.restore_from
    segment.applied(lr=0.5)


def ignores_restore(segment: Segment) -> None:
    _ = segment.fresh
    segment.applied(lr=0.5)


def no_receipt(segment: Segment) -> None:
    list(segment.steps())


def empty_receipt(segment: Segment) -> None:
    _ = segment.fresh
    segment.applied()


def misspelt(segment: Segment) -> None:
    _ = segment.fresh
    segment.applied(lr=0.5, learning_rate=0.5)


def no_value(segment: Segment) -> None:
    _ = segment.fresh
    segment.applied(lr=object)


def no_finish(segment: Segment) -> None:
    list(ready(segment).steps())


def never_asks(segment: Segment) -> None:
    ready(segment).finish(score=0)


def no_score(segment: Segment) -> None:
    list(ready(segment).steps())
    segment.finish()


def score_of_none(segment: Segment) -> None:
    list(ready(segment).steps())
    segment.finish(score=lambda: None)


def score_of_words(segment: Segment) -> None:
    list(ready(segment).steps())
    segment.finish(score={"accuracy": "good"})


def other_metric(segment: Segment) -> None:
    list(ready(segment).steps())
    segment.finish(score={"loss": 1})


def no_save(segment: Segment) -> None:
    list(ready(segment).steps())
    segment.finish(score=1)


def twice(segment: Segment) -> None:
    list(ready(segment).steps())
    segment.finish(score=1, save=lambda folder: None)
    segment.finish(score=1)


def midway(segment: Segment) -> None:
    for _ in ready(segment).steps():
        segment.evaluate(1)


def too_long(segment: Segment) -> None:
    for _ in ready(segment).steps():
        segment.report({"x" * (1 << 20): 1})


FRESH = begin()
COPY = begin(origin="copy", folder="/donor")


@pytest.mark.parametrize(
    ("body", "first", "kind", "text"),
    [
        (
            ignores_new,
            FRESH,
            clade_pbt.StartIgnored,
            "this segment is to build a new model, and the script did not look.\n"
            "  found:    nothing read segment.fresh.\n"
            "  expected: new objects, and new weights where nothing is restored.\n"
            "  mend:     if segment.fresh or segment.rebuild: model = build(segment.hyperparameters, segment.seed)",
        ),
        (
            ignores_restore,
            COPY,
            clade_pbt.StartIgnored,
            "this segment goes on from saved weights, and the script did not look.\n"
            "  found:    nothing read segment.restore_from.\n"
            "  expected: the weights in /donor.\n"
            "  mend:     if segment.restore_from: load(model, segment.restore_from)",
        ),
        (
            no_receipt,
            FRESH,
            clade_pbt.ReceiptMissing,
            "the script did not say which hyperparameters are in force.\n"
            "  found:    no call of segment.applied().\n"
            "  expected: one, before the first step.\n"
            "  mend:     segment.applied(lr=...), each read back from where it acts.",
        ),
        (
            empty_receipt,
            FRESH,
            clade_pbt.ReceiptMissing,
            "applied() does not name the hyperparameters of this segment.\n"
            "  found:    none\n"
            "  expected: lr\n"
            "  mend:     read each back from where it acts, and give it: segment.applied(lr=...).",
        ),
        (
            misspelt,
            FRESH,
            clade_pbt.ReceiptMissing,
            "applied() does not name the hyperparameters of this segment.\n"
            "  found:    lr, learning_rate\n"
            "  expected: lr\n"
            "  mend:     read each back from where it acts, and give it: segment.applied(lr=...).",
        ),
        (
            no_value,
            FRESH,
            clade_pbt.ReceiptMissing,
            "what applied() says of 'lr' is no value.\n"
            "  found:    <class 'object'>\n"
            "  expected: something like 0.5.\n"
            "  mend:     give the value itself, as the optimizer or the model has it.",
        ),
        (
            no_finish,
            FRESH,
            clade_pbt.NotFinished,
            "the body of a segment was left without finish().\n"
            "  found:    segment 0 of member 3, after 2 steps.\n"
            "  expected: finish(), diverged() or stop() at its end.\n"
            "  mend:     segment.finish(score=..., save=...) as the last line of the loop.",
        ),
        (
            never_asks,
            FRESH,
            clade_pbt.LengthIgnored,
            "this segment is to train, and the script did not ask how many steps.\n"
            "  found:    no call of steps() or advance(), no use of length.\n"
            "  expected: 2 steps.\n"
            "  mend:     for step in segment.steps(): ...",
        ),
        (
            no_score,
            FRESH,
            clade_pbt.ScoreMissing,
            "an evaluation is asked for, and there is no score.\n"
            "  found:    finish() without score.\n"
            "  expected: a number, a list of samples, a dict of metrics, or a function that returns one of these.\n"
            "  mend:     segment.finish(score=lambda: evaluate(model), save=...)",
        ),
        (
            score_of_none,
            FRESH,
            clade_pbt.ScoreMissing,
            "an evaluation is asked for, and there is no score.\n"
            "  found:    a score function that returned None.\n"
            "  expected: a number, a list of samples, a dict of metrics, or a function that returns one of these.\n"
            "  mend:     segment.finish(score=lambda: evaluate(model), save=...)",
        ),
        (
            score_of_words,
            FRESH,
            clade_pbt.ScoreMissing,
            "what was measured of 'accuracy' is no number.\n"
            "  found:    'good'\n"
            "  expected: a number, or a list of at least one: the samples.\n"
            "  mend:     return the number from the score function.",
        ),
        (
            other_metric,
            FRESH,
            clade_pbt.MetricMissing,
            "the score lacks a metric that the experiment names.\n"
            "  found:    loss\n"
            "  expected: accuracy.\n"
            "  mend:     measure accuracy too, or name another metric in the experiment file.",
        ),
        (
            no_save,
            FRESH,
            clade_pbt.SaveMissing,
            "the weights are to be saved, and there is no save.\n"
            "  found:    finish() without save.\n"
            "  expected: a function that writes them into a folder.\n"
            "  mend:     segment.finish(score=..., save=lambda folder: save(model, optimizer, folder))",
        ),
        (
            midway,
            FRESH,
            clade_pbt.CapabilityMissing,
            "segment.evaluate() is for sessions that claim 'midway'.\n"
            "  found:    capabilities: none.\n"
            "  expected: 'midway' among them.\n"
            '  mend:     open it as clade.session(..., capabilities=["midway"]).',
        ),
        (
            too_long,
            FRESH,
            clade_pbt.LineTooLong,
            "a message is too long for the protocol.\n"
            f'  found:    1048631 bytes: {{"type":"report","lane":0,"step":1,"metrics":{{"{"x" * 33}...\n'
            "  expected: at most 1048576 bytes.\n"
            "  mend:     give fewer or shorter values; large data belongs into files.",
        ),
    ],
    ids=lambda value: value.__name__ if callable(value) else "",
)
def test_session_refuses(
    clade: Any, body: Callable[[Segment], None], first: dict[str, Any], kind: type[Exception], text: str
) -> None:
    def script(peer: fake.Peer) -> None:
        peer.welcome()
        found = peer.ask(first)
        for request in (train(2), evaluate(), save("/x")):
            if found["type"] == "failed":
                break
            found = peer.ask(request)
        assert found["kind"] == "threw"
        assert found["what"] == f"clade_pbt.errors.{kind.__name__}: {text}"
        assert peer.receive() == {}

    with clade(script), pytest.raises(kind) as thrown, clade_pbt.session() as session:
        for segment in session:
            body(segment)
    assert str(thrown.value) == text


def test_segment_that_is_over_is_refused(clade: Any) -> None:
    def script(peer: fake.Peer) -> None:
        peer.welcome()
        peer.ask(begin())
        peer.ask(train(2))
        peer.send(END)

    with clade(script), pytest.raises(clade_pbt.SegmentOver) as thrown, clade_pbt.session() as session:
        for segment in session:
            twice(segment)
    assert str(thrown.value) == (
        "finish of a segment that is over.\n"
        "  found:    a call behind finish(), diverged() or stop().\n"
        "  expected: one before.\n"
        "  mend:     use the segment that the loop gives, before its end."
    )


def test_several_metrics_need_names(clade: Any) -> None:
    def script(peer: fake.Peer) -> None:
        peer.welcome(metrics=["accuracy", "cost"])
        peer.ask(begin())
        assert peer.ask(evaluate())["type"] == "failed"

    with clade(script), pytest.raises(clade_pbt.MetricMissing) as thrown, clade_pbt.session() as session:
        for segment in session:
            ready(segment).finish(score=0.5)
    assert str(thrown.value) == (
        "the score does not say which metric it is.\n"
        "  found:    0.5\n"
        "  expected: a mapping with accuracy, cost.\n"
        '  mend:     give a dict: {"accuracy": ..., "cost": ...}.'
    )


def test_receipts_may_be_optional(clade: Any) -> None:
    def script(peer: fake.Peer) -> None:
        peer.welcome()
        assert peer.ask(begin())["hyperparameters"] == {}
        assert peer.ask(train(2)) == {"type": "trained", "lane": 0, "steps": 2}
        peer.send(END)

    with clade(script), clade_pbt.session(receipts="optional") as session:
        for segment in session:
            assert segment.fresh
            list(segment.steps())
            segment.finish()


def test_nobody_listens(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLADE_SOCKET", "/nowhere/socket")
    with pytest.raises(clade_pbt.CladeError) as thrown, clade_pbt.session():
        pass
    assert str(thrown.value) == (
        "Clade cannot be reached.\n"
        "  found:    [Errno 2] No such file or directory at /nowhere/socket.\n"
        "  expected: Clade, listening at the path in CLADE_SOCKET.\n"
        "  mend:     start this script by 'clade run'; without CLADE_SOCKET it trains alone."
    )


def test_alone_without_defaults() -> None:
    with pytest.raises(clade_pbt.CladeError) as thrown, clade_pbt.session():
        pass
    assert str(thrown.value) == (
        "this script runs alone, and has no hyperparameters.\n"
        "  found:    no CLADE_SOCKET, and session() without defaults.\n"
        "  expected: defaults, or Clade.\n"
        '  mend:     clade.session(defaults={"lr": 1e-3}), or start it by clade run.'
    )
