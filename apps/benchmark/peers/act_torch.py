"""Acting and recommending in PyTorch eager."""

import numpy as np
import torch

from drr_torch import Drr
from people import People
from protocol import options, serve, time_each
from random_data import random_table

torch.set_num_threads(1)
given = options()
sizes, k = given["sizes"], given["k"]
generator = np.random.default_rng(1)
users = torch.from_numpy(random_table(sizes["users"], sizes["embeddingSize"], generator))
items = torch.from_numpy(random_table(sizes["items"], sizes["embeddingSize"], generator))
drr = Drr(users, items, sizes["historySize"], sizes["hiddenSize"])
people = People(sizes, generator)


def action():
    return drr.act(torch.from_numpy(people.users), torch.from_numpy(people.histories))


@torch.inference_mode()
def act():
    return action().numpy()


@torch.inference_mode()
def recommend():
    scores = action() @ items.T
    for row, seen in enumerate(people.seen):
        scores[row, torch.from_numpy(seen)] = -torch.inf
    values, best = scores.topk(k)
    return best.numpy(), values.numpy()


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
