#!/usr/bin/env bash
# mlx 0.32.4 on a Linux CPU (mlx[cpu]): where the largest of equal numbers sends its gradient.
#
# Guess: one rule for all ways to take a largest number: equal shares, as mx.max has it (half and half), or
# all to the first. In either case the shares add up to 1, since adding e to all numbers adds e to the
# largest.
# Seen: three rules. mx.max shares equally; mx.maximum(x, y) gives all to y, so that max(x, 0) and
# max(0, x) have different slopes at 0 (0 and 1), and clipping has the slope 0 at both ends; x.at[i].maximum
# with two equal updates gives 1 to each of them, 2 in all.
#
# Matters where ties are common: ReLUs of padding, pooled integers, scattered maxima of a graph network,
# whose gradient grows with the number of equal neighbours.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check "mlx[cpu]==0.32.4"
"$folder/env/bin/python" - <<'CODE'
import mlx.core as mx

ties = mx.array([2.0, 2.0])
index = mx.array([0, 0])
ways = {
    "mx.max(x)": (lambda x: mx.max(x), [0.5, 0.5]),
    "mx.maximum(x[0], x[1])": (lambda x: mx.maximum(x[0], x[1]), [0, 1]),
    "mx.minimum(x[0], x[1])": (lambda x: mx.minimum(x[0], x[1]), [0, 1]),
    "zeros.at[[0, 0]].maximum(x)": (lambda x: mx.zeros(1).at[index].maximum(x)[0], [1, 1]),
}
for name, (largest, expected) in ways.items():
    found = mx.grad(largest)(ties).tolist()
    rise = (largest(ties + 0.5) - largest(ties)).item() / 0.5
    print(f"{name:28} gradient {found}, adds up to {sum(found):g}; both raised: {rise:g}")
    assert found == expected and rise == 1
zero = mx.array(0.0)
sides = [mx.grad(f)(zero).item() for f in (lambda x: mx.maximum(x, 0), lambda x: mx.maximum(0, x))]
print(f"slopes at 0: max(x, 0) {sides[0]:g}, max(0, x) {sides[1]:g}")
assert sides == [0, 1]
assert mx.grad(lambda x: mx.clip(x, 0, 1).sum())(mx.array([0.0, 0.5, 1.0])).tolist() == [0, 1, 0]
CODE
