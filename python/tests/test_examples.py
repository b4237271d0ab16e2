"""The client in another language, against a small Clade: the protocol fits on a page."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import fake
import pytest
from fake import END, STOP, begin, evaluate, save, train

PERL = Path(__file__).parents[2] / "examples" / "session.pl"


@pytest.mark.skipif(shutil.which("perl") is None, reason="there is no perl")
@pytest.mark.skipif(not PERL.exists(), reason="the example is in the repository, not in the package")
def test_perl_client_trains_saves_restores_and_stops(clade: Any, tmp_path: Path) -> None:
    def script(peer: fake.Peer) -> None:
        assert peer.receive()["protocol"] == [1]
        peer.send({**fake.WELCOME, "metrics": ["score"]})
        assert peer.ask(begin())["hyperparameters"] == {"lr": 0.5}
        before = peer.ask(evaluate())["metrics"]["score"]
        assert peer.ask(train(20)) == {"type": "trained", "lane": 0, "steps": 20}
        after = peer.ask(evaluate())["metrics"]["score"]
        assert before < after < 0
        assert peer.ask(save(tmp_path)) == {"type": "saved", "lane": 0}
        peer.send(begin(segment=1, origin="keep", step=20), train(None, 20))
        assert peer.answer()["type"] == "applied"
        peer.send(STOP)
        assert peer.answer()["type"] == "trained"
        peer.ask(begin(member=4, origin="copy", folder=str(tmp_path), hyperparameters={"lr": 0.25}, changed=["lr"]))
        assert (
            peer.ask(evaluate())["metrics"]["score"] == after
        )  # of new weights, drawn from this seed, it would not be
        peer.send(END)
        assert peer.receive() == {}

    with clade(script):
        assert subprocess.run(["perl", PERL], env=os.environ, timeout=60, check=False).returncode == 0
