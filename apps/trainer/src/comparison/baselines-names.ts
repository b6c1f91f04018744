/** What `--baselines` takes: the models that are fitted in seconds, or with them those that take minutes. */
export const baselinesNames = ['closed-form', 'all'] as const;

export type BaselinesName = (typeof baselinesNames)[number];
