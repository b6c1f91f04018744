import {
  GatherV2,
  Identity,
  UnsortedSegmentSum,
  util,
  type GatherV2Attrs,
  type TensorInfo,
  type UnsortedSegmentSumAttrs,
} from '@tensorflow/tfjs-core';
import type { FastKernels } from '../fast-kernels.js';
import { register } from './register.js';

/** Rows of a table by their indices, and sums of rows by segment, which is the gradient of the former. */
export function registerRows(fast: FastKernels): void {
  register<{ x: TensorInfo; indices: TensorInfo }, GatherV2Attrs>(
    fast,
    GatherV2,
    ({ x, indices }, { axis, batchDims }) => {
      const isPlain = axis === 0 && batchDims === 0 && x.dtype === 'float32' && indices.dtype === 'int32';
      const [rows, ...row] = x.shape;
      const [size, count] = [util.sizeFromShape(row), util.sizeFromShape(indices.shape)];
      if (!isPlain || size * count === 0) return undefined;
      const out = fast.backend.makeOutput([...indices.shape, ...row], 'float32');
      const [table, places, target] = [x, indices, out].map((tensor) => fast.addressOf(tensor));
      const bad = fast.exports.gather(table!, rows!, places!, count, 4 * size, target!);
      if (bad >= 0) {
        const index = fast.integers(places!, count)[bad];
        fast.backend.disposeData(out.dataId);
        throw new RangeError(`indices[${bad}]: expected 0 to ${rows! - 1}, got ${index}`);
      }
      return out;
    },
  );
  register<{ x: TensorInfo; segmentIds: TensorInfo }, UnsortedSegmentSumAttrs>(
    fast,
    UnsortedSegmentSum,
    ({ x, segmentIds }, { numSegments }) => {
      if (x.dtype !== 'float32' || segmentIds.shape.length !== 1) return undefined;
      const [count, ...row] = x.shape;
      const out = fast.backend.makeOutput([numSegments, ...row], 'float32');
      const [rows, segments, target] = [x, segmentIds, out].map((tensor) => fast.addressOf(tensor));
      fast.exports.segmentSum(rows!, segments!, count!, 4 * util.sizeFromShape(row), target!, numSegments);
      return out;
    },
  );
}

/** A clone shares its original's numbers, which nothing changes but the updates that ask who shares. */
export function registerIdentity(fast: FastKernels): void {
  register<{ x: TensorInfo }, object>(fast, Identity, ({ x: { dataId, shape, dtype } }) => {
    if (dtype === 'string') return undefined;
    fast.backend.incRef(dataId);
    return { dataId, shape, dtype };
  });
}
