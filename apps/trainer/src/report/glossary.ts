import { Html, html } from './html.js';

/** What each figure of the report means, in plain words. */
export function glossarySection(): Html {
  return html`<section>
    <h2>How to read this</h2>
    <p>
      Every policy is judged by the same: each user's latest ratings, which training did not see. One run is
      one seed; before you believe a small difference, compare several.
    </p>
    <dl class="card glossary">
      <div>
        <dt>Recommending, re-ranking</dt>
        <dd>
          To recommend is to choose from the whole catalogue without what the user had rated before; what they
          have not rated later counts as a miss, though they might have liked it, so that figures are low. To
          re-rank is to order only what they did rate later: it tells who knows their taste, not who finds the
          items.
        </dd>
      </div>
      <div>
        <dt>P@K, precision</dt>
        <dd>
          The share of liked items among the first K, averaged over the users who have at least K items to
          choose from; 1 is best. Liked is a rating three quarters up the scale or more: 4 or 5 of five stars.
        </dd>
      </div>
      <div>
        <dt>NDCG@K, normalized discounted cumulative gain</dt>
        <dd>
          Like precision, but early places count more: a liked item at place p earns 1 / log₂(p + 1). The sum
          is divided by what the best possible order earns, so 1 is best. Users who liked none of their items
          are left out.
        </dd>
      </div>
      <div>
        <dt>Recall@K, hit rate@K</dt>
        <dd>
          The share of what a user liked later that is among the first K, and the share of users who find any
          of it there.
        </dd>
      </div>
      <div>
        <dt>Block, static mix</dt>
        <dd>
          Policies that rank by the same vectors as DRR, which has learned something beside them: one of its
          blocks alone, such as a matrix factorisation, and a fixed mix of them for everybody. What learns
          must beat both.
        </dd>
      </div>
      <div>
        <dt>DRR less …, 95 % over users</dt>
        <dd>
          How much more or less what was trained has of a measure than what it must beat, user by user, and
          what that comes to in the middle 95 % of samples of these users. Where both ends have one sign, the
          difference is hardly chance. The best single block or model is chosen by these very figures, which
          is in its favour.
        </dd>
      </div>
      <div>
        <dt>Oracle</dt>
        <dd>
          Orders the items by the very ratings that it is judged by: the limit that no policy can pass. Its
          precision is below 1 where users liked fewer than K items.
        </dd>
      </div>
      <div>
        <dt>Reward</dt>
        <dd>
          What the environment answers to one recommendation: the rating mapped to −1 (worst) to 1 (best), so
          that 3 of five stars is 0.
        </dd>
      </div>
    </dl>
  </section>`;
}
