import type { TrainOptions } from '../options.js';
import type { Variant } from '../recommender.js';
import { loadPaper, trainPaper } from './paper.js';
import { loadPlanning, trainPlanning } from './planning.js';
import { loadResidual, trainResidualVariant } from './residual.js';

const paper: Variant = { train: trainPaper, load: loadPaper };
const residual: Variant = { train: trainResidualVariant, load: loadResidual };
const planning: Variant = { train: trainPlanning, load: loadPlanning };

/** How a run with these options learns: the default variant in sessions where there are any, else from the log. */
export function variantOf({ variant, dataset }: Pick<TrainOptions, 'variant' | 'dataset'>): Variant {
  if (variant === 'paper') return paper;
  return dataset === 'moving-taste' ? planning : residual;
}
