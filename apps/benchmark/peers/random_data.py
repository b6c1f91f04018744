"""Random tables, histories and batches, shaped as those of `src/contenders/random-data.ts`."""

import numpy as np


def random_table(rows, size, generator):
    return (0.1 * generator.standard_normal((rows, size))).astype(np.float32)


def random_histories(batch, n, items, generator):
    """Full in three of four cases, else padded in front by -1."""
    histories = generator.integers(0, items, (batch, n))
    padding = np.where(generator.integers(0, 4, batch) == 0, generator.integers(1, n + 1, batch), 0)
    histories[np.arange(n) < padding[:, None]] = -1
    return histories


def random_batch(batch, sizes, generator):
    """user, history, action, reward, discount, next history, weight."""
    k, n, items = sizes["embeddingSize"], sizes["historySize"], sizes["items"]
    return (
        generator.integers(0, sizes["users"], batch),
        random_histories(batch, n, items, generator),
        generator.uniform(-1, 1, (batch, k)).astype(np.float32),
        generator.uniform(-1, 1, batch).astype(np.float32),
        np.where(generator.integers(0, 50, batch) == 0, 0, 0.9).astype(np.float32),
        random_histories(batch, n, items, generator),
        generator.uniform(0.2, 1, batch).astype(np.float32),
    )
