"""The k rows with the largest inner products in NumPy, and how fast this machine reads memory."""

import numpy as np

from protocol import options, serve, time_each

given = options()
rows, size, k = given["rows"], given["size"], given["k"]
generator = np.random.default_rng(1)
table = 0.1 * generator.standard_normal((rows, size), np.float32)
flat = table.reshape(-1)
query = np.zeros(size, np.float32)


def draw():
    query[:] = generator.uniform(-1, 1, size)


def nearest():
    scores = table @ query
    best = np.argpartition(scores, -k)[-k:]
    best = best[np.argsort(-scores[best])]
    return best, scores[best]


# A dot product of the table with itself does nothing but read it, once, with all of SIMD.
serve({"run": time_each(nearest, draw), "read": time_each(lambda: np.dot(flat, flat))})
