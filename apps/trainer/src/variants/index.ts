import type { VariantName } from '../options.js';
import type { Variant } from '../recommender.js';
import { loadPaper, trainPaper } from './paper.js';
import { loadResidual, trainResidualVariant } from './residual.js';

export const variants: Readonly<Record<VariantName, Variant>> = {
  residual: { train: trainResidualVariant, load: loadResidual },
  paper: { train: trainPaper, load: loadPaper },
};
