"""Acting and recommending in NumPy: embeddings, DRR-ave, three dense layers, scores, the best k."""

import numpy as np

from people import People
from protocol import options, serve, time_each
from random_data import random_table

given = options()
sizes, k = given["sizes"], given["k"]
size, n, hidden = sizes["embeddingSize"], sizes["historySize"], sizes["hiddenSize"]
generator = np.random.default_rng(1)
users = random_table(sizes["users"], size, generator)
items = random_table(sizes["items"], size, generator)
people = People(sizes, generator)
position_weights = np.ones(n, np.float32)
shapes = [(3 * size, hidden), (hidden, hidden), (hidden, size)]
layers = [(random_table(*shape, generator), np.zeros(shape[1], np.float32)) for shape in shapes]


def act():
    user, history = people.users, people.histories
    mask = (history >= 0).astype(np.float32)
    weights = mask * position_weights
    chosen = items[np.maximum(history, 0)]
    average = (weights[:, None] @ chosen)[:, 0] / np.maximum(mask.sum(1, keepdims=True), 1)
    u = users[user]
    x = np.concatenate([u, u * average, average], 1)
    for weight, bias in layers[:-1]:
        x = np.maximum(x @ weight + bias, 0)
    weight, bias = layers[-1]
    return np.tanh(x @ weight + bias)


def recommend():
    scores = act() @ items.T
    for row, seen in enumerate(people.seen):
        scores[row, seen] = -np.inf
    best = np.argpartition(scores, -k, axis=1)[:, -k:]
    values = np.take_along_axis(scores, best, 1)
    order = np.argsort(-values, axis=1)
    return np.take_along_axis(best, order, 1), np.take_along_axis(values, order, 1)


def one():
    people.next(1)


def some():
    people.next(given["batchSize"])


serve(
    {
        "act": time_each(act, one),
        "actBatch": time_each(act, some),
        "recommend": time_each(recommend, one),
        "recommendBatch": time_each(recommend, some),
    }
)
