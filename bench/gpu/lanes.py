"""members * steps a second of examples/python/jax_lanes.py, without Clade: `python lanes.py WIDTH [STEPS]`."""

import sys
import time
from pathlib import Path

import jax

width, steps = int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 500
example = Path(__file__).parents[2] / "examples" / "python" / "jax_lanes.py"
functions, marker, _ = example.read_text().partition("\nstate = None\n")
assert marker, "the example has another shape now"
names: dict = {}
exec(compile(functions, example, "exec"), names)  # its model and its training, up to its session

state = names["init"](names["keys"](list(range(width))))
seeds = names["keys"](list(range(width)))
jax.block_until_ready(names["train"](state, seeds, steps))  # compiles
rates = []
for _ in range(5):
    began = time.perf_counter()
    jax.block_until_ready(names["train"](state, seeds, steps))
    rates.append(width * steps / (time.perf_counter() - began))
rates.sort()
print(f"{jax.devices()[0].device_kind}, {width} lanes: {rates[2]:,.0f} members*steps/s (median of 5)")
