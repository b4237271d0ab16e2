"""An episode as moving pictures: an animated PNG, which browsers play and others show the first frame of."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from ..errors import CladeError
from .worlds import Worlds

MOST = 300
"""The longest that is drawn: whoever watches has seen enough by then."""
RATE = 15
"""Frames a second."""
SIDE = 320
"""The most pixels along a side: what is rendered larger is shrunk, or 300 frames would fill the memory and the page."""


def draw(worlds: Worlds, act: Callable[[np.ndarray], np.ndarray], seed: int, file: Path) -> None:
    """Draws the first copy's first episode, at most :data:`MOST` steps of it. The environments begin anew.

    :param worlds: some that show something (:attr:`Worlds.shows`)
    :param act: gives the actions for what is seen
    :param file: ``.png``
    :raises CladeError: without Pillow
    """
    try:
        from PIL import Image
    except ImportError as missing:
        raise CladeError(
            "no episode can be drawn.",
            found=f"{missing}",
            expected="Pillow, which comes with clade-pbt[gym].",
            mend="pip install pillow",
        ) from missing

    def frame() -> Any:
        image = Image.fromarray(worlds.picture())
        image.thumbnail((SIDE, SIDE))
        return image

    worlds.reset(seed)
    frames = [frame()]
    while len(frames) < MOST:
        step = worlds.step(act(worlds.seen))
        frames.append(frame())
        if step.terminated[0] or step.truncated[0]:
            break
    frames[0].save(file, save_all=True, append_images=frames[1:], duration=round(1000 / RATE), loop=0)
