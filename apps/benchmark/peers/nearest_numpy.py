"""The k rows with the largest inner products in NumPy, of one query or of many, and how fast this machine reads memory."""

import numpy as np

from protocol import options, serve, time_each

given = options()
rows, size, k, users = given["rows"], given["size"], given["k"], given.get("users", 0)
generator = np.random.default_rng(1)
table = 0.1 * generator.standard_normal((rows, size), np.float32)
flat = table.reshape(-1)
query = np.zeros(size, np.float32)
queries = np.zeros((users, size), np.float32)


def draw():
    query[:] = generator.uniform(-1, 1, size)


def nearest():
    scores = table @ query
    best = np.argpartition(scores, -k)[-k:]
    best = best[np.argsort(-scores[best])]
    return best, scores[best]


def draw_block():
    queries[:] = generator.uniform(-1, 1, queries.shape)


def nearest_of_block():
    scores = queries @ table.T
    best = np.argpartition(scores, -k)[:, -k:]
    best = np.take_along_axis(best, np.argsort(-np.take_along_axis(scores, best, 1)), 1)
    return best, np.take_along_axis(scores, best, 1)


# A dot product of the table with itself does nothing but read it, once, with all of SIMD.
serve({"run": time_each(nearest, draw), "block": time_each(nearest_of_block, draw_block), "read": time_each(lambda: np.dot(flat, flat))})
