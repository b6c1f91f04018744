import {
  backend_util,
  Concat,
  Pack,
  Slice,
  slice_util,
  SplitV,
  Unpack,
  util,
  type ConcatAttrs,
  type PackAttrs,
  type SliceAttrs,
  type SplitVAttrs,
  type Tensor,
  type TensorInfo,
  type UnpackAttrs,
} from '@tensorflow/tfjs-core';
import type { FastKernels } from '../fast-kernels.js';
import { register } from './register.js';

/**
 * Tensors joined along one axis and cut along it, which are each other's gradients: runs of numbers are copied
 * from rows to rows. The stock kernels copy the whole tensor for each part that they cut from it.
 *
 * What does not fit together is left to the stock kernels, whose errors say why.
 */
export function registerParts(fast: FastKernels): void {
  /** Copies `length` of the places along an axis, from `start` on, to those of another tensor from `to` on. */
  const copy = (from: Part, to: Part, axis: number, length: number) => {
    const after = util.sizeFromShape(from.tensor.shape.slice(axis + 1));
    const address = ({ tensor, start }: Part) => fast.addressOf(tensor) + 4 * start * after;
    const stride = ({ tensor }: Part) => 4 * tensor.shape[axis]! * after;
    const rows = util.sizeFromShape(from.tensor.shape.slice(0, axis));
    fast.exports.copyColumns(address(from), stride(from), address(to), stride(to), rows, 4 * length * after);
  };
  const make = (shape: number[], { dtype }: TensorInfo) => fast.backend.makeOutput(shape, dtype);

  /** Tensors of any lengths along the axis, one behind the other. */
  const join = (tensors: readonly TensorInfo[], axis: number) => {
    const length = tensors.reduce((sum, { shape }) => sum + shape[axis]!, 0);
    const out = make(withLength(tensors[0]!.shape, axis, length), tensors[0]!);
    let start = 0;
    for (const tensor of tensors) {
      copy({ tensor, start: 0 }, { tensor: out, start }, axis, tensor.shape[axis]!);
      start += tensor.shape[axis]!;
    }
    return out;
  };
  /** The places along the axis from `start` on. */
  const cut = (tensor: TensorInfo, axis: number, start: number, length: number) => {
    const out = make(withLength(tensor.shape, axis, length), tensor);
    copy({ tensor, start }, { tensor: out, start: 0 }, axis, length);
    return out;
  };

  register<readonly TensorInfo[], ConcatAttrs>(fast, Concat, (inputs, attributes) => {
    const tensors = Object.values(inputs);
    const axis = util.parseAxisParam(attributes.axis, tensors[0]!.shape)[0]!;
    const rest = tensors.map(({ shape }) => withLength(shape, axis, 0));
    return areAlike(tensors) && areEqual(rest) ? join(tensors, axis) : undefined;
  });

  register<readonly TensorInfo[], PackAttrs>(fast, Pack, (inputs, { axis }) => {
    const tensors = Object.values(inputs);
    if (axis < 0 || !areAlike(tensors) || !areEqual(tensors.map(({ shape }) => shape))) return undefined;
    const shape = [...tensors[0]!.shape.slice(0, axis), 1, ...tensors[0]!.shape.slice(axis)];
    return join(
      tensors.map((tensor) => ({ ...tensor, shape })),
      axis,
    );
  });

  register<{ x: TensorInfo }, SplitVAttrs>(fast, SplitV, ({ x }, { numOrSizeSplits, axis: given }) => {
    if (!areAlike([x])) return undefined;
    const axis = util.parseAxisParam(given, x.shape)[0]!;
    let start = 0;
    return backend_util.prepareSplitSize(x as Tensor, numOrSizeSplits, axis).map((length) => {
      start += length;
      return cut(x, axis, start - length, length);
    });
  });

  register<{ value: TensorInfo }, UnpackAttrs>(fast, Unpack, ({ value }, { axis: given }) => {
    if (!areAlike([value])) return undefined;
    const axis = util.parseAxisParam(given, value.shape)[0]!;
    const shape = value.shape.filter((_, place) => place !== axis);
    const places = Array.from({ length: value.shape[axis]! }, (_, place) => place);
    return places.map((place) => ({ ...cut(value, axis, place, 1), shape }));
  });

  register<{ x: TensorInfo }, SliceAttrs>(fast, Slice, ({ x }, { begin, size }) => {
    const [starts, lengths] = slice_util.parseSliceParams(x, begin, size) as [number[], number[]];
    const cuts = x.shape.flatMap((length, axis) => (lengths[axis] === length ? [] : [axis]));
    const [axis = 0, ...others] = cuts;
    const isInside = starts[axis]! >= 0 && starts[axis]! + lengths[axis]! <= x.shape[axis]!;
    const isOneCut = others.length === 0 && starts.every((start, place) => start === 0 || place === axis);
    return areAlike([x]) && isInside && isOneCut ? cut(x, axis, starts[axis]!, lengths[axis]!) : undefined;
  });
}

/** Where in a tensor, along an axis. */
interface Part {
  readonly tensor: TensorInfo;
  readonly start: number;
}

function withLength(shape: readonly number[], axis: number, length: number): number[] {
  return shape.map((each, place) => (place === axis ? length : each));
}

/** Whether all are of one type, and that of four bytes. */
function areAlike(tensors: readonly TensorInfo[]): boolean {
  const [{ dtype }] = tensors as [TensorInfo];
  return (dtype === 'float32' || dtype === 'int32') && tensors.every((tensor) => tensor.dtype === dtype);
}

function areEqual(shapes: readonly number[][]): boolean {
  return shapes.every((shape) => util.arraysEqual(shape, shapes[0]!));
}
