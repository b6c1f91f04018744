/** What a space calls itself, such as `box`; undefined where it is of no kind that is known. */
export function kindOf(space: unknown): string | undefined {
  return (space as { readonly kind?: string }).kind;
}

/** Whether an environment's actions are the items that it may show. */
export function recommendsItems({
  actionSpace,
  observationSpace,
}: {
  readonly actionSpace: unknown;
  readonly observationSpace: unknown;
}): boolean {
  return kindOf(actionSpace) === 'discrete' && kindOf(observationSpace) === 'recommendation';
}
