"""One DRR update an iteration in PyTorch eager, on a batch that is refilled before each."""

import numpy as np
import torch

from drr_torch import Drr
from protocol import options, serve, time_each
from random_data import random_batch, random_table

given = options()
torch.set_num_threads(given["threads"])
sizes, generator = given["sizes"], np.random.default_rng(1)
users = torch.from_numpy(random_table(sizes["users"], sizes["embeddingSize"], generator))
items = torch.from_numpy(random_table(sizes["items"], sizes["embeddingSize"], generator))
drr = Drr(users, items, sizes["historySize"], sizes["hiddenSize"])
batch = ()


def refill():
    global batch
    batch = random_batch(given["batchSize"], sizes, generator)


def learn():
    drr.learn(*(torch.from_numpy(column) for column in batch))


serve({"run": time_each(learn, refill)})
