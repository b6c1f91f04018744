import { parseNumber } from '../numbers.js';
import type { DecimalMark } from './text-options.js';
import { textOf } from './utf8.js';

const powersOfTen = Float64Array.from({ length: 16 }, (_, exponent) => 10 ** exponent);

/**
 * The number that `bytes[start]` to `bytes[end - 1]` write, NaN where they write none or an infinite one.
 *
 * Up to 15 digits and a power of ten up to 10²² are exact in float64, so that one division rounds once
 * (Clinger 1990); what is longer or has an exponent goes the long way.
 */
export function parseDecimal(bytes: Uint8Array, start: number, end: number, mark: DecimalMark): number {
  const markByte = mark === 'point' ? 46 : 44;
  let place = start;
  const isNegative = bytes[place] === 45;
  if (isNegative) place += 1;
  if (end - place > 16 || place === end) return parseText(bytes, start, end, mark);
  let digits = 0;
  let decimals = -1;
  let mantissa = 0;
  for (; place < end; place++) {
    const byte = bytes[place]!;
    if (byte === markByte && decimals < 0) {
      decimals = digits;
    } else if (byte >= 48 && byte <= 57) {
      mantissa = 10 * mantissa + byte - 48;
      digits += 1;
    } else {
      return parseText(bytes, start, end, mark);
    }
  }
  if (digits === 0 || digits > 15) return parseText(bytes, start, end, mark);
  const value = decimals < 0 ? mantissa : mantissa / powersOfTen[digits - decimals]!;
  return isNegative ? -value : value;
}

function parseText(bytes: Uint8Array, start: number, end: number, mark: DecimalMark): number {
  const text = textOf(bytes, start, end);
  return parseNumber(text, mark) ?? NaN;
}
