import type { RunFacts } from '../run/run-facts.js';
import { missing } from './format.js';
import { Html, html } from './html.js';

/** How the run was made: the command that makes it again, versions, the machine, and all options. */
export function madeSection(
  { command, versions, machine, startedAt }: RunFacts,
  options: Readonly<Record<string, unknown>>,
): Html {
  const facts = {
    Begun: startedAt.slice(0, 16).replace('T', ', ') + ' UTC',
    Versions: Object.entries(versions)
      .map(([name, version]) => `${name} ${version}`)
      .join(', '),
    Machine: machine,
  };
  return html`<section>
    <h2>How it was made</h2>
    <p>The same command gives the same run, to the last digit, on a machine whose numbers are alike.</p>
    <pre class="card" tabindex="0"><code>${command}</code></pre>
    ${optionTable('Fact', facts)}
    <p>The options that it had, those that nobody gave with their defaults:</p>
    ${optionTable('Option', options)}
  </section>`;
}

function optionTable(heading: string, values: Readonly<Record<string, unknown>>): Html {
  return html`<div class="card">
    <table class="options">
      <thead>
        <tr>
          <th scope="col">${heading}</th>
          <th scope="col">Value</th>
        </tr>
      </thead>
      <tbody>
        ${Object.entries(values).map(
          ([name, value]) =>
            html`<tr>
              <th scope="row">${name}</th>
              <td>${optionText(value)}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

function optionText(value: unknown): string {
  if (value === null || value === undefined) return missing;
  return typeof value === 'string' ? value : JSON.stringify(value);
}
