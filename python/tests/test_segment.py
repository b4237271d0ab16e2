"""What a segment is told and what it says, in cases that no transcript has."""

from __future__ import annotations

import math
import time
from pathlib import Path
from typing import Any

import fake
import pytest
from fake import END, STOP, begin, draw, evaluate, save, train

import clade_pbt
from clade_pbt import Segment


def prepared(segment: Segment) -> Segment:
    """A segment whose start was looked at and whose values are in force."""
    _ = segment.fresh, segment.rebuild, segment.restore_from
    segment.applied(segment.hyperparameters)
    return segment


def test_stop_ends_the_loop_with_the_steps_really_done(clade: Any) -> None:
    def script(peer: fake.Peer) -> None:
        peer.welcome()
        assert peer.ask(begin())["type"] == "applied"
        peer.send(train(None))
        assert peer.receive() == {"type": "report", "lane": 0, "step": 5, "metrics": {"loss": 1.0}}
        peer.send(STOP)
        trained = peer.answer()
        assert trained == {"type": "trained", "lane": 0, "steps": done[0]}
        assert peer.ask(save("/x")) == {"type": "saved", "lane": 0}
        peer.send(STOP)  # where nothing trains it asks for nothing
        peer.send(begin(segment=1, origin="keep", step=done[0]))
        peer.answer()
        assert peer.ask(train(2, done[0])) == {"type": "trained", "lane": 0, "steps": 2}
        peer.send(END)

    done: list[int] = []
    with clade(script), clade_pbt.session() as session:
        for segment in session:
            prepared(segment)
            for step in segment.steps():
                if segment.index == 0:
                    if step == 5:
                        segment.report(loss=1)
                    time.sleep(0.001)
                    done[:] = [step]
            segment.finish(save=lambda folder: None)
    assert done[0] >= 5


def test_break_ends_the_segment_early(clade: Any) -> None:
    def script(peer: fake.Peer) -> None:
        peer.welcome()
        peer.ask(begin(step=10))
        assert peer.ask(train(100, 10)) == {"type": "trained", "lane": 0, "steps": 3}
        peer.send(END)

    with clade(script), clade_pbt.session() as session:
        for segment in session:
            for step in prepared(segment).steps():
                if step == 13:
                    break
            segment.finish(score=0)


def test_advance_counts_as_the_budget_does(clade: Any) -> None:
    def script(peer: fake.Peer) -> None:
        peer.welcome()
        peer.ask(begin())
        assert peer.ask(train(10)) == {"type": "trained", "lane": 0, "steps": 10}
        peer.send(END)

    with clade(script), clade_pbt.session() as session:
        for segment in session:
            prepared(segment)
            assert segment.length == 10
            granted = []
            while segment.advance(4):
                granted.append(segment.step)
            assert granted == [4, 8, 10]
            segment.finish()


def test_length_that_is_trained_at_once_counts_as_done(clade: Any) -> None:
    def script(peer: fake.Peer) -> None:
        peer.welcome()
        peer.ask(begin())
        assert peer.ask(train(10)) == {"type": "trained", "lane": 0, "steps": 10}
        peer.send(END)

    with clade(script), clade_pbt.session() as session:
        for segment in session:
            assert prepared(segment).length == 10
            segment.finish()


def test_loader_begins_anew_and_iterator_ends(clade: Any) -> None:
    def script(peer: fake.Peer) -> None:
        peer.welcome()
        peer.ask(begin())
        assert peer.ask(train(5)) == {"type": "trained", "lane": 0, "steps": 5}
        peer.send(begin(segment=1, origin="keep", step=5))
        peer.answer()
        assert peer.ask(train(5, 5)) == {"type": "trained", "lane": 0, "steps": 2}
        peer.send(END)

    seen = []
    with clade(script), clade_pbt.session() as session:
        for segment in session:
            loader: Any = ["a", "b"] if segment.index == 0 else iter(["a", "b"])
            seen.append(list(prepared(segment).steps(loader)))
            segment.finish()
    assert seen == [[(1, "a"), (2, "b"), (3, "a"), (4, "b"), (5, "a")], [(6, "a"), (7, "b")]]


def test_empty_loader_is_an_error(clade: Any) -> None:
    def script(peer: fake.Peer) -> None:
        peer.welcome()
        peer.ask(begin())
        assert peer.ask(train(5))["what"] == "ValueError: the loader has no batches"

    with clade(script), pytest.raises(ValueError), clade_pbt.session() as session:
        for segment in session:
            list(prepared(segment).steps([]))


def test_copy_says_what_is_to_be_done(clade: Any) -> None:
    def script(peer: fake.Peer) -> None:
        peer.welcome(parameters={"lr": {}, "layers": {}, "gone": {}})
        values = {"lr": 0.25, "layers": [1, 2]}
        peer.ask(
            begin(
                member=5,
                segment=9,
                origin="copy",
                folder="/donor",
                hyperparameters=values,
                changed=["lr"],
                rebuild=True,
                step=90,
                lineage=120,
            )
        )
        peer.send(END)

    with clade(script), clade_pbt.session(defaults={"momentum": 0.9, "gone": 1, "lr": 1.0}) as session:
        for segment in session:
            assert (segment.member, segment.index, segment.step, segment.lineage, segment.seed) == (5, 9, 90, 120, 7)
            assert segment.fresh  # nothing was built in this process yet
            assert segment.rebuild
            assert segment.restore_from == Path("/donor")
            assert segment.changed == {"lr"}
            assert segment.hyperparameters.lr == segment.hyperparameters["lr"] == 0.25
            assert segment.hyperparameters.layers == [1, 2]
            # what is not tuned has its default, what is tuned and not active is not there
            assert dict(segment.hyperparameters) == {"momentum": 0.9, "lr": 0.25, "layers": [1, 2]}
            with pytest.raises(AttributeError, match="'gone' is no hyperparameter of this segment: it has momentum"):
                _ = segment.hyperparameters.gone
            segment.applied(**segment.hyperparameters)
            assert segment.length == 0
            assert list(segment.steps()) == []
            segment.finish()


def test_blend_is_given_to_who_claims_it(clade: Any) -> None:
    def script(peer: fake.Peer) -> None:
        assert peer.welcome()["capabilities"] == ["blend"]
        peer.ask(begin(origin="blend", folder="/own", keep=0.4, fresh=0.1))
        peer.send(END)

    with clade(script), clade_pbt.session(capabilities=["blend"]) as session:
        for segment in session:
            assert segment.blend == (0.4, 0.1)
            prepared(segment).finish()


def test_midway_is_sent_by_who_claims_it(clade: Any) -> None:
    def script(peer: fake.Peer) -> None:
        assert peer.welcome()["capabilities"] == ["midway"]
        peer.ask(begin())
        assert peer.ask(train(1)) == {"type": "midway", "lane": 0, "step": 1, "metrics": {"accuracy": [0.5, 0.75]}}
        assert peer.answer()["type"] == "trained"
        peer.send(END)

    with clade(script), clade_pbt.session(capabilities=["midway"]) as session:
        for segment in session:
            for _ in prepared(segment).steps():
                segment.evaluate(lambda: [0.5, 0.75])
            segment.finish()


@pytest.mark.parametrize(
    ("score", "metrics"),
    [
        (0.5, {"accuracy": 0.5}),
        (True, {"accuracy": 1.0}),
        ([0.5, math.nan], {"accuracy": [0.5, "NaN"]}),
        ({"accuracy": -math.inf, "loss": 2}, {"accuracy": "-Infinity", "loss": 2.0}),
        (lambda: 0.25, {"accuracy": 0.25}),
        (lambda seed: seed, {"accuracy": 11.0}),
        (lambda any_name: any_name, {"accuracy": 11.0}),
        (lambda purpose, seed=0: {"accuracy": seed, purpose: 1}, {"accuracy": 11.0, "select": 1.0}),
        (lambda model=0.75: model, {"accuracy": 0.75}),
    ],
)
def test_score_may_be(clade: Any, score: Any, metrics: dict[str, Any]) -> None:
    def script(peer: fake.Peer) -> None:
        peer.welcome()
        peer.ask(begin())
        for _ in range(2):  # the same number, if nothing was trained between
            assert peer.ask(evaluate(11)) == {"type": "evaluated", "lane": 0, "metrics": metrics}
        peer.send(END)

    with clade(script), clade_pbt.session() as session:
        for segment in session:
            prepared(segment).finish(score=score)


def test_report_of_the_test_set_has_a_function_of_its_own(clade: Any) -> None:
    def script(peer: fake.Peer) -> None:
        peer.welcome()
        peer.ask(begin())
        assert peer.ask(evaluate())["metrics"] == {"accuracy": 0.5}
        assert peer.ask(evaluate(purpose="report"))["metrics"] == {"test_accuracy": 0.25}
        peer.send(END)

    with clade(script), clade_pbt.session() as session:
        for segment in session:
            prepared(segment).finish(score=0.5, report=lambda: {"test_accuracy": 0.25})


def test_process_stays_warm_after_an_exception_and_after_ends_of_its_own(
    clade: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    def script(peer: fake.Peer) -> None:
        peer.welcome()
        failed = peer.ask(begin())
        assert failed == {"type": "failed", "lane": 0, "kind": "threw", "what": "KeyError: 'x'"}
        peer.ask(begin(member=1))
        assert peer.ask(train(5)) == {"type": "failed", "lane": 0, "kind": "diverged", "what": "loss is NaN"}
        peer.ask(begin(member=2))
        assert peer.ask(train(5)) == {"type": "failed", "lane": 0, "kind": "quit", "what": "enough"}
        peer.ask(begin(member=3))
        peer.ask(train(1))
        failed = peer.ask(evaluate())
        assert failed == {"type": "failed", "lane": 0, "kind": "threw", "what": "ZeroDivisionError: division by zero"}
        peer.ask(begin(member=4))
        # an exception between the receipt and the training is told to what is asked next
        assert peer.ask(train(5))["what"] == "RuntimeError: between"
        peer.send(END)

    seen = []

    def body(segment: Segment) -> None:
        seen.append(segment.member)
        if segment.member == 3 and segment.index == 0 and len(seen) == 1:
            raise KeyError("x")
        prepared(segment)
        if segment.member == 4:
            raise RuntimeError("between")
        for _ in segment.steps():
            if segment.member == 1:
                segment.diverged("loss is NaN")
                segment.report(loss=math.nan)  # nobody asks any more
            if segment.member == 2:
                segment.stop("enough")
        segment.finish(score=lambda: 1 / 0)

    with clade(script):
        clade_pbt.session().run(body)
    assert seen == [3, 1, 2, 3, 4]
    assert "ZeroDivisionError" in capsys.readouterr().err


def test_fresh_until_something_was_built(clade: Any, capsys: pytest.CaptureFixture[str]) -> None:
    def script(peer: fake.Peer) -> None:
        peer.welcome()
        assert peer.ask(begin())["type"] == "failed"
        peer.ask(begin(origin="copy", folder="/donor"))
        peer.ask(begin(origin="copy", folder="/donor"))
        peer.send(END)

    seen = []

    def body(segment: Segment) -> None:
        seen.append(segment.fresh)
        if len(seen) == 1:
            raise MemoryError("while it was built")
        prepared(segment).finish()

    with clade(script):
        clade_pbt.session().run(body)
    assert seen == [True, True, False]


def test_exception_leaves_the_with_and_is_told(clade: Any) -> None:
    def script(peer: fake.Peer) -> None:
        peer.welcome()
        peer.ask(begin())
        assert peer.ask(train(5))["what"] == "ValueError: lone ? surrogate"
        assert peer.receive() == {}

    with clade(script), pytest.raises(ValueError), clade_pbt.session() as session:
        for segment in session:
            for _ in prepared(segment).steps():
                raise ValueError("lone \ud800 surrogate")


def test_exception_behind_finish_is_nobodys_failure(clade: Any) -> None:
    def script(peer: fake.Peer) -> None:
        peer.welcome()
        peer.ask(begin())
        peer.send(begin(member=9))
        assert peer.receive() == {}

    with clade(script), pytest.raises(ValueError), clade_pbt.session() as session:
        for segment in session:
            prepared(segment).finish()
            raise ValueError("too late")


def test_end_of_file_is_the_end(clade: Any) -> None:
    def script(peer: fake.Peer) -> None:
        peer.welcome()
        peer.ask(begin())
        peer.send(train(None))
        peer.receive()

    ended = False
    with clade(script), clade_pbt.session() as session:
        for segment in session:
            for step in prepared(segment).steps():
                segment.report(loss=step)
            segment.finish()
            ended = True
    assert ended


def test_long_training_says_that_it_goes_on(clade: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("clade_pbt.wire.PROGRESS", 0.0)

    def script(peer: fake.Peer) -> None:
        peer.welcome()
        peer.ask(begin(step=4))
        peer.send(train(2, 4))
        said = [peer.receive() for _ in range(3)]
        assert said == [
            {"type": "report", "lane": 0, "step": 4, "metrics": {}},
            {"type": "report", "lane": 0, "step": 5, "metrics": {}},
            {"type": "trained", "lane": 0, "steps": 2},
        ]
        peer.send(END)

    with clade(script), clade_pbt.session() as session:
        for segment in session:
            for _ in prepared(segment).steps():
                pass
            segment.finish()


def test_many_reports_arrive_whole_and_in_order(clade: Any) -> None:
    n = 20_000

    def script(peer: fake.Peer) -> None:
        peer.welcome()
        peer.ask(begin())
        peer.send(train(n))
        for step in range(1, n + 1):
            report = peer.receive()
            assert report["step"] == step
            assert report["metrics"] == {"loss": 1 / step, "eval/\u00e4": "NaN" if step % 2 else float(step)}
        assert peer.receive() == {"type": "trained", "lane": 0, "steps": n}
        peer.send(END)

    with clade(script), clade_pbt.session() as session:
        for segment in session:
            for step in prepared(segment).steps():
                segment.report({"eval/\u00e4": math.nan if step % 2 else step}, loss=1 / step)
            segment.finish()


def test_last_report_does_not_wait_for_the_next(clade: Any) -> None:
    def script(peer: fake.Peer) -> None:
        peer.welcome()
        peer.ask(begin())
        peer.send(train(1))
        assert peer.receive()["metrics"] == {"loss": 1.0}
        peer.send(STOP)
        assert peer.receive()["type"] == "trained"
        peer.send(END)

    with clade(script), clade_pbt.session() as session:
        for segment in session:
            prepared(segment)
            assert segment.advance()
            segment.report(loss=1)
            while not segment.stopping:  # until Clade has seen the report
                time.sleep(0.001)
            segment.finish()


def test_pictures_are_drawn_when_they_are_asked_for(clade: Any, tmp_path: Path) -> None:
    def script(peer: fake.Peer) -> None:
        peer.welcome()
        peer.ask(begin())
        drawn = peer.ask(draw(tmp_path))
        assert drawn == {"type": "drawn", "lane": 0}
        peer.send(END)

    with clade(script), clade_pbt.session(capabilities=["pictures"]) as session:
        for segment in session:
            prepared(segment)
            segment.finish(pictures=lambda folder, seed: (folder / f"{seed}.png").touch())
    assert [each.name for each in tmp_path.iterdir()] == ["7.png"]


def test_pictures_that_the_session_does_not_claim_are_refused(clade: Any) -> None:
    def script(peer: fake.Peer) -> None:
        peer.welcome()
        peer.ask(begin())
        failed = peer.ask(evaluate())
        assert failed["type"] == "failed"

    with clade(script), pytest.raises(clade_pbt.CapabilityMissing), clade_pbt.session() as session:
        for segment in session:
            prepared(segment)
            segment.finish(score=1, pictures=lambda folder, seed: None)
