/** Times what the parts of a program do, by wrapping their methods: the program itself stays as it is. */
export class PartTimer {
  /** Milliseconds so far, by part. */
  readonly parts: Record<string, number> = {};

  /** Forgets what it has measured so far, and goes on. */
  restart(): void {
    for (const part of Object.keys(this.parts)) this.parts[part] = 0;
  }

  /**
   * From now on every call of `owner[method]` counts for `part`, until it is done where it is asynchronous;
   * `onCall` hears when it began.
   *
   * @throws TypeError where `owner` has no such method.
   */
  watch<Owner extends object>(
    part: string,
    owner: Owner,
    method: keyof Owner & string,
    onCall: (at: number) => void = () => undefined,
  ): void {
    const original = owner[method] as unknown;
    if (typeof original !== 'function') {
      throw new TypeError(`${method}: expected a method, got ${String(original)}`);
    }
    this.parts[part] ??= 0;
    const watched = (...args: unknown[]): unknown => {
      const startedAt = performance.now();
      onCall(startedAt);
      const stop = () => void (this.parts[part]! += performance.now() - startedAt);
      const result: unknown = original.apply(owner, args);
      if (result instanceof Promise) return result.finally(stop);
      stop();
      return result;
    };
    Object.defineProperty(owner, method, { value: watched, writable: true });
  }
}
