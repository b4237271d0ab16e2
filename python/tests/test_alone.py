"""Scripts without Clade."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import clade_pbt


def test_script_trains_once_under_its_defaults(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CLADE_SEED", "42")
    monkeypatch.setenv("CLADE_SAVE", str(tmp_path / "new" / "weights"))
    monkeypatch.setattr("clade_pbt.alone.PRINT_EVERY", 0.0)
    segments = []
    with clade_pbt.session(defaults={"lr": 0.5, "layers": [1, 2]}, steps=3) as session:
        assert session.alone
        for segment in session:
            segments.append(segment)
            assert (segment.fresh, segment.restore_from, segment.seed, segment.member) == (True, None, 42, 0)
            segment.applied(lr=0.25, layers=[1, 2])
            assert segment.length == 3
            for step in segment.steps():
                segment.report(loss=1 / step)
            segment.finish(
                score=lambda seed: {"accuracy": [0.5, float("nan")], "seed": seed},
                save=lambda folder: (folder / "w").write_text("x"),
            )
    out, err = capsys.readouterr()
    assert json.loads(out) == {"accuracy": [0.5, "NaN"], "seed": 42}
    assert "clade: 'lr' is 0.5 and 0.25 is in force: Clade would refuse that.\n" in err
    assert "step 3  loss 0.333333\n" in err
    assert (tmp_path / "new" / "weights" / "w").read_text() == "x"
    assert len(segments) == 1


def test_without_steps_it_trains_until_the_loader_ends(capsys: pytest.CaptureFixture[str]) -> None:
    seen = []
    with clade_pbt.session(defaults={"lr": 0.5}) as session:
        for segment in session:
            assert segment.fresh
            segment.applied(segment.hyperparameters)
            assert segment.length is None
            seen = list(segment.steps(["a", "b"]))
            segment.finish(score=0.5, save=lambda folder: pytest.fail("nobody asked"))
    assert seen == [(1, "a"), (2, "b")]
    assert capsys.readouterr().out == '{"score": 0.5}\n'


def test_exception_is_the_scripts_own() -> None:
    def body(segment: clade_pbt.Segment) -> None:
        raise ValueError("mine")

    with pytest.raises(ValueError, match="mine"):
        clade_pbt.session(defaults={}).run(body)


def test_divergence_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    with clade_pbt.session(defaults={"lr": 1.0}, steps=5) as session:
        for segment in session:
            assert segment.fresh
            segment.applied(lr=1)
            for _ in segment.steps():
                segment.diverged("loss is NaN")
            segment.finish(score=lambda: pytest.fail("nobody asked"))
    assert capsys.readouterr().err == "clade: diverged: loss is NaN\n"


def test_lanes_alone(capsys: pytest.CaptureFixture[str]) -> None:
    with clade_pbt.session({"lr": 0.5}, lanes=2, steps=3) as session:
        for crew in session:
            assert list(crew.seeds) == [0, 1]
            assert all(crew.fresh)
            crew.report(loss=[crew.hyperparameters["lr"][0] * crew.length, 0])
            crew.finish(score=[1, 2])
    assert capsys.readouterr().out == '{"score": 1.0}\n{"score": 2.0}\n'


def test_lanes_alone_need_a_length() -> None:
    with pytest.raises(clade_pbt.CladeError, match="lanes that run alone need a length"):
        clade_pbt.session({"lr": 0.5}, lanes=2).alone  # noqa: B018


def test_seed_is_a_whole_number(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLADE_SEED", "-1")
    with pytest.raises(clade_pbt.CladeError, match="CLADE_SEED is no seed"):
        clade_pbt.session({"lr": 0.5}).alone  # noqa: B018


def test_script_of_the_readme_trains_and_saves(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CLADE_SAVE", str(tmp_path))
    text = (Path(__file__).parents[1] / "README.md").read_text("utf-8")
    exec(compile(text.split("```python\n")[1].split("```")[0], "README.md", "exec"), {})
    assert -0.5 < json.loads(capsys.readouterr().out)["score"] < 0
    assert len(json.loads((tmp_path / "weights.json").read_text())) == 20
