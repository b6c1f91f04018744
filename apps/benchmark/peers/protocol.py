"""The child's side of the benchmark's protocol: JSON lines in on stdin, JSON lines out on stdout."""

import json
import sys
import time


def options():
    """What the parent gave as the first argument."""
    return json.loads(sys.argv[1])


def serve(tasks):
    """Says that it is ready, then answers requests until stdin ends. A task gives times, or them and details."""
    say({"ready": {}})
    for line in sys.stdin:
        request = json.loads(line)
        run = tasks[request["task"]]
        if request["warmUp"] > 0:
            run(request["warmUp"])
        answer = run(request["iterations"])
        say(answer if "times" in answer else {"times": answer})


def time_each(run, prepare=lambda: None):
    """A task that times each call by itself, in ms; `prepare` comes before each and is not timed."""

    def task(iterations):
        times = []
        for _ in range(iterations):
            prepare()
            started_at = time.perf_counter_ns()
            run()
            times.append((time.perf_counter_ns() - started_at) / 1e6)
        return times

    return task


def time_blocks(size, run, prepare=lambda: None):
    """A task of which one time is the mean of a block of calls, in ms; `prepare` comes before each block and is not timed."""

    def block():
        for _ in range(size):
            run()

    def task(iterations):
        return [time / size for time in time_each(block, prepare)(iterations)]

    return task


def say(message):
    print(json.dumps(message), flush=True)
