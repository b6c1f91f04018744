/** What a key may do. */
export const SCOPES = ['recommend', 'feedback', 'metrics', 'forget'] as const;

/** `recommend`: ask and activate; `feedback`: send events and activate; `metrics`: read them; `forget`: remove a user. */
export type Scope = (typeof SCOPES)[number];
