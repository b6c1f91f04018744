/** What a space calls itself, such as `box`; undefined where it is of no kind that is known. */
export function kindOf(space: unknown): string | undefined {
  return (space as { readonly kind?: string }).kind;
}
