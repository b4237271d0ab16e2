"""Gymnasium: any environment trains members, by an actor-critic that is here or by an agent of your own.

::

    trainer: {session: [python, -m, clade_pbt.gym, CartPole-v1]}     # in an experiment file: no program is needed

    from clade_pbt.gym import train                                  # the same as a program
    train("CartPole-v1", environments=16)

An agent of your own needs only :class:`Worlds`: copies of an environment in lockstep, seeded, whose episodes are
counted. Needs ``gymnasium`` and ``numpy`` (``pip install clade-pbt[gym]``); Atari games ``clade-pbt[atari]``.
"""

from .agent import ActorCritic, Values
from .atari import atari
from .training import train
from .worlds import Step, Worlds

__all__ = ["ActorCritic", "Step", "Values", "Worlds", "atari", "train"]
