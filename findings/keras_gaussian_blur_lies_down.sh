#!/usr/bin/env bash
# Keras 3.15.1 with jax 0.10.2 behind it, keras.ops.image.gaussian_blur.
#
# Guess: kernel_size and sigma are height and width, as the page says of both: (9, 1) blurs down the columns,
# and with sigma=(2, 0.5) a point becomes a spot that is taller than wide.
# Seen: the other way round, for both, and in both orders of the axes: a kernel of (9, 1) leaves columns alone
# and blurs along the rows, and the spot of (2, 0.5) is 0.46 high and 1.85 wide. The page's own names can be had
# by exchanging them. A square kernel with one sigma shows nothing. No message. Reported:
# https://github.com/tensorflow/tensorflow/issues/127247
#
# Matters where the axes are not alike: spectrograms (time and frequency), scans with pixels that are not
# square, motion blur as an augmentation.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check \
  numpy==2.4.6 keras==3.15.1 jax==0.10.2
cat > "$folder/seen.py" <<'CODE'
import numpy as np
from keras import ops

point = np.zeros((1, 15, 15, 1), "f")
point[0, 7, 7, 0] = 1


def spread(kernel_size, sigma, layout):
    """Return the standard deviations of a blurred point, down the columns and along the rows."""
    x = point if layout == "channels_last" else point.transpose(0, 3, 1, 2)
    spot = np.asarray(ops.image.gaussian_blur(x, kernel_size, sigma, layout)).reshape(15, 15)
    assert np.isclose(spot.sum(), 1)
    places = np.arange(15) - 7
    return [float((spot.sum(axis) @ places**2) ** 0.5) for axis in (1, 0)]


def expected(size, sigma):
    """Return the standard deviation of a cut Gaussian."""
    places = np.arange(size) - size // 2
    weights = np.exp(-(places**2) / (2 * sigma**2))
    return (weights @ places**2 / weights.sum()) ** 0.5


for kernel_size, sigma in (((9, 1), (1, 1)), ((1, 9), (1, 1)), ((9, 9), (2, 0.5)), ((9, 3), (2, 2))):
    height, width = (expected(size, deviation) for size, deviation in zip(kernel_size, sigma))
    for layout in ("channels_last", "channels_first"):
        tall, wide = spread(kernel_size, sigma, layout)
        print(f"kernel {kernel_size}, sigma {sigma}, {layout}: {tall:.3f} high and {wide:.3f} wide", end=", ")
        print(f"by the page {height:.3f} and {width:.3f}")
        assert np.allclose([tall, wide], [width, height], atol=1e-3) and abs(height - width) > 0.3
tall, wide = spread((9, 9), (1.5, 1.5), "channels_last")
assert np.isclose(tall, wide) and np.isclose(tall, expected(9, 1.5), atol=1e-3)
CODE
KERAS_BACKEND=jax "$folder/env/bin/python" "$folder/seen.py"
