"""Pushes given rewards of sessions and prints the transitions that each step finishes: for a test, not a benchmark."""

import json
import sys

import numpy as np

from residual_replay import Returns

given = json.load(sys.stdin)
returns = Returns(given["steps"], given["gamma"])
finished = []
for step, (rewards, over) in enumerate(zip(given["rewards"], given["over"])):
    sessions = len(rewards)
    number = np.full(sessions, step)
    seen = {name: number for name in ("user", "candidates", "item")}
    wide = {name: number[:, None] for name in ("history", "rewards")}
    done = returns.push({**seen, **wide}, np.array(rewards), np.array(over))
    names = ("session", "item", "reward", "discount")
    finished.append(sorted(zip(*(done[name].tolist() for name in names))) if done else [])
print(json.dumps(finished))
