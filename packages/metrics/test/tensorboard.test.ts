import { expect, test } from '@jest/globals';
import { PbfReader } from 'pbf';
import { crc32c } from '../src/crc32c.js';
import { tensorboardEvents, tensorboardHeader } from '../src/tensorboard.js';
import { lineAt } from './lines.js';

const ascii = (text: string) => new TextEncoder().encode(text);

test('the checksum is that of RFC 3720, appendix B.4', () => {
  expect(crc32c(new Uint8Array(32))).toBe(0x8a9136aa);
  expect(crc32c(new Uint8Array(32).fill(0xff))).toBe(0x62a8ab43);
  expect(crc32c(Uint8Array.from({ length: 32 }, (_, byte) => byte))).toBe(0x46dd794e);
  expect(crc32c(ascii('123456789'))).toBe(0xe3069283);
});

test('a file begins with a sealed event that says its version', () => {
  expect(Buffer.from(tensorboardHeader(1)).toString('hex')).toBe(
    '1800000000000000a37f4b22' + '09000000000000f03f1a0d627261696e2e4576656e743a32' + '86bf577a',
  );
});

/** What TensorBoard would read: the message in a record, once its two checksums are right. */
function messageIn(record: Uint8Array): Uint8Array {
  const view = new DataView(record.buffer);
  const length = Number(view.getBigUint64(0, true));
  const unmasked = (place: number) => {
    const turned = (view.getUint32(place, true) - 0xa282ead8) >>> 0;
    return ((turned >>> 17) | (turned << 15)) >>> 0;
  };
  expect(unmasked(8)).toBe(crc32c(record.subarray(0, 8)));
  expect(record.length).toBe(16 + length);
  expect(unmasked(12 + length)).toBe(crc32c(record.subarray(12, 12 + length)));
  return record.subarray(12, 12 + length);
}

interface Value {
  tag: string;
  plugin: string;
  dataClass: number;
  dtype: number;
  shape: number[];
  numbers: number[];
}

/** The values of an event, by event.proto, summary.proto and tensor.proto. */
function valuesIn(message: Uint8Array): { step: number; seconds: number; values: Value[] } {
  const event = { step: 0, seconds: 0, values: [] as Value[] };
  new PbfReader(message).readFields((tag, _, reader) => {
    if (tag === 1) event.seconds = reader.readDouble();
    if (tag === 2) event.step = reader.readVarint();
    if (tag === 5)
      reader.readMessage((inSummary) => inSummary === 1 && event.values.push(valueOf(reader)), null);
  }, null);
  return event;
}

function valueOf(reader: PbfReader): Value {
  const value: Value = { tag: '', plugin: '', dataClass: 0, dtype: 0, shape: [], numbers: [] };
  const dimension = (tag: number) => tag === 1 && value.shape.push(reader.readVarint());
  const shape = (tag: number) => tag === 2 && reader.readMessage(dimension, null);
  reader.readMessage((tag) => {
    if (tag === 1) value.tag = reader.readString();
    if (tag === 9)
      reader.readMessage((inMetadata) => {
        if (inMetadata === 1)
          reader.readMessage((inData) => inData === 1 && (value.plugin = reader.readString()), null);
        if (inMetadata === 4) value.dataClass = reader.readVarint();
      }, null);
    if (tag === 8)
      reader.readMessage((inTensor) => {
        if (inTensor === 1) value.dtype = reader.readVarint();
        if (inTensor === 2) reader.readMessage(shape, null);
        if (inTensor === 5) reader.readPackedFloat(value.numbers);
        if (inTensor === 6) reader.readPackedDouble(value.numbers);
      }, null);
  }, null);
  return value;
}

test('an event has a scalar for each number and a tensor for each histogram', () => {
  const line = lineAt(640, {
    ...{ figures: { criticLoss: 1.5, actorLoss: null, epsilon: NaN } },
    histograms: { tdErrors: { low: -1, high: 1, counts: [3, 1] } },
  });
  const { step, seconds, values } = valuesIn(messageIn(tensorboardEvents(line, 12.5)));
  expect([step, seconds]).toEqual([640, 12.5]);
  const scalar = { plugin: 'scalars', dataClass: 1, dtype: 1, shape: [] };
  expect(values).toEqual([
    { tag: 'Sessions/reward', numbers: [0.5], ...scalar },
    { tag: 'Losses/criticLoss', numbers: [1.5], ...scalar },
    { tag: 'Speed/stepsPerSecond', numbers: [100], ...scalar },
    {
      ...{ tag: 'Replay/tdErrors', plugin: 'histograms', dataClass: 2, dtype: 2, shape: [2, 3] },
      numbers: [-1, 0, 3, 0, 1, 1],
    },
  ]);
});
