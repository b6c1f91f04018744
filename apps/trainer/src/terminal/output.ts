/** What is printed beside results: everything, nothing, or results as JSON alone. */
export interface OutputMode {
  /** No progress, and nothing that is no result. */
  readonly quiet: boolean;
  /** The result as one JSON value on stdout; what else there is to say goes to stderr. */
  readonly json: boolean;
}

// Of the process, whose terminal there is one of.
let mode: OutputMode = { quiet: false, json: false };

export function setOutput(chosen: Partial<OutputMode>): void {
  mode = { quiet: false, json: false, ...chosen };
}

export function isQuiet(): boolean {
  return mode.quiet;
}

/** Says what one may want to know on the way. */
export function say(line: string): void {
  if (mode.quiet) return;
  if (mode.json) console.error(line);
  else console.log(line);
}

/**
 * Prints the result of a command: once, at its end.
 *
 * @param text - for a reader.
 * @param value - for a program.
 */
export function printResult(text: string, value: unknown): void {
  console.log(mode.json ? JSON.stringify(value) : text);
}
