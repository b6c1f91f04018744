/** Where goals are missed, and what was tried; measured on slices of training parts or on validation users, unless said otherwise. */
export const misses = `What was tried was judged on slices of the training parts, or on users who are in no table here.

- **Where DRR is its static mix:** on MovieLens 100K, in next items, and with GRU4Rec with some seeds. What an actor learns beside the mix is followed
  only where users who were held out are ranked for better by it, by two standard errors. In the catalogue of MovieLens 1M they are with every seed, of
  closed-form blocks. Of the 943 users of MovieLens 100K a fifth can't tell so small an effect from chance: what REINFORCE on whole lists gained over the mix on
  a slice was +.0017 ± .0048 NDCG@10, and the actor-critic no more. If all users were judges, each by an agent that had not seen them, the least that
  could be told would still be about .002. Also tried: flatter and sharper softmaxes, smaller and larger learning rates, ranges of gates, dropout and
  batches (what helps on MovieLens 1M is the default now); cross-entropy in place of rewards (from −.0075 to +.0015 on MovieLens 1M); logarithms of
  scores (+.0035 on MovieLens 1M and −.0009 on 100K for the mix, and nothing to learn on top of it); mixes from more starts, and bagged (no gain in four times the time).
- **MovieLens 100K, catalogue, closed-form blocks alone:** the mix of all of them is +.0131 above the best. GRU4Rec as a block, \`--sequence-block gru4rec\`, takes it
  past the goal: use that where minutes of fitting don't matter.
- **Next item:** closed forms know little of order. \`--goal next-item\` tunes the mix for it, from four moments a user, and lets blocks count dislikes as
  steps of a sequence; both helped. What they still lack GRU4Rec has, as a block.
- **Moving taste, learned vectors:** the vectors are fitted on a log and don't hold what moves a taste. The block of what follows an item (\`aftermathBlock\`) took DRR from level with its myopic self
  to above all that don't look ahead; the rest of the gap was not closed. Of one seed, for users apart: 29 % as it is, 28 % with ε that falls sooner, 20 % with a
  flatter softmax, and 31 to 34 % with twice the training, a smaller replay and a faster average.`;
