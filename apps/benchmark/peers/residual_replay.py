"""n-step transitions of many sessions, and a ring of them, in NumPy arrays."""

import numpy as np

NAMES = ("user", "history", "rewards", "candidates", "item", "reward", "discount", "next_history", "next_rewards", "next_candidates")


class Replay:
    def __init__(self, capacity, n, count):
        widths = {"history": n, "rewards": n, "next_history": n, "next_rewards": n, "candidates": count, "next_candidates": count}
        kinds = {name: np.float32 for name in ("rewards", "reward", "discount", "next_rewards")}
        self.columns = {
            name: np.empty((capacity, widths[name]) if name in widths else capacity, kinds.get(name, np.int64)) for name in NAMES
        }
        self.capacity, self.added = capacity, 0

    def add(self, transitions):
        places = (self.added + np.arange(len(transitions["user"]))) % self.capacity
        for name, column in self.columns.items():
            column[places] = transitions[name]
        self.added += len(places)

    def sample(self, batch, generator):
        rows = generator.integers(0, min(self.added, self.capacity), batch)
        return [column[rows] for column in self.columns.values()]


class Returns:
    """What is open of each session: its last steps, the oldest first, whose returns grow with each step."""

    def __init__(self, steps, gamma):
        self.steps, self.gamma, self.open = steps, gamma, []

    def push(self, seen, reward, over):
        """Takes a step of all; gives those transitions that it finishes, with the session of each."""
        for pending in self.open:
            pending["reward"] += pending["discount"] * reward
            pending["discount"] *= self.gamma
        self.open.append({**seen, "reward": reward.copy(), "discount": np.full(len(reward), self.gamma), "is_open": np.ones(len(reward), bool)})
        finished = []
        for age, pending in enumerate(reversed(self.open), 1):
            done = pending["is_open"] & (over | (age == self.steps))
            pending["is_open"] &= ~done
            (session,) = done.nonzero()
            if len(session) == 0:
                continue
            rows = {name: pending[name][session] for name in ("user", "history", "rewards", "candidates", "item", "reward", "discount")}
            rows["discount"] = np.where(over[session], 0, rows["discount"])
            finished.append({"session": session, **rows})
        if len(self.open) == self.steps:
            self.open.pop(0)
        return {name: np.concatenate([each[name] for each in finished]) for name in finished[0]} if finished else None
