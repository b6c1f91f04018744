"""What `npm run train` does, as a program in PyTorch and NumPy: 128 sessions side by side, five-step returns, four updates a round."""

import time

import numpy as np
import torch

from moving_taste import MovingTaste, draw_world
from protocol import options, serve
from random_data import random_table
from residual_replay import Replay, Returns
from residual_torch import Residual

given = options()
torch.set_num_threads(given["threads"])
sizes, first_rounds, sessions = given["sizes"], given["firstRounds"], given["sessions"]
k, n, count, items = sum(sizes["blockSizes"]), sizes["historySize"], sizes["candidateCount"], sizes["items"]
BATCH, UPDATES, GAMMA, RETURN_STEPS, REPLAYED, WARM_UP = 128, 4, 0.98, 5, 0.25, 50
rows = np.arange(sessions)[:, None]


def ranked_candidates(scores, is_candidate, generator):
    """The best half of the room that there is, and a random choice of the others; the first is the best."""
    scores = np.where(is_candidate, scores, -np.inf)
    best = np.argpartition(-scores, count // 2, 1)[:, : count // 2]
    best = np.take_along_axis(best, np.argsort(-scores[rows, best], 1), 1)
    keys = np.where(is_candidate, generator.random(scores.shape), 2)
    keys[rows, best] = 2
    return np.concatenate([best, np.argpartition(keys, count // 2, 1)[:, : count // 2]], 1)


def train_once(iterations):
    generator = np.random.default_rng(1)
    rounds = first_rounds + iterations
    tables = [torch.from_numpy(random_table(each, k, generator)) for each in (sizes["users"], items)]
    residual = Residual(*tables, sizes["blockSizes"], history_size=n, hidden=sizes["hiddenSize"], gates=sizes["gates"])
    item_vectors = tables[1].T.contiguous()
    world = draw_world(sizes["users"], items, given["dynamics"], generator)
    environment = MovingTaste(world, range(sizes["users"]), sessions, n, generator)
    replay, returns = Replay(int(REPLAYED * rounds * sessions), n, count), Returns(RETURN_STEPS, GAMMA)
    parts = dict.fromkeys(("act", "environment", "sample", "learn", "add and priorities"), 0.0)
    waiting, ended, prepared, begun = None, np.empty(0, np.int64), False, []
    last = time.perf_counter_ns()

    def spent(part):
        nonlocal last
        now = time.perf_counter_ns()
        if len(begun) > first_rounds:
            parts[part] += (now - last) / 1e6
        last = now

    for done in range(rounds):
        begun.append(time.perf_counter_ns())
        last = begun[-1]
        user, history, rewards = environment.user.copy(), environment.history.copy(), environment.rewards.copy()
        action = residual.act(*(torch.from_numpy(each) for each in (user, history, rewards)))
        scores = (action @ item_vectors).numpy()
        ranked = ranked_candidates(scores, environment.is_candidate, generator)
        epsilon = max(0.1, 1 - 0.9 * done / np.ceil(rounds / 2))
        anything = np.where(environment.is_candidate, generator.random(scores.shape), -1).argmax(1)
        item = np.where(generator.random(sessions) < epsilon, anything, ranked[:, 0])
        candidates = ranked.copy()
        missing = ~(candidates == item[:, None]).any(1)
        candidates[missing, -1] = item[missing]
        spent("act")

        if waiting is not None:
            ahead = ranked[waiting["session"]]
            ahead[waiting["discount"] == 0] = -1
            replay.add({**waiting, "next_candidates": ahead})
            spent("add and priorities")

        reward, over = environment.step(item)
        spent("environment")
        seen = {"user": user, "history": history, "rewards": rewards, "candidates": candidates, "item": item}
        waiting = returns.push(seen, reward, over)
        if waiting is not None:
            waiting["next_history"] = environment.history[waiting["session"]]
            waiting["next_rewards"] = environment.rewards[waiting["session"]]
        spent("add and priorities")
        (ended,) = over.nonzero()
        environment.begin(ended)
        spent("environment")

        if done + 1 < WARM_UP or replay.added == 0:
            continue
        for _ in range(UPDATES):
            if not prepared:
                first = dict(zip(replay.columns, replay.sample(min(2048, replay.added), generator)))
                residual.prepare(*(torch.from_numpy(first[name]) for name in ("user", "history", "rewards", "item")))
                prepared = True
            batch = replay.sample(BATCH, generator)
            spent("sample")
            residual.learn(*(torch.from_numpy(each) for each in (*batch, np.ones(BATCH, np.float32))))
            spent("learn")
    begun.append(time.perf_counter_ns())
    times = np.diff(begun[first_rounds:]) / 1e6
    return {"times": times.tolist(), "details": {"steps": iterations * sessions, "whole": float(times.sum()), **parts}}


serve({"run": train_once})
