import { PbfWriter } from 'pbf';
import { crc32c } from './crc32c.js';
import { describeMetric } from './describe-metric.js';
import type { Histogram, TrainingMetrics } from './records.js';
import { scalarsOf } from './scalars.js';

// The numbers of fields are those of TensorBoard's event.proto, summary.proto and tensor.proto.

/** What a file of events begins with. */
export function tensorboardHeader(seconds: number): Uint8Array {
  return event(seconds, 0, (writer) => writer.writeStringField(3, 'brain.Event:2'));
}

/**
 * A line of metrics as events of TensorBoard 2: a scalar for each single number, named such as `Losses/criticLoss`, and its
 * histograms. What is null is left out.
 *
 * @param seconds - the time of the line, since 1970.
 */
export function tensorboardEvents(line: TrainingMetrics, seconds: number): Uint8Array {
  const values = [
    ...Object.entries(scalarsOf(line)).flatMap(([name, value]) =>
      value !== null && Number.isFinite(value) ? [scalar(tagOf(name), value)] : [],
    ),
    ...Object.entries(line.histograms).map(([name, histogram]) => spread(tagOf(name), histogram)),
  ];
  return event(seconds, line.step, (writer) => {
    writer.writeMessage(
      5,
      (_, summary: PbfWriter) => {
        for (const value of values) summary.writeMessage(1, value, undefined);
      },
      undefined,
    );
  });
}

function tagOf(name: string): string {
  return `${describeMetric(name).group}/${name}`;
}

type Write = (of: unknown, writer: PbfWriter) => void;

/** A Summary.Value of a float32 scalar. */
function scalar(tag: string, value: number): Write {
  return summaryValue(tag, { plugin: 'scalars', dataClass: 1 }, (tensor) => {
    tensor.writeVarintField(1, 1); // float32
    tensor.writeMessage(2, () => {}, undefined); // of no dimension
    tensor.writePackedFloat(5, [value]);
  });
}

/** A Summary.Value of rows of left edge, right edge and count, float64 `[buckets, 3]`. */
function spread(tag: string, { low, high, counts }: Histogram): Write {
  const edge = (bucket: number) => low + ((high - low) * bucket) / counts.length;
  const rows = counts.flatMap((count, bucket) => [edge(bucket), edge(bucket + 1), count]);
  return summaryValue(tag, { plugin: 'histograms', dataClass: 2 }, (tensor) => {
    tensor.writeVarintField(1, 2); // float64
    tensor.writeMessage(
      2,
      (_, shape: PbfWriter) => {
        for (const size of [counts.length, 3])
          shape.writeMessage(2, (__, dimension: PbfWriter) => dimension.writeVarintField(1, size), undefined);
      },
      undefined,
    );
    tensor.writePackedDouble(6, rows);
  });
}

function summaryValue(
  tag: string,
  { plugin, dataClass }: { readonly plugin: string; readonly dataClass: number },
  writeTensor: (tensor: PbfWriter) => void,
): Write {
  return (_, value) => {
    value.writeStringField(1, tag);
    value.writeMessage(
      9,
      (__, metadata: PbfWriter) => {
        metadata.writeMessage(1, (___, data: PbfWriter) => data.writeStringField(1, plugin), undefined);
        metadata.writeVarintField(4, dataClass);
      },
      undefined,
    );
    value.writeMessage(8, (__, tensor: PbfWriter) => writeTensor(tensor), undefined);
  };
}

function event(seconds: number, step: number, write: (writer: PbfWriter) => void): Uint8Array {
  const writer = new PbfWriter();
  writer.writeDoubleField(1, seconds);
  if (step > 0) writer.writeVarintField(2, step);
  write(writer);
  return framed(writer.finish());
}

/** A record of TFRecord: its length, a checksum of that, its bytes, a checksum of those. */
function framed(bytes: Uint8Array): Uint8Array {
  const record = new Uint8Array(16 + bytes.length);
  const view = new DataView(record.buffer);
  view.setBigUint64(0, BigInt(bytes.length), true);
  view.setUint32(8, masked(record.subarray(0, 8)), true);
  record.set(bytes, 12);
  view.setUint32(12 + bytes.length, masked(bytes), true);
  return record;
}

/** CRC-32C turned and shifted, as TFRecord has it, so that a checksum of checksums means something. */
function masked(bytes: Uint8Array): number {
  const checksum = crc32c(bytes);
  return (((checksum >>> 15) | (checksum << 17)) + 0xa282ead8) >>> 0;
}
