export { activate, activationGradient } from './activation';
export { adam, softUpdate, squareSum } from './update';
export { columnSum } from './column-sum';
export { copyColumns, gather, segmentSum } from './rows';
export { matMul } from './mat-mul';
export { mixRows } from './mix-rows';
export { pairwiseProducts, pairwiseProductsGradient } from './pairwise-products';
export { pooledState, pooledStateGradient } from './pooled-state';
