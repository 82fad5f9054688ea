#!/usr/bin/env bash
# ncnn 1.0.20261020, BinaryOp with the operation pow, in float32 on an x86 processor, beside numpy 2.4.6.
#
# Guess: (-3)**2 is 9, and 0**2 is 0; a fractional power of a negative number is NaN, as in C, numpy and
# PyTorch.
# Seen: 2.406e+38 for each base that is negative or 0, whatever the exponent (0 and 1 as well), neither inf nor
# NaN. Four numbers at a time go through exp(y * log(x)), and that exp makes NaN its largest number. The one to
# three numbers that are left over at the end of a vector are right: of seven times -3 the first four squares are
# 2.406e+38, and the last three are 9. A tensor as the exponent and a scalar give the same. x * x and UnaryOp
# with square are right. No message when loading or running. Known since
# https://github.com/Tencent/ncnn/issues/2139
#
# Matters for what squares with pow: variances, RMS norms, distances. A test with positive numbers passes, and
# so does one with three numbers.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check numpy==2.4.6 ncnn==1.0.20261020
cd "$folder"
cat > seen.py <<'CODE'
import ncnn
import numpy as np


def run(layer, *inputs):
    """Return what one layer, given as its type and its parameters, makes of the inputs."""
    kind, parameters = layer.split(" ", 1)
    names = [f"x{i}" for i in range(len(inputs))]
    lines = ["7767517", f"{len(names) + 1} {len(names) + 1}"]
    lines += [f"Input {name} 0 1 {name}" for name in names]
    lines.append(f"{kind} layer {len(names)} 1 {' '.join(names)} y {parameters}")
    with open("model.param", "w", encoding="ascii") as file:
        file.write("\n".join(lines) + "\n")
    with open("model.bin", "wb"):
        pass
    net = ncnn.Net()
    net.opt.use_fp16_packed = net.opt.use_fp16_storage = net.opt.use_fp16_arithmetic = False
    assert net.load_param("model.param") == 0 and net.load_model("model.bin") == 0
    extractor = net.create_extractor()
    for name, x in zip(names, inputs):
        extractor.input(name, ncnn.Mat(x).clone())
    status, y = extractor.extract("y")
    assert status == 0
    return np.array(y)


def power(x, exponent):
    """Return x to the power of a number, as ncnn takes it."""
    return run(f"BinaryOp 0=6 1=1 2={exponent}", x)


def lost(y):
    """Tell which results are the number that ncnn's exp ends at."""
    return (y > 2.4e38) & (y < 2.41e38)


for n in range(1, 20):
    y = power(np.full(n, -3, "f"), 2.0)
    print(f"{n} times -3, squared: {lost(y).sum()} are 2.406e+38, {(y == 9).sum()} are 9")
    assert lost(y).sum() == n - n % 4 and (y == 9).sum() == n % 4

x = np.array([-3, -0.5, 0, 0.25, 1, 2, 4, 9], "f")
for exponent in (0.0, 1.0, 2.0, 3.0, 0.5):
    y, tensor = power(x, exponent), run("BinaryOp 0=6", x, np.full(8, exponent, "f"))
    print(f"to the power of {exponent}:", " ".join(f"{number:.4g}" for number in y))
    assert np.array_equal(lost(y), x <= 0) and np.array_equal(lost(tensor), x <= 0)
    assert np.allclose(y[3:], x[3:] ** exponent, rtol=1e-5)
for name, y in (("x * x", run("BinaryOp 0=2", x, x)), ("square", run("UnaryOp 0=4", x))):
    print(f"{name}:", " ".join(f"{number:.4g}" for number in y))
    assert np.allclose(y, x * x)
y = run("UnaryOp 0=7", np.full(4, np.nan, "f"))
print("exp of NaN:", " ".join(f"{number:.4g}" for number in y))
assert lost(y).all()

noise = np.random.default_rng(0).normal(size=(8, 64)).astype("f")
print(f"mean of {noise.size} squares: {power(noise, 2.0).mean(dtype='d'):.4g}, and {(noise * noise).mean():.4g}")
assert power(noise, 2.0).mean(dtype="d") > 1e38
CODE
"$folder/env/bin/python" seen.py
