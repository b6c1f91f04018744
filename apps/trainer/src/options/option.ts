import { z } from 'zod';

/** One option of the command line; its schema also says its default, or that it must be given. */
export interface Option<Value = unknown> {
  /** What stands behind its name, such as `<count>`; none for a switch. */
  readonly argument?: string;
  readonly help: string;
  readonly schema: z.ZodType<Value>;
  /** Makes of the command line's text what the schema checks (default: the text as it is). */
  readonly read?: (text: string) => unknown;
}

/** Options by their names, as properties are named: `historySize` is `--history-size`. */
export type Options = Readonly<Record<string, Option>>;

/** What the schemas of options make of what was given. */
export type ValuesOf<Given extends Options> = {
  readonly [Name in keyof Given]: z.output<Given[Name]['schema']>;
};

/** A number; a text that is none stays as it is, so that the schema refuses it and names it. */
export function readNumber(given: string): unknown {
  return given.trim() === '' || Number.isNaN(Number(given)) ? given : Number(given);
}

/** An integer from 1. */
export function positiveInteger(help: string, usual: number, argument = '<count>'): Option<number> {
  return { argument, help, schema: z.int().positive().default(usual), read: readNumber };
}

/** A text that may be left out. */
export function text(argument: string, help: string): Option<string | undefined> {
  return { argument, help, schema: z.string().min(1).optional() };
}

/** A text that must be given. */
export function neededText(argument: string, help: string, message: string): Option<string> {
  return { argument, help, schema: z.string({ error: message }).min(1) };
}

/** One of some names. */
export function oneOf<const Name extends string>(
  names: readonly Name[],
  help: string,
  usual: NoInfer<Name>,
): Option<Name> {
  const schema = z.enum(names).default(usual as never) as unknown as z.ZodType<Name>;
  return { argument: '<name>', help: `${listed(names, 'or')}: ${help}`, schema };
}

/** One of some names, or none of them. */
export function oneOfOrNone<const Name extends string>(
  names: readonly Name[],
  help: string,
): Option<Name | undefined> {
  return { argument: '<name>', help: `${listed(names, 'or')}: ${help}`, schema: z.enum(names).optional() };
}

/** Nothing behind its name: it is on where it is given. */
export function onOrOff(help: string): Option<boolean> {
  return { help, schema: z.boolean().default(false) };
}

/** As the command line spells it: `--history-size`. */
export function flagOf(name: string): string {
  return `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

/** The default of an option; undefined where it has none. */
export function defaultOf({ schema }: Option): unknown {
  const parsed = schema.safeParse(undefined);
  return parsed.success ? parsed.data : undefined;
}

/** `a, b or c` */
export function listed(names: readonly string[], conjunction: 'and' | 'or'): string {
  if (names.length < 2) return names.join('');
  return `${names.slice(0, -1).join(', ')} ${conjunction} ${names.at(-1)}`;
}
