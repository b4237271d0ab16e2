"""Points of random play, thirty games, in the game and under the protocol of ``examples/python/atari.py``."""

import numpy as np

from clade_pbt.gym import Worlds, atari

GAME = "UpNDown"
GAMES = 30

worlds = Worlds(atari(GAME, size=42), 4)
random = np.random.default_rng(1)
points = worlds.play(lambda seen: random.integers(worlds.action_space.n, size=worlds.count), GAMES, 1)
error = np.std(points, ddof=1) / GAMES**0.5
print(f"random play in {GAME}: {np.mean(points):.0f} points, standard error {error:.0f}, {GAMES} games")
