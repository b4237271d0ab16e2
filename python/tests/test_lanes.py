"""Crews: several members in one program."""

from __future__ import annotations

import builtins
from pathlib import Path
from typing import Any

import fake
import pytest
from fake import END, begin, evaluate, save, train

import clade_pbt


def batch(*messages: dict[str, Any]) -> list[dict[str, Any]]:
    return [{**each, "lane": lane, "more": True} for lane, each in enumerate(messages[:-1])] + [
        {**messages[-1], "lane": len(messages) - 1}
    ]


def asked(peer: fake.Peer, *messages: dict[str, Any]) -> list[dict[str, Any]]:
    peer.send(*messages)
    return [peer.answer() for _ in messages]


def test_crew_trains_measures_and_saves_each_lane(clade: Any, tmp_path: Path) -> None:
    pytest.importorskip("numpy")
    values = {"lr": 0.1, "n": 3, "layers": [0.5, 0.25], "optimizer": "adam"}

    def script(peer: fake.Peer) -> None:
        hello = peer.welcome(lanes=3)
        assert (hello["lanes"], hello["capabilities"]) == (4, ["lanes"])
        starts = batch(
            begin(member=7, hyperparameters=values),
            begin(member=8, hyperparameters=values, origin="resume", folder="/own"),
            begin(member=9, hyperparameters={**values, "lr": 0.3}, origin="blend", folder="/b", keep=0.5, fresh=0.25),
        )
        receipts = asked(peer, *starts)
        assert [each["hyperparameters"]["lr"] for each in receipts] == [0.1, 0.1, 0.3]
        assert receipts[0]["hyperparameters"] == values
        trained = asked(peer, *batch(train(4), train(4), train(4)))
        assert [(each["lane"], each["steps"]) for each in trained] == [(0, 4), (1, 4), (2, 4)]
        scores = asked(peer, *batch(evaluate(1), evaluate(2), evaluate(3)))
        assert [each["metrics"] for each in scores] == [
            {"accuracy": [1.0, 0.0]},
            {"accuracy": [2.0, 0.0]},
            {"accuracy": [3.0, 0.0]},
        ]
        assert peer.ask(evaluate(9, lane=1))["metrics"] == {"accuracy": [9.0, 0.0]}
        assert peer.ask(save(tmp_path, lane=2)) == {"type": "saved", "lane": 2}
        receipts = asked(peer, begin(lane=2, member=9, segment=1, origin="lane", **{"from": 0}))
        assert receipts == [{"type": "applied", "lane": 2, "hyperparameters": {"lr": 0.5}}]
        peer.send(END)

    seen = []
    with clade(script), clade_pbt.session(lanes=4, capabilities=[]) as session:
        for crew in session:
            assert len(crew) == 3
            seen.append(
                (list(crew.fresh), list(crew.source), crew.restore, crew.blend, crew.rebuild, list(crew.members))
            )
            if len(seen) == 1:
                h = crew.hyperparameters
                assert h["lr"].dtype == "float32"
                assert h["lr"].shape == (3,)
                assert h["n"].dtype == "int64"
                assert h["layers"].shape == (3, 2)
                assert h["optimizer"] == ["adam"] * 3
                assert crew.length == 4
                assert list(crew.moving) == [True] * 3
            crew.finish(
                score=lambda seeds: [[seed, 0] for seed in seeds],
                save=lambda lane, folder: (folder / str(lane)).write_text("x"),
            )
    assert (tmp_path / "2").read_text() == "x"
    assert seen == [
        (
            [True, False, False],
            [0, 1, 2],
            [(1, Path("/own")), (2, Path("/b"))],
            {2: (0.5, 0.25)},
            True,
            [7, 8, 9],
        ),
        ([False] * 3, [0, 1, 0], [], {}, False, [7, 8, 9]),
    ]


def test_crew_without_numpy_has_lists(clade: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    known = builtins.__import__

    def without_numpy(name: str, *rest: Any) -> Any:
        if name == "numpy":
            raise ImportError(name)
        return known(name, *rest)

    def script(peer: fake.Peer) -> None:
        peer.welcome(lanes=2)
        asked(peer, *batch(begin(), begin()))
        peer.send(END)

    with clade(script), clade_pbt.session({"momentum": 0.9}, lanes=2) as session:
        for crew in session:
            monkeypatch.setattr(builtins, "__import__", without_numpy)
            assert crew.fresh == [True, True]
            assert crew.seeds == [7, 7]
            assert crew.hyperparameters == {"lr": [0.5, 0.5], "momentum": [0.9, 0.9]}
            crew.applied(lr=[0.5, 0.5])
            crew.finish()
            monkeypatch.undo()


def test_lanes_of_several_lengths_are_advanced_together(clade: Any) -> None:
    def script(peer: fake.Peer) -> None:
        peer.welcome(lanes=3)
        asked(peer, *batch(begin(), begin(), begin()))
        trained = asked(peer, train(2, lane=0, more=True), train(5, 10, lane=2))
        assert [(each["lane"], each["steps"]) for each in trained] == [(0, 2), (2, 5)]
        peer.send(END)

    with clade(script), clade_pbt.session(lanes=3) as session:
        for crew in session:
            assert all(crew.fresh)
            assert len(crew.hyperparameters["lr"]) == 3
            with pytest.raises(clade_pbt.LengthIgnored, match="several lengths"):
                _ = crew.length
            assert list(crew.lengths) == [2, 0, 5]
            moved = []
            while crew.advance():
                crew.report(loss=[1, 2, 3])
                moved.append([int(each) for each in crew.moving])
            crew.finish()
    assert moved == [[1, 0, 1], [0, 0, 1], [0, 0, 1], [0, 0, 1], [0, 0, 0]]


def test_one_lane_may_diverge_and_all_may_throw(clade: Any, capsys: pytest.CaptureFixture[str]) -> None:
    def script(peer: fake.Peer) -> None:
        peer.welcome(lanes=2)
        asked(peer, *batch(begin(), begin()))
        answers = asked(peer, *batch(train(2), train(2)))
        assert answers == [
            {"type": "failed", "lane": 1, "kind": "diverged", "what": "NaN"},
            {"type": "trained", "lane": 0, "steps": 2},
        ]
        answers = asked(peer, *batch(begin(segment=1), begin(member=4)))
        assert [(each["type"], each["lane"], each["kind"], each["what"]) for each in answers] == [
            ("failed", 0, "threw", "ValueError: x"),
            ("failed", 1, "threw", "ValueError: x"),
        ]
        peer.send(END)

    crews = []

    def body(crew: clade_pbt.Crew) -> None:
        crews.append(crew)
        if len(crews) == 2:
            raise ValueError("x")
        assert all(crew.fresh)
        assert len(crew.hyperparameters["lr"]) == crew.length == 2
        crew.diverged(1, "NaN")
        crew.finish()

    with clade(script):
        clade_pbt.session(lanes=2).run(body)


def test_lane_that_stood_still_must_not_have_been_trained(clade: Any) -> None:
    def script(peer: fake.Peer) -> None:
        peer.welcome(lanes=2)
        asked(peer, *batch(begin(), begin()))
        asked(peer, train(2, lane=0))
        peer.send(begin(lane=1, segment=1, origin="keep"))
        assert peer.answer() == {}

    with clade(script), pytest.raises(clade_pbt.StartIgnored) as thrown, clade_pbt.session(lanes=2) as session:
        for crew in session:
            assert all(crew.fresh)
            assert len(crew.hyperparameters["lr"]) == crew.length == 2
            crew.finish()
    assert str(thrown.value) == (
        "lane 1 stood still while others trained, and the script trained it too.\n"
        "  found:    nothing read crew.moving or crew.lengths.\n"
        "  expected: weights that are unchanged.\n"
        "  mend:     train where crew.moving only: state = where(crew.moving, trained, state)"
    )


@pytest.mark.parametrize(
    ("read", "starts", "kind", "found"),
    [
        ([], [begin(), begin()], clade_pbt.StartIgnored, "nothing read crew.fresh."),
        (["fresh"], [begin(), begin(origin="copy", folder="/x")], clade_pbt.StartIgnored, "nothing read crew.restore."),
        (
            ["fresh"],
            [begin(), begin(origin="lane", **{"from": 0})],
            clade_pbt.StartIgnored,
            "nothing read crew.source.",
        ),
        (["fresh"], [begin(), begin()], clade_pbt.LengthIgnored, "read: fresh."),
        (["fresh", "hyperparameters"], [begin(), begin()], clade_pbt.LengthIgnored, "read: fresh, hyperparameters."),
        (["fresh", "length"], [begin(), begin()], clade_pbt.LengthIgnored, "read: fresh, length."),
    ],
)
def test_crew_that_ignores_is_refused(
    clade: Any, read: list[str], starts: list[dict[str, Any]], kind: type[clade_pbt.Refusal], found: str
) -> None:
    def script(peer: fake.Peer) -> None:
        peer.welcome(lanes=2)
        if asked(peer, *batch(*starts))[0]["type"] == "applied":
            asked(peer, *batch(train(1), train(1)))

    with clade(script), pytest.raises(kind) as thrown, clade_pbt.session(lanes=2) as session:
        for crew in session:
            for name in read:
                getattr(crew, name)
            crew.finish(score=[1, 2])
    assert thrown.value.found == found


def test_crew_without_finish_is_refused(clade: Any) -> None:
    def script(peer: fake.Peer) -> None:
        peer.welcome(lanes=2)
        assert [each["type"] for each in asked(peer, *batch(begin(), begin()))] == ["failed", "failed"]

    with clade(script), pytest.raises(clade_pbt.NotFinished), clade_pbt.session(lanes=2) as session:
        for _ in session:
            pass


def test_score_of_a_crew_has_a_place_for_each_lane(clade: Any) -> None:
    def script(peer: fake.Peer) -> None:
        peer.welcome(lanes=2)
        asked(peer, *batch(begin(), begin()))
        assert asked(peer, *batch(evaluate(), evaluate()))[0]["type"] == "failed"

    with clade(script), pytest.raises(clade_pbt.ScoreMissing) as thrown, clade_pbt.session(lanes=2) as session:
        for crew in session:
            assert all(crew.fresh)
            crew.finish(score=[1, 2, 3])
    assert thrown.value.found == "[1, 2, 3]"
    assert thrown.value.expected == "2 numbers or lists of samples."
