"""What an agent sees: observations of any space as one array, an image or a vector."""

from __future__ import annotations

from typing import Any

import numpy as np
from gymnasium import spaces

from ..errors import CladeError

SMALLEST_IMAGE = 36
"""Pixels in height and width that two convolutions need; what is smaller is a vector."""


class Observations:
    """Turns a batch of observations into one array.

    Images (whole numbers from 0 to 255, height and width of at least 36, with or without channels, which may come
    first or last) become ``(N, channels, height, width)`` of ``uint8``. All else becomes ``(N, size)`` of ``float32``:
    numbers as they are (those from 0 to 255 as shares of 255), choices as one-hot vectors, the parts of tuples and
    dictionaries side by side.

    :raises CladeError: for a space that has no arrays (graphs, texts, sequences)
    """

    def __init__(self, space: Any) -> None:
        self.space = space
        self.image = _is_image(space)
        self._channels_last = self.image and len(space.shape) == 3 and space.shape[2] < space.shape[0]
        self.shape: tuple[int, ...] = tuple(self(_nothing(space)).shape[1:])
        """Of one observation."""

    def __call__(self, batch: Any) -> np.ndarray:
        """The batch as one new array."""
        if not self.image:
            vectors: np.ndarray = np.concatenate(list(_vectors(self.space, batch)), axis=1)
            return vectors
        images: np.ndarray = np.array(batch)
        if images.ndim == 3:
            images = images[:, None]
        elif self._channels_last:
            images = np.moveaxis(images, 3, 1)
        return images


def _is_image(space: Any) -> bool:
    if not isinstance(space, spaces.Box) or space.dtype != np.uint8 or len(space.shape) not in (2, 3):
        return False
    return bool(sorted(space.shape)[-2] >= SMALLEST_IMAGE)


def _nothing(space: Any) -> Any:
    """A batch of one observation that is all zeros."""
    if isinstance(space, spaces.Dict):
        return {name: _nothing(each) for name, each in space.spaces.items()}
    if isinstance(space, spaces.Tuple):
        return tuple(_nothing(each) for each in space.spaces)
    return np.zeros((1, *(space.shape or ())), getattr(space, "dtype", None))


def _vectors(space: Any, batch: Any) -> Any:
    if isinstance(space, spaces.Dict):
        for name, each in space.spaces.items():
            yield from _vectors(each, batch[name])
    elif isinstance(space, spaces.Tuple):
        for each, part in zip(space.spaces, batch, strict=True):
            yield from _vectors(each, part)
    elif isinstance(space, spaces.Discrete):
        yield np.eye(int(space.n), dtype=np.float32)[np.asarray(batch) - int(space.start)]
    elif isinstance(space, spaces.MultiDiscrete):
        chosen = (np.asarray(batch) - space.start).reshape(len(batch), -1)
        for column, n in zip(chosen.T, np.ravel(space.nvec), strict=True):
            yield np.eye(int(n), dtype=np.float32)[column]
    elif isinstance(space, (spaces.Box, spaces.MultiBinary)):
        numbers = np.asarray(batch, np.float32).reshape(len(batch), -1)
        yield numbers / 255 if space.dtype == np.uint8 else numbers
    else:
        raise CladeError(
            "an observation of this environment is no array.",
            found=f"{space}",
            expected="Box, Discrete, MultiDiscrete, MultiBinary, or a Tuple or Dict of these.",
            mend="wrap the environment (gymnasium.ObservationWrapper), so that it gives one of these.",
        )
