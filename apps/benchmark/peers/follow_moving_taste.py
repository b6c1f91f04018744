"""Shows given items in given sessions and prints where that leads: for a test, not a benchmark."""

import json
import sys

import numpy as np

from moving_taste import MovingTaste

given = json.load(sys.stdin)
sessions = len(given["users"])
environment = MovingTaste(given["world"], [0], sessions, 3, np.random.default_rng(1))
environment.user[:] = given["users"]
followed = []
for shown in given["items"]:
    item = np.array(shown)
    means = environment.mean_rating(item).tolist()
    environment.move(item)
    followed.append({"means": means, "moods": environment.mood.tolist(), "leaving": environment.leaving_probability().tolist()})
print(json.dumps(followed))
