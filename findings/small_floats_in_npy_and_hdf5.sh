#!/usr/bin/env bash
# numpy 2.4.6, ml_dtypes 0.6.0, h5py 3.16.0: saving bfloat16 and float8 arrays.
#
# Guess: the type comes back, or saving is refused.
# Seen: numpy.save and h5py write the bytes and forget the type. What comes back are raw bytes, |V2 for
# bfloat16 and |V1 for float8_e4m3fn (and int4, at one byte each). float8_e5m2 is worse off: numpy.save
# writes it, and numpy.load refuses the file, because the type in its header is called <f1.
#
# Matters for checkpoints that do not go through torch: view the bytes as their type after loading, or
# store the name of the type beside them. The bytes of the float8_e5m2 file are right after the header.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check ml_dtypes==0.6.0 numpy==2.4.6 h5py==3.16.0
"$folder/env/bin/python" - <<'CODE'
import io

import h5py
import ml_dtypes
import numpy as np


def saved_and_loaded(array):
    file = io.BytesIO()
    np.save(file, array)
    file.seek(0)
    return np.load(file)


for name, raw in (("bfloat16", "|V2"), ("float8_e4m3fn", "|V1"), ("int4", "|V1")):
    array = np.array([1, 2], getattr(ml_dtypes, name))
    found = saved_and_loaded(array)
    print(name, "comes back from .npy as", found.dtype.str)
    assert found.dtype.str == raw and np.array_equal(found.view(array.dtype), array)
try:
    saved_and_loaded(np.array([1, 2], ml_dtypes.float8_e5m2))
except ValueError as error:
    print("float8_e5m2:", error)
    assert "<f1" in str(error)
else:
    raise AssertionError("numpy reads float8_e5m2 now")
with h5py.File(io.BytesIO(), "w") as file:
    file["w"] = np.array([1, 2], ml_dtypes.bfloat16)
    print("bfloat16 comes back from HDF5 as", file["w"].dtype.str)
    assert file["w"].dtype.str == "|V2"
CODE
