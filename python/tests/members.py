"""What a fake Clade asks a framework's callback: a donor, a recipient that copies it, the donor again."""

from __future__ import annotations

import json
import pickle
from pathlib import Path
from typing import Any

from fake import END, WELCOME, Peer, begin, evaluate, save, train

METRIC = "loss"


class Evil:
    """A pickle that leaves a mark where it is loaded."""

    def __init__(self, mark: Path) -> None:
        self.mark = mark

    def __reduce__(self) -> tuple[Any, ...]:
        return Path.touch, (self.mark,)


def plant(folder: Path, mark: Path) -> None:
    """Puts malicious pickles under every name that somebody might load."""
    for name in (
        "state.pickle",
        "model.pt",
        "optimizer.pt",
        "pytorch_model.bin",
        "model.pkl",
        "scheduler.pt",
        "data.pkl",
    ):
        (folder / name).write_bytes(pickle.dumps(Evil(mark)))


class Population:
    """Two members in one process; the conversation is kept in ``said``."""

    def __init__(self, folder: Path, rate: str, parameters: dict[str, Any] | None = None, steps: int = 3) -> None:
        self.folder = folder
        self.rate = rate
        self.parameters = {name: {"change": "live"} for name in {rate: 0, **(parameters or {})}}
        self.others = parameters or {}
        self.steps = steps
        self.said: dict[str, dict[str, Any]] = {}
        self.mark = folder / "pickle was loaded"

    def values(self, rate: float) -> dict[str, Any]:
        return {self.rate: rate, **self.others}

    def begin(self, peer: Peer, name: str, rate: float, **changes: Any) -> None:
        self.said[name] = peer.ask(begin(hyperparameters=self.values(rate), **changes))
        assert self.said[name]["type"] == "applied", self.said[name]

    def train(self, peer: Peer, name: str, step: int) -> None:
        self.said[f"{name} trained"] = peer.ask(train(self.steps, step))
        assert self.said[f"{name} trained"].get("steps") == self.steps, self.said

    def score(self, peer: Peer, name: str) -> None:
        self.said[f"{name} score"] = peer.ask(evaluate())
        assert self.said[f"{name} score"]["type"] == "evaluated", self.said

    def save(self, peer: Peer, name: str) -> Path:
        folder = self.folder / name
        folder.mkdir()
        assert peer.ask(save(folder)) == {"type": "saved", "lane": 0}
        plant(folder, self.mark)
        return folder

    def play(self, peer: Peer) -> None:
        """Donor 0 trains and is saved; member 1 begins fresh, then copies it, trains; 0 is resumed, and trains."""
        peer.receive()
        peer.send({**WELCOME, "metrics": [METRIC], "parameters": self.parameters})
        self.begin(peer, "donor", 0.5, member=0, seed=1)
        self.train(peer, "donor", 0)
        self.score(peer, "donor")
        donor = self.save(peer, "donor")
        self.begin(peer, "fresh", 0.125, member=1, seed=2)
        self.train(peer, "fresh", 0)
        self.score(peer, "fresh")
        self.save(peer, "fresh")
        copy = {"member": 1, "segment": 1, "origin": "copy", "folder": str(donor), "step": self.steps, "seed": 3}
        self.begin(peer, "copy", 0.25, changed=[self.rate], **copy)
        self.score(peer, "copied")
        self.train(peer, "copy", self.steps)
        self.score(peer, "copy")
        self.save(peer, "copy")
        resume = {"member": 0, "segment": 1, "origin": "resume", "folder": str(donor), "step": self.steps, "seed": 4}
        self.begin(peer, "resumed", 0.5, **resume)
        self.score(peer, "resumed")
        self.train(peer, "resumed", self.steps)
        self.score(peer, "end")
        peer.send(END)

    def check(self) -> None:
        """The recipient has the donor's weights and its own rate; nobody loaded a pickle."""
        for name, rate in {"donor": 0.5, "fresh": 0.125, "copy": 0.25, "resumed": 0.5}.items():
            assert self.said[name]["hyperparameters"] == self.values(rate), name
        assert self.score_of("copied") == self.score_of("donor") == self.score_of("resumed")
        assert self.score_of("copy") != self.score_of("copied")
        assert not self.mark.exists()

    def score_of(self, name: str) -> Any:
        return self.said[f"{name} score"]["metrics"][METRIC]

    def check_moments(self) -> None:
        """Updates that the moments in each save have seen: a new member's begin anew, a copy's go on."""
        from safetensors.torch import load_file

        for name, updates in {"donor": self.steps, "fresh": self.steps, "copy": 2 * self.steps}.items():
            moments = load_file(self.folder / name / "training.safetensors")
            assert moments["optimizer.0.state.0.step"] == updates, name


def written(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / "state.json").read_text())
    return found
