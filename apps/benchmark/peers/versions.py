"""Prints, as one line of JSON, the versions of Python, NumPy, PyTorch and BLAS; null where missing."""

import ctypes
import json
import platform


def version_of(name):
    """The version of a module, or None where importing it fails in whatever way."""
    try:
        return __import__(name).__version__
    except Exception:
        return None


def loaded_blas():
    """The OpenBLAS that this process has loaded: its build and the processor that it chose code for."""
    try:
        with open("/proc/self/maps") as maps:
            path = next(line.split()[-1] for line in maps if "libopenblas" in line)
        library = ctypes.CDLL(path)
        library.openblas_get_config.restype = ctypes.c_char_p
        library.openblas_get_corename.restype = ctypes.c_char_p
        return f"{library.openblas_get_config().decode()} (core: {library.openblas_get_corename().decode()})"
    except Exception:
        return None


versions = {"python": platform.python_version(), "numpy": version_of("numpy"), "torch": version_of("torch")}
print(json.dumps({**versions, "blas": loaded_blas()}))
