"""People to recommend to, taken in turns."""

import numpy as np

from random_data import random_histories

PEOPLE = 256
SEEN = 150


class People:
    """`users`, `histories` and `seen` are those of the present ones."""

    def __init__(self, sizes, generator):
        n, items = sizes["historySize"], sizes["items"]
        self.all_users = generator.integers(0, sizes["users"], PEOPLE)
        self.all_histories = random_histories(PEOPLE, n, items, generator)
        self.all_seen = [np.sort(generator.choice(items, SEEN, replace=False)) for _ in range(PEOPLE)]
        self.first = 0

    def next(self, count):
        self.first = (self.first + count) % (PEOPLE - count + 1)
        chosen = slice(self.first, self.first + count)
        self.users, self.histories = self.all_users[chosen], self.all_histories[chosen]
        self.seen = self.all_seen[chosen]
