/** How the variants differ from Liu et al. 2018. */
export const paperDifferences = `### \`--variant paper\`: what the paper leaves open

It follows Algorithm 1: a state module over the user and the n items liked last, a deterministic policy whose action is a
vector that ranks items by inner product, DDPG with target networks, prioritized replay, ε-greedy exploration. Ours are:

1. **Embeddings** are a matrix factorisation with biases, where the paper has PMF. It is fitted by alternating least
   squares on the training part only. The item's bias is the last dimension of its vector, so that k = 100 is 99 factors
   and a bias. They are not trained further.
2. **Sizes**: n = 10, T = 10, two hidden layers of 128, batches of 64, γ = .9, learning rates of 1e-4 (actor) and 1e-3
   (critic) as in DDPG.
3. **A session that is cut off** after T items is bootstrapped; only one that ran out of items is not.
4. **Exploring** draws the whole action vector from (−1, 1)ᵏ, so that the stored action is the one that chose the item.
   ε falls from 1 to .1 in the first half.
5. **A like** is a rating three quarters up the scale or more: 4 and 5 of five stars.
6. **The state module** has a target network too. The actor's loss trains it, through the action alone.
7. **Length**: 1,500 steps with an update each, and targets that move by τ = .01, because runs are short.
8. **The split** holds out the newest fifth of each user's ratings (of Jester, which has no times, any fifth).

### The residual variant: what is different

9. **It starts at matrix factorisation.** The action is gate(s) ⊗ u + range ⊗ tanh(h(s)): the user's own vector u, gated block
   by block, and a bounded residual. Untrained it ranks exactly as matrix factorisation does.
10. **Vectors are blocks** side by side: a matrix factorisation and its bias, the mean of three more of other seeds, the mean of
    four of likes with 64 factors each, popularity, and the user's bias. The gates begin at 1 for the first two and at 0 for
    the others.
11. **Users are as they were.** Training sessions start at moments of users' pasts, and each moment has a vector that
    was folded in from what came before it.
12. **Critics see the item** that was shown, not the action. There are two, and the smaller value counts.
13. **The actor learns through a softmax** over up to 32 candidates, −Σ π(x | s) Q(s, x), at every second update.
14. **Exploring** shows a random item with probability ε, which falls from 1 to .2.
15. **Dropout** of a half of the actor's inputs and .3 of the critics', since data end.
16. **The averaged actor** recommends, over most of a run: τ = .0015, or more in shorter runs. The learning one explores.
17. **Replay is uniform**, and γ = .5: order within a session of logged ratings matters little.
18. **Length**: 30,720 steps in 64 sessions side by side, four updates with batches of 128 after each round, at rates that
    fall to a twentieth in the second half.
19. **Where users can be simulated** the state is of sums that forget at three rates, not averages, and also has what each
    shown item earned; returns are of five steps, γ = .98, the residual may go farther (2.5 for .2), nothing is dropped, ε falls
    to .1, 128 sessions run side by side, and replay holds the newest quarter of a training. The vectors are one matrix
    factorization with its biases, popularity, and how users rate what comes after an item.

### The default variant on a log: what is different again

20. **It starts at a mix of strong recommenders**: factorizations of ratings (the mean of three), iALS with 64 factors, EASE (on whole pasts,
    and where an item counts half after 20 and after 6 more recent ones), SLIT, popularity, and GRU4Rec or SASRec by option. Each gives scores of the whole
    catalogue after somebody's past, brought to mean 0 and deviation 1 over what they have not rated.
21. **The action** is what each block counts, w₀ + range · tanh(g(s)), and a bounded residual over items' vectors. w₀ is found by coordinate
    ascent on NDCG@10 of each user's newest fifth of the training part, from blocks that were fitted on the rest.
22. **Sessions show the catalogue**: a like earns 1, all else 0. Critics see the shown item's block scores and the state; the actor learns through a
    softmax over candidates from the mix's best, random ones and what comes next. γ = 0.
23. **What was learned is followed as far as it helps** users who were not learned from, and not at all where that may be chance.`;
