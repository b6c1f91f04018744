/**
 * The names of all options of a kind, written down beside them: a compiler sees there that none is missing. A name counts where it
 * is `true`.
 */
export type OptionNames<Options> = { readonly [Name in keyof Options]-?: true };

/**
 * Refuses options that nothing would read, such as a misspelt one.
 *
 * @param given - what a caller gave, not yet checked.
 * @throws RangeError with the first name that is none, and those that there are; TypeError where it is no object.
 */
export function assertOptionNames<Options>(given: unknown, names: OptionNames<Options>): void {
  if (typeof given !== 'object' || given === null) {
    throw new TypeError(`options: expected an object, got ${String(given)}`);
  }
  for (const name of Object.keys(given)) {
    if (isName(name, names)) continue;
    const known = Object.keys(names)
      .filter((each) => isName(each, names))
      .sort()
      .join(', ');
    throw new RangeError(`${name}: expected one of the options ${known}, got an unknown name`);
  }
}

/** Those of the options given that have one of these names. */
export function optionsNamed<Options extends object, Name extends keyof Options>(
  given: Options,
  names: { readonly [Each in Name]: true },
): Pick<Options, Name> {
  const own = Object.entries(given).filter(([name]) => isName(name, names));
  return Object.fromEntries(own) as unknown as Pick<Options, Name>;
}

/** Nothing that objects inherit is `true`. */
function isName(name: string, names: object): boolean {
  return (names as Readonly<Record<string, unknown>>)[name] === true;
}

/** Names but for some, which whoever takes these options fills in. */
export function namesWithout<Options, Left extends keyof Options>(
  names: OptionNames<Options>,
  ...left: readonly Left[]
): OptionNames<Omit<Options, Left>> {
  const rest = Object.entries(names).filter(([name]) => !(left as readonly PropertyKey[]).includes(name));
  return Object.fromEntries(rest) as OptionNames<Omit<Options, Left>>;
}
