// Apart, for who only asks which there are: a command line, say.
/** What a recommender from a catalogue is good for: what somebody goes on to like, or what comes next, liked or not. */
export const goalNames = ['likes', 'next-item'] as const;

/** The name of such a goal. */
export type GoalName = (typeof goalNames)[number];
