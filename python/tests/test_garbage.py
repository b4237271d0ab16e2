"""Whatever the other side sends, the package says what it was, and never hangs."""

from __future__ import annotations

import json
import random
from typing import Any

import fake
import pytest
from fake import begin, evaluate, save, train

import clade_pbt


def play(session: clade_pbt.Session[clade_pbt.Segment]) -> None:
    with session:
        for segment in session:
            _ = segment.fresh, segment.rebuild, segment.restore_from, segment.blend
            segment.applied(segment.hyperparameters)
            for _ in segment.steps():
                segment.report(loss=1)
            segment.finish(score=1, save=lambda folder: None)


@pytest.mark.parametrize(
    ("garbage", "text"),
    [
        (b"hello\n", "a line is no message of the protocol"),
        (b"\xff\xfe\n", "a line is no message of the protocol"),
        (b"\n", "a line is no message of the protocol"),
        (b"[1]\n", "a line is no message of the protocol"),
        (b"{}\n", "a line is no message of the protocol"),
        (b'{"type":1}\n', "a line is no message of the protocol"),
        (b"[" * 100_000 + b"\n", "a line is no message of the protocol"),
        (b'{"type":"begin","x":' + b"[" * 16 + b"]" * 16 + b"}\n", "a line is no message of the protocol"),
        (b"x" * (1 << 20), "a line is too long"),
        (b"x" * (1 << 21) + b"\n", "a line is too long"),
        (b'{"type":"dance"}\n', "a message of an unknown type"),
        (b'{"type":"train","lane":0,"steps":1,"step":0}\n', "a request came out of its order"),
        (b'{"type":"evaluate","lane":0,"seed":1,"purpose":"select"}\n', "a request came out of its order"),
        (b'{"type":"begin","lane":1}\n', "lacks the field 'lane'"),
        (b'{"type":"begin","lane":true}\n', "lacks the field 'lane'"),
        (b'{"type":"begin","lane":0,"more":true}\n{"type":"train","lane":1}\n', "the messages of a batch"),
        (json.dumps(begin(seed=1 << 53)).encode() + b"\n", "lacks the field 'seed'"),
        (json.dumps(begin(origin="heaven")).encode() + b"\n", "lacks the field 'origin'"),
        (json.dumps(begin(origin="copy")).encode() + b"\n", "lacks the field 'folder'"),
        (json.dumps(begin(rebuild=1)).encode() + b"\n", "lacks the field 'rebuild'"),
    ],
)
def test_garbage_is_named(clade: Any, garbage: bytes, text: str) -> None:
    def script(peer: fake.Peer) -> None:
        peer.welcome()
        try:
            peer.socket.sendall(garbage)
            peer.receive()
        except ConnectionError:
            pass  # it was closed before all was sent

    with clade(script), pytest.raises(clade_pbt.ProtocolError) as thrown:
        play(clade_pbt.session())
    assert text in str(thrown.value)
    assert len(str(thrown.value)) < 1000


def test_request_while_training_is_out_of_order(clade: Any) -> None:
    def script(peer: fake.Peer) -> None:
        peer.welcome()
        peer.ask(begin())
        peer.send(train(None), evaluate())
        assert peer.answer() == {}

    with clade(script), pytest.raises(clade_pbt.ProtocolError, match="a request came while this program trains"):
        play(clade_pbt.session())


def test_no_welcome(clade: Any) -> None:
    with clade(lambda peer: peer.receive()), pytest.raises(clade_pbt.CladeError, match="before it said welcome"):
        play(clade_pbt.session())

    def other(peer: fake.Peer) -> None:
        peer.welcome(type="hello")

    with clade(other), pytest.raises(clade_pbt.ProtocolError, match="was not answered by a welcome"):
        play(clade_pbt.session())


def test_error_in_the_midst_is_raised(clade: Any) -> None:
    error = {"type": "error", "code": "CLADE-3508", "what": "w.", "found": "f", "expected": "e", "mend": "m"}

    def script(peer: fake.Peer) -> None:
        peer.welcome()
        peer.ask(begin())
        peer.send(train(None), error)

    with clade(script), pytest.raises(clade_pbt.Refused) as thrown:
        play(clade_pbt.session())
    assert str(thrown.value) == "CLADE-3508 w.\n  found:    f\n  expected: e\n  mend:     m"


@pytest.mark.parametrize("seed", range(60))
def test_damaged_conversation_ends(clade: Any, seed: int) -> None:
    """A sound conversation with one to four damages, from fixed seeds: it ends, at worst by an error with a name."""
    chance = random.Random(seed)
    requests = [
        begin(),
        train(3),
        evaluate(),
        save("/x"),
        begin(segment=1, origin="copy", folder="/y", rebuild=True),
        evaluate(),
        train(2, 3),
    ]
    data = bytearray("".join(json.dumps(each) + "\n" for each in requests).encode())
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(data))
        damage = chance.randrange(3)
        if damage == 0:
            data[at] = chance.randrange(256)
        elif damage == 1:
            del data[at : at + chance.randint(1, 40)]
        else:
            data[at:at] = chance.randbytes(chance.randint(1, 20))

    def script(peer: fake.Peer) -> None:
        peer.welcome()
        try:
            peer.socket.sendall(data)
            peer.socket.shutdown(1)  # SHUT_WR: no more requests
            while peer.socket.recv(1 << 16):
                pass
        except ConnectionError:
            pass

    with clade(script):
        try:
            play(clade_pbt.session())
        except clade_pbt.CladeError as e:
            assert e.mend
