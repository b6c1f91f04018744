// Apart, for who only asks which there are: a command line, say.
/** Models of order that can be a block, beside SLIT. They take minutes to fit where the others take seconds. */
export const sequenceBlockNames = ['gru4rec', 'sasrec'] as const;

/** The name of such a model. */
export type SequenceBlockName = (typeof sequenceBlockNames)[number];
