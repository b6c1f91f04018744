import { Html, html } from './html.js';

/** What one user liked and is recommended, by titles where there are some. */
export interface ExampleUser {
  readonly user: string;
  /** Newest first. */
  readonly liked: readonly string[];
  /** Best first. */
  readonly recommended: readonly string[];
}

/** What the run recommends to some users, whom chance chose; nothing where there are none. */
export function exampleSection(users: readonly ExampleUser[]): Html {
  if (users.length === 0) return html``;
  return html`<section>
    <h2>Some users</h2>
    <p>
      Drawn by chance, not chosen: what they liked last, and what they are recommended of all that they have
      not rated.
    </p>
    <div class="users">
      ${users.map(
        ({ user, liked, recommended }) =>
          html`<div class="card example">
            <h3>${user}</h3>
            <h4>Liked last, newest first</h4>
            ${liked.length > 0 ? list(liked) : html`<p>Nothing.</p>`}
            <h4>Is recommended</h4>
            ${list(recommended)}
          </div>`,
      )}
    </div>
  </section>`;
}

function list(items: readonly string[]): Html {
  return html`<ol>
    ${items.map((item) => html`<li>${item}</li>`)}
  </ol>`;
}
