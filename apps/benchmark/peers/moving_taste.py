"""Many sessions of `MovingTasteWorld` of @rl-recsys/simulators at once, in NumPy; one that ends begins anew with another user."""

import numpy as np

CUTS = np.array([1.5, 2.5, 3.5, 4.5])


def draw_world(users, items, dynamics, generator, topics=6):
    """Users and items as `movingTasteCatalogue` draws them."""
    near = generator.beta(1, 6, items)
    return {
        "tastes": generator.normal(-0.15, 0.6, (users, topics)),
        "topics": generator.integers(0, topics, items),
        "bait": np.where(generator.random(items) < 0.5, near, 1 - near),
        "quality": generator.normal(0, 0.15, items),
        "dynamics": dynamics,
    }


class MovingTaste:
    def __init__(self, world, users, sessions, history_size, generator):
        self.tastes, self.topics, self.bait, self.quality = (np.asarray(world[name]) for name in ("tastes", "topics", "bait", "quality"))
        self.dynamics, self.visitors, self.generator = world["dynamics"], np.asarray(users), generator
        self.rows = np.arange(sessions)
        self.user = np.empty(sessions, np.int64)
        self.satiation = np.empty((sessions, self.tastes.shape[1]))
        self.mood = np.empty(sessions)
        self.shown = np.empty(sessions, np.int64)
        self.is_candidate = np.empty((sessions, len(self.topics)), bool)
        self.history = np.empty((sessions, history_size), np.int64)
        self.rewards = np.empty((sessions, history_size), np.float32)
        self.begin(self.rows)

    def begin(self, rows):
        self.user[rows] = self.generator.choice(self.visitors, len(rows))
        self.satiation[rows] = self.mood[rows] = self.shown[rows] = self.rewards[rows] = 0
        self.is_candidate[rows] = True
        self.history[rows] = -1

    def mean_rating(self, item):
        d, topic = self.dynamics, self.topics[item]
        appeal = self.tastes[self.user, topic] + self.quality[item] + d["baitAppeal"] * self.bait[item]
        return d["base"] + appeal - d["satiationCost"] * self.satiation[self.rows, topic] + d["momentum"] * self.mood

    def move(self, item):
        """Satiation, mood and how many were shown, after an item of each session."""
        d, mean = self.dynamics, self.mean_rating(item)
        self.satiation *= d["satiationKept"]
        self.satiation[self.rows, self.topics[item]] += 1
        felt = np.clip((mean - 3) / 2, -1, 1) - d["regret"] * self.bait[item]
        self.mood = np.clip((1 - d["moodRate"]) * self.mood + d["moodRate"] * felt, -1, 1)
        self.shown += 1

    def leaving_probability(self):
        return 1 / (1 + np.exp(self.dynamics["patience"] + self.dynamics["patienceOfMood"] * self.mood))

    def step(self, item):
        """What each item earns, and whether the session is over: `begin` those before the next."""
        d = self.dynamics
        noisy = self.mean_rating(item) + d["noise"] * self.generator.standard_normal(len(item))
        reward = ((CUTS <= noisy[:, None]).sum(1) - 2) / 2
        self.move(item)
        for array, newest in ((self.history, item), (self.rewards, reward)):
            array[:, :-1] = array[:, 1:]
            array[:, -1] = newest
        self.is_candidate[self.rows, item] = False
        left = self.generator.random(len(item)) < self.leaving_probability()
        return reward, left | (self.shown == d["sessionLength"])
