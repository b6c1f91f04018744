/** An option of `readLog` that would make a log readable, with the value that it would need. */
export interface Advice {
  readonly option: 'rating' | 'encoding' | 'decimal' | 'columns' | 'pairs' | 'scale' | 'counts' | 'format';
  readonly value: string | boolean | readonly string[] | { readonly min: number; readonly max: number };
}

/** What is wrong, and what would help. */
export interface Problem {
  readonly reason: string;
  readonly advice?: readonly Advice[];
}

/** How a message spells an option with its value. */
export type SpellAdvice = (advice: Advice) => string;

/** As it stands in code, such as `encoding: 'latin1'`. */
export function asCode({ option, value }: Advice): string {
  const text = JSON.stringify(value).replaceAll('"', "'");
  const spaced = text.replace(/[:,](?=\S)/g, '$& ').replace(/^\{(.*)\}$/, '{ $1 }');
  return `${option}: ${spaced.replace(/'(min|max)'/g, '$1')}`;
}

/** A problem as a sentence that ends in what would help, where something would. */
export function problemText({ reason, advice = [] }: Problem, spell: SpellAdvice): string {
  return advice.length === 0 ? reason : `${reason}; give ${advice.map(spell).join(' or ')}`;
}
