#!/usr/bin/env bash
# gguf 0.19.0 with numpy 2.4.6, the format Q8_0: 32 weights as whole numbers of -127 … 127, and one scale.
#
# Guess: each block has a scale of its own, so the largest relative error is that of rounding, half of
# 1/127, whatever the size of the weights.
# Seen: the scale is a float16, and the smallest of those is 6e-8. Where the largest weight of a block is
# 1e-3 the error is 0.4 % of it, at 1e-5 it is a quarter, and from 3e-6 down the block comes back as
# zeros. No message, although float16 itself holds the weights 3e-6 to within a hundredth.
#
# Matters for layers whose weights are tiny because another layer's are large: an 8-bit copy can be
# worse than a 16-bit one by more than its bits.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check gguf==0.19.0 numpy==2.4.6
"$folder/env/bin/python" - <<'CODE'
import numpy as np
from gguf import GGMLQuantizationType, quants

kind = GGMLQuantizationType.Q8_0
found = {}
for largest in (1.0, 1e-3, 1e-5, 3e-6):
    block = largest * np.linspace(-1, 1, 32, dtype=np.float32)[None]
    back = quants.dequantize(quants.quantize(block, kind), kind)
    half = block.astype(np.float16).astype(np.float32)
    found[largest] = abs(back - block).max() / largest
    print(
        f"largest weight {largest:g}: error {found[largest]:.1%} of it, "
        f"as float16 {abs(half - block).max() / largest:.1%}"
    )
assert found[1.0] < 0.005 and found[1e-3] < 0.005
assert 0.2 < found[1e-5] < 0.3
assert found[3e-6] == 1 and not back.any()
assert abs(half - block).max() / 3e-6 < 0.02
CODE
