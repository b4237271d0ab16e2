"""Atari games: the Arcade Learning Environment, whose package carries the games (``pip install clade-pbt[atari]``)."""

from __future__ import annotations

import os
from typing import Any

from .worlds import Make

FRAMES = 18_000
"""Frames after which an episode is cut off: five minutes of play."""


def atari(game: str, size: int = 84, **options: Any) -> Make:
    """An Atari game under the usual protocol (Machado et al. 2018, arXiv 1709.06009).

    The action before is repeated with probability 0.25 (sticky actions); four frames a step, the brighter of the last
    two; grey images of ``size`` x ``size`` pixels, the last four of them; the game's own set of actions; an episode is
    a whole game, not a life, of at most five minutes. Rewards are the game's own points: clip them for learning with
    ``train(..., clip_rewards=True)``.

    :param game: as Gymnasium names it: ``Pong``, ``MsPacman``
    :param options: of ``ale_py.AtariVectorEnv``, over these
    """

    def make(count: int) -> Any:
        import ale_py
        import gymnasium

        gymnasium.register_envs(ale_py)
        usual = {
            "repeat_action_probability": 0.25,
            "frameskip": 4,
            "maxpool": True,
            "grayscale": True,
            "stack_num": 4,
            "img_height": size,
            "img_width": size,
            "episodic_life": False,
            "use_fire_reset": False,
            "reward_clipping": False,
            "max_num_frames_per_episode": FRAMES,
            "num_threads": int(os.environ.get("OMP_NUM_THREADS") or 0),
        }
        return gymnasium.make_vec(f"ALE/{game}-v5", count, **{**usual, **options})

    return make
