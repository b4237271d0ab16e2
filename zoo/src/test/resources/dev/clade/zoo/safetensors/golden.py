# Made golden.safetensors on 2026-11-24: python 3, safetensors 0.8.0, numpy 2.4.6.
#     python golden.py golden.safetensors
import sys

import numpy as np
from safetensors.numpy import save_file

save_file(
    {
        "fc.weight": np.array([[0.5, -1.25, 3e-8], [np.inf, 7, -0.0]], dtype=np.float32),
        "fc.bias": np.array([1.5, 2.5], dtype=np.float32),
        "double": np.array([1 / 3], dtype=np.float64),
        "updates": np.array(1234567890123, dtype=np.int64),
        "huge": np.array([2**64 - 1], dtype=np.uint64),
        "int": np.array([-5, 6], dtype=np.int32),
        "uint": np.array([4000000000], dtype=np.uint32),
        "half": np.array([0.5, -2], dtype=np.float16),
        "short": np.array([-300], dtype=np.int16),
        "ushort": np.array([60000], dtype=np.uint16),
        "byte": np.array([-1, 2, 3], dtype=np.int8),
        "ubyte": np.array([200], dtype=np.uint8),
        "flags": np.array([True, False, True]),
        "empty": np.zeros((0, 4), dtype=np.float32),
        "ünïcode \"quoted\"": np.array([9], dtype=np.int8),
    },
    sys.argv[1],
    metadata={"made by": "safetensors 0.8.0"},
)
