/** What an engine says of a mistake in a program, and not of an input. */
const ENGINE =
  /Cannot (read|set|convert|destructure|mix|use)|is not (a function|iterable|a constructor|defined)|Invalid (array|typed array|string|count|time) |Maximum call stack|out of memory|offset is out of bounds|Reduce of empty|Assertion failed|undefined \(/;

/** Whether an error is a sentence of ours, which names what was wrong. */
export function isOurs(error) {
  return error instanceof Error && /^[^\n]{0,2000}?: \S/.test(error.message) && !ENGINE.test(error.message);
}

/** What a call gives, or undefined where it refuses its input in a sentence of ours; whatever else it throws is thrown. */
export async function orRefusal(call) {
  try {
    return await call();
  } catch (error) {
    if (isOurs(error)) return undefined;
    throw error;
  }
}
