/** What is in an NPY file, which has numbers of one type. */
export interface NpyArray {
  /** NumPy's name of the type, as `<f4`. */
  readonly type: string;
  readonly shape: readonly number[];
  /** The numbers' bytes, at an offset that suits them. */
  readonly data: ArrayBuffer;
}

const MAGIC = '\x93NUMPY';
const BYTES_EACH: Readonly<Record<string, number>> = { '<f4': 4, '<f8': 8, '<i4': 4, '<i8': 8 };

/**
 * Reads NumPy's format, version 1.0 or 2.0: https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
 *
 * @throws RangeError where it is not that, is in Fortran's order, has another type than those of `types`, or has more
 * or fewer bytes than its shape says.
 */
export function readNpy(bytes: Uint8Array, types: readonly string[]): NpyArray {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const magic = String.fromCharCode(...bytes.subarray(0, MAGIC.length));
  if (magic !== MAGIC || bytes.length < 12) {
    throw new RangeError('bytes: expected an NPY file, got something else than its magic string');
  }
  const major = view.getUint8(6);
  if (major !== 1 && major !== 2) {
    throw new RangeError(`bytes: expected version 1.0 or 2.0 of NPY, got ${major}.${view.getUint8(7)}`);
  }
  const start = major === 1 ? 10 : 12;
  const end = start + (major === 1 ? view.getUint16(8, true) : view.getUint32(8, true));
  const { type, shape } = parseHeader(new TextDecoder('latin1').decode(bytes.subarray(start, end)), types);
  const length = shape.reduce((product, each) => product * each, 1) * BYTES_EACH[type]!;
  if (bytes.length - end !== length) {
    throw new RangeError(
      `bytes: expected ${length} after the header for ${type} of shape (${shape.join(', ')}), got ${bytes.length - end}`,
    );
  }
  return { type, shape, data: Uint8Array.from(bytes.subarray(end)).buffer };
}

/** Writes version 1.0. */
export function writeNpy({ type, shape }: Omit<NpyArray, 'data'>, data: Uint8Array): Uint8Array {
  const sizes = shape.length === 1 ? `${shape[0]},` : shape.join(', ');
  const dictionary = `{'descr': '${type}', 'fortran_order': False, 'shape': (${sizes}), }`;
  const start = Math.ceil((10 + dictionary.length + 1) / 64) * 64;
  const bytes = new Uint8Array(start + data.length);
  const head = `${MAGIC}\x01\x00\x00\x00${dictionary.padEnd(start - 11)}\n`;
  for (let place = 0; place < start; place++) bytes[place] = head.charCodeAt(place);
  new DataView(bytes.buffer).setUint16(8, start - 10, true);
  bytes.set(data, start);
  return bytes;
}

function parseHeader(header: string, types: readonly string[]): Omit<NpyArray, 'data'> {
  const type = /'descr'\s*:\s*'([^']*)'/.exec(header)?.[1];
  const order = /'fortran_order'\s*:\s*(True|False)/.exec(header)?.[1];
  const shape = /'shape'\s*:\s*\(([\d,\s]*)\)/.exec(header)?.[1];
  if (order === undefined || shape === undefined) {
    throw new RangeError(
      `bytes: expected a header with descr, fortran_order and shape, got ${header.trim()}`,
    );
  }
  if (type === undefined || !types.includes(type)) {
    throw new RangeError(
      `bytes: expected numbers of type ${types.join(' or ')}, got ${type ?? header.trim()}`,
    );
  }
  if (order === 'True') throw new RangeError('bytes: expected C order, got Fortran order');
  const sizes = shape.split(',').filter((each) => each.trim() !== '');
  return { type, shape: sizes.map(Number) };
}
