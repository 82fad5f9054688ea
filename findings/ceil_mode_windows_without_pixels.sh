#!/usr/bin/env bash
# Pooling that rounds its size up: PaddlePaddle 3.3.1 (ceil_mode=True) and ncnn 1.0.20261020 (pad_mode 0).
#
# Guess: the size is rounded up so that no pixel is left over; a window that would hold no pixel at all is not
# there, as in torch, whose page says so.
# Seen: both libraries count such windows in. Nine pixels in windows of 2 at steps of 3 (0-1, 3-4, 6-7) give
# four results, although the fourth window begins behind the last pixel: the maximum of none is -3.4e+38, and
# the mean of none is NaN. Padding makes it common: windows of 2 at steps of 2 over nine pixels with padding 1
# give a sixth result, of none. With padding counted in, the mean of none is 0, except that Paddle gives NaN in
# the first case. Eight pixels in the first case and ten in the second give what torch gives. Paddle's own
# return_mask names pixel -1 as the place of such a maximum. No message. Known for Paddle:
# https://github.com/PaddlePaddle/Paddle/issues/51542
#
# Matters for networks that came from torch with ceil_mode: one more row and column, of numbers that spoil each
# mean after them, and for some sizes of the picture only.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check numpy==2.4.6 paddlepaddle==3.3.1 \
  ncnn==1.0.20261020
cd "$folder"
cat > seen.py <<'CODE'
import ncnn
import numpy as np
import paddle
from paddle.nn import functional


def in_paddle(kind, x, kernel, step, padding):
    """Return PaddlePaddle's result; "mean of all" counts padding in."""
    x = paddle.to_tensor(x.reshape(1, 1, -1))
    if kind == "maximum":
        return functional.max_pool1d(x, kernel, step, padding, ceil_mode=True).numpy().ravel()
    exclusive = kind == "mean"
    return functional.avg_pool1d(x, kernel, step, padding, exclusive, ceil_mode=True).numpy().ravel()


def in_ncnn(kind, x, kernel, step, padding):
    """Return ncnn's result, of a picture one row high."""
    sizes = f"1={kernel} 11=1 2={step} 12=1 3={padding} 13=0 14={padding} 15=0"
    layer = f"0={int(kind != 'maximum')} {sizes} 5=0 6={int(kind == 'mean of all')}"
    with open("model.param", "w", encoding="ascii") as file:
        file.write(f"7767517\n2 2\nInput x 0 1 x\nPooling pool 1 1 x y {layer}\n")
    with open("model.bin", "wb"):
        pass
    net = ncnn.Net()
    net.opt.use_fp16_packed = net.opt.use_fp16_storage = net.opt.use_fp16_arithmetic = False
    assert net.load_param("model.param") == 0 and net.load_model("model.bin") == 0
    extractor = net.create_extractor()
    extractor.input("x", ncnn.Mat(x.reshape(1, 1, -1)).clone())
    return np.array(extractor.extract("y")[1]).ravel()


LOWEST = np.finfo("f").min
CASES = [
    # pixels, window, step, padding, results of windows with a pixel, is there one without
    (9, 2, 3, 0, [2, 5, 8], True),
    (8, 2, 3, 0, [2, 5, 8], False),
    (9, 2, 2, 1, [1, 3, 5, 7, 9], True),
    (10, 2, 2, 1, [1, 3, 5, 7, 9, 10], False),
]
for pixels, *sizes, maxima, empty in CASES:
    x = np.arange(1, pixels + 1, dtype="f")
    for name, pool in (("PaddlePaddle", in_paddle), ("ncnn", in_ncnn)):
        largest, mean, of_all = (pool(kind, x, *sizes) for kind in ("maximum", "mean", "mean of all"))
        print(f"{name}, {pixels} pixels, window {sizes[0]}, step {sizes[1]}, padding {sizes[2]}:", end=" ")
        print(*(f"{number:.3g}" for number in largest), end="; mean ends in ")
        print(f"{mean[-1]:.3g}, with padding counted in {of_all[-1]:.3g}")
        assert len(largest) == len(mean) == len(of_all) == len(maxima) + empty
        assert largest[: len(maxima)].tolist() == maxima
        assert np.isfinite(mean[: len(maxima)]).all()
        if empty:
            assert largest[-1] == LOWEST and np.isnan(mean[-1])
            assert np.isnan(of_all[-1]) if pool is in_paddle and not sizes[2] else of_all[-1] == 0

x = paddle.arange(1, 10, dtype="float32").reshape([1, 1, 9])
places = functional.max_pool1d(x, 2, 3, 0, return_mask=True, ceil_mode=True)[1].numpy().ravel()
print("places of the maxima in PaddlePaddle:", places.tolist())
assert places.tolist() == [1, 4, 7, -1]
means = functional.avg_pool2d(paddle.ones([1, 1, 9, 9]), 2, 3, ceil_mode=True).numpy()[0, 0]
print("a picture of ones, 9 x 9, in PaddlePaddle:", means.tolist())
assert np.isnan(means[3]).all() and np.isnan(means[:, 3]).all() and (means[:3, :3] == 1).all()
CODE
"$folder/env/bin/python" -W ignore seen.py
