"""A biased matrix factorisation by alternating least squares in NumPy, as fitMatrixFactorization fits it.

Rows with about as many ratings make a batch, padded to the longest by a partner of zeros: one product of
OpenBLAS for each row and one call of LAPACK for the batch, and nothing of Python for a row.
"""

import time

import numpy as np

from protocol import options, serve

# Numbers of features in a batch, so that they stay in the second cache or near it.
BATCH = 1 << 18

given = options()
factors, penalty, bias_penalty = given["factors"], given["regularization"], given["biasRegularization"]
numbers = np.fromfile(given["file"], np.int32)
user_count, item_count, count = (int(size) for size in numbers[:3])
offsets, items, ratings = np.split(numbers[3:], [user_count + 1, user_count + 1 + count])
ratings = ratings.view(np.float32)
users = np.repeat(np.arange(user_count, dtype=np.int32), np.diff(offsets))
mean = np.float32(ratings.mean(dtype=np.float64))
penalties = np.diag(np.float32([penalty] * factors + [bias_penalty]))


def batches(rows, partners, row_count, partner_count):
    """(rows, their partners, their ratings less the mean) of each batch; padding is the partner after the last."""
    order = np.argsort(rows, kind="stable")
    partners, centred = partners[order], ratings[order] - mean
    lengths = np.bincount(rows, minlength=row_count)
    starts = np.cumsum(lengths) - lengths
    by_length = np.argsort(lengths, kind="stable")
    by_length = by_length[lengths[by_length] > 0]
    made, end = [], len(by_length)
    while end > 0:
        longest = lengths[by_length[end - 1]]
        begin = max(0, end - max(1, BATCH // (longest * (factors + 2))))
        own = by_length[begin:end]
        places = np.arange(longest)
        there = places < lengths[own, None]
        rated = np.where(there, starts[own, None] + places, 0)
        made.append((own, np.where(there, partners[rated], partner_count), np.where(there, centred[rated], 0)))
        end = begin
    return made


def solve(batch, features, biases, vectors, own_biases):
    """Ridge regressions of the batch's rows; the Gram matrix of [q, 1, y] has both sides of the equations."""
    rows, partners, rated = batch
    columns = features[partners]
    columns[:, :, -1] = rated - biases[partners]
    gram = np.matmul(columns.transpose(0, 2, 1), columns)
    solution = np.linalg.solve(gram[:, :-1, :-1] + penalties, gram[:, :-1, -1:])[:, :, 0]
    vectors[rows, :factors] = solution[:, :factors]
    own_biases[rows] = solution[:, factors]


def side(row_count):
    """[q, 1, room for y] and the biases, of all rows and one of zeros."""
    features = np.zeros((row_count + 1, factors + 2), np.float32)
    features[:-1, factors] = 1
    return features, np.zeros(row_count + 1, np.float32)


by_user = batches(users, items, user_count, item_count)
by_item = batches(items, users, item_count, user_count)


def training_error(p, user_bias, q, item_bias):
    squares = 0.0
    for begin in range(0, count, 1 << 16):
        part = slice(begin, begin + (1 << 16))
        u, i = users[part], items[part]
        product = np.einsum("nk,nk->n", p[u, :factors], q[i, :factors])
        squares += np.square(ratings[part] - mean - user_bias[u] - item_bias[i] - product).sum(dtype=np.float64)
    return float(np.sqrt(squares / count))


def fit(iterations):
    """A fit from the start; its first sweep is untimed."""
    p, user_bias = side(user_count)
    q, item_bias = side(item_count)
    q[:-1, :factors] = 0.1 * np.random.default_rng(1).standard_normal((item_count, factors), np.float32)
    times = []
    for _ in range(iterations + 1):
        started_at = time.perf_counter_ns()
        for batch in by_user:
            solve(batch, q, item_bias, p, user_bias)
        for batch in by_item:
            solve(batch, p, user_bias, q, item_bias)
        times.append((time.perf_counter_ns() - started_at) / 1e6)
    return {"times": times[1:], "details": {"fits": 1, "rmse": training_error(p, user_bias, q, item_bias)}}


serve({"run": fit})
