"""Two updates of the default variant an iteration in PyTorch eager, of which one is the actor's too, on batches that are refilled before."""

import numpy as np
import torch

from protocol import options, serve, time_blocks
from random_data import random_histories, random_table
from residual_torch import HEAD_START, Residual

given = options()
torch.set_num_threads(given["threads"])
sizes, batch_size, generator = given["sizes"], given["batchSize"], np.random.default_rng(1)
k, n, count, items = sum(sizes["blockSizes"]), sizes["historySize"], sizes["candidateCount"], sizes["items"]
tables = [torch.from_numpy(random_table(rows, k, generator)) for rows in (sizes["users"], items)]
residual = Residual(*tables, sizes["blockSizes"], history_size=n, hidden=sizes["hiddenSize"], gates=sizes["gates"])
batch = ()


def earned(history):
    return np.where(history < 0, 0, generator.uniform(-1, 1, history.shape)).astype(np.float32)


def refill():
    global batch
    history, next_history = (random_histories(batch_size, n, items, generator) for _ in range(2))
    candidates, next_candidates = (generator.integers(0, items, (batch_size, count)) for _ in range(2))
    batch = (
        *(generator.integers(0, sizes["users"], batch_size), history, earned(history), candidates, candidates[:, 0]),
        generator.uniform(-1, 1, batch_size).astype(np.float32),
        np.where(generator.integers(0, 50, batch_size) == 0, 0, 0.9).astype(np.float32),
        *(next_history, earned(next_history), next_candidates),
        np.ones(batch_size, np.float32),
    )


def tensors():
    return [torch.from_numpy(column) for column in batch]


def learn():
    residual.learn(*tensors())


refill()
user, history, rewards, _, item, *_ = tensors()
residual.prepare(user, history, rewards, item)
for _ in range(HEAD_START):
    learn()
serve({"run": time_blocks(2, learn, refill)})
