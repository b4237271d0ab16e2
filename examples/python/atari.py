"""An Atari game, by an actor-critic: Up 'n Down, or the game that is named.

``python3 atari.py Pong`` trains one agent under the defaults; ``clade run atari.yaml`` a population. Needs
clade-pbt[atari], which brings the games.
"""

import sys

from clade_pbt.gym import atari, train

game = sys.argv[1] if len(sys.argv) > 1 else "UpNDown"

# images of 42 x 42, as small as the network takes; learning sees clipped rewards, the score is the game's own
train(atari(game, size=42), environments=4, clip_rewards=True, steps=5000)
