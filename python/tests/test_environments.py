"""The programs in ``docs/environments.md``, but Atari's (``test_gym.py`` has that).

DeepMind Lab and pysc2 are stand-ins with the calls that their documents name: this shows that the wrappers are whole on
Gymnasium's side, not that the real ones do as they say.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("gymnasium")

DOCUMENT = Path(__file__).parents[2] / "docs" / "environments.md"
SOURCE = Path(__file__).parents[1] / "src"

LAB = """
import numpy as np

class Lab:
    def __init__(self, level, observations, config={}, renderer="software"):
        assert (level, observations) == ("nav_maze_random_goal_01", ["RGB_INTERLACED"])
        self._shape = int(config["height"]), int(config["width"]), 3
        self._left = 0
    def reset(self, episode=-1, seed=None):
        self._left = 5
    def is_running(self):
        return self._left > 0
    def step(self, action, num_steps=1):
        assert (action.dtype, action.shape, num_steps) == (np.intc, (7,), 4)
        self._left -= 1
        return 1.0
    def observations(self):
        assert self.is_running()
        return {"RGB_INTERLACED": np.zeros(self._shape, np.uint8)}
"""

GAME = """
from types import SimpleNamespace
import numpy as np
from absl import flags

class Race:
    terran = 2

def Agent(race): ...

def Dimensions(screen=None, minimap=None):
    return screen

def AgentInterfaceFormat(feature_dimensions=None):
    return feature_dimensions

class SC2Env:
    def __init__(self, *, map_name, players, agent_interface_format, step_mul, random_seed):
        assert (map_name, flags.parsed) == ("MoveToBeacon", True)
        self._size = agent_interface_format
    def reset(self):
        self._left = 5
        return self._step(0)
    def step(self, calls):
        (call,) = calls
        self._left -= 1
        return self._step(1 if call[0] == "Move_screen" else 0)
    def _step(self, reward):
        seen = SimpleNamespace(feature_screen=SimpleNamespace(player_relative=np.ones((self._size, self._size), int)))
        return (SimpleNamespace(reward=reward, observation=seen, last=lambda: self._left == 0),)
    def close(self): ...
"""

ACTIONS = """
class FUNCTIONS:
    def select_army(how):
        return ("select_army", how)
    def Move_screen(when, where):
        assert all(0 <= each < 64 for each in where)
        return ("Move_screen", when, where)
"""

FLAGS = """
parsed = False

def FLAGS(words):
    global parsed
    parsed = True
"""

STANDING_IN = {
    "deepmind_lab.py": LAB,
    "pysc2/env/sc2_env.py": GAME,
    "pysc2/lib/actions.py": ACTIONS,
    "absl/__init__.py": "",  # else an installed absl goes before it
    "absl/flags.py": FLAGS,
}


def programs() -> list[str]:
    if not DOCUMENT.exists():
        return []
    blocks = re.findall(r"```python\n(.*?)```", DOCUMENT.read_text(), re.DOTALL)
    return [each for each in blocks if re.search(r"^train\((?!atari)", each, re.MULTILINE)]


@pytest.mark.parametrize("program", programs(), ids=lambda each: re.findall(r'"([A-Z]\w+(?:-v\d)?)"', each)[0])
def test_program_trains_alone_and_gives_a_score(program: str, tmp_path: Path) -> None:
    for name, text in STANDING_IN.items():
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    short = re.sub(r"^train\((.*)\)$", r"train(\1, steps=30, window=3)", program, flags=re.MULTILINE)
    path = os.pathsep.join([str(tmp_path), str(SOURCE), *filter(None, [os.environ.get("PYTHONPATH")])])
    environment = {**os.environ, "PYTHONPATH": path, "OMP_NUM_THREADS": "1"}
    words = [sys.executable, "-c", short]
    done = subprocess.run(words, env=environment, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    assert len(json.loads(done.stdout)["return"]) == 3
