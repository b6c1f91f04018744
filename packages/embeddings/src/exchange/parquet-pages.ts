import type { ColumnMetaData, FileMetaData } from 'hyparquet';
import type { PageHeader } from 'hyparquet/src/types.js';

/** Values of a column for each byte of the file, at most: more than any compression of vectors has. */
const MOST_VALUES = { perByte: 100, more: 1_000_000 };

/**
 * Looks at the pages of a file before they are read: a size below 0 or none, which a damaged byte makes, would let a reader go
 * back and read the same page for ever.
 *
 * @throws Error where a page does not lie in its column's part of the file, or says that it has more than it can.
 */
export async function assertPages(bytes: Uint8Array, { row_groups: groups }: FileMetaData): Promise<void> {
  const { parquetHeader } = await import('hyparquet/src/column.js');
  const most = MOST_VALUES.perByte * bytes.length + MOST_VALUES.more;
  for (const { meta_data: column } of groups.flatMap(({ columns }) => columns)) {
    if (!column) continue;
    const { start, size, values } = partOf(column, bytes.length, most);
    const reader = { view: new DataView(bytes.buffer, bytes.byteOffset + start, size), offset: 0 };
    while (reader.offset < size - 1) {
      const header = parquetHeader(reader);
      assertPage(header, { left: size - reader.offset, values, most });
      reader.offset += header.compressed_page_size;
    }
  }
}

/** Where a column's pages are, and how many values they have in all. */
function partOf(column: ColumnMetaData, length: number, most: number) {
  const start = Number(column.dictionary_page_offset || column.data_page_offset);
  const [size, values] = [Number(column.total_compressed_size), Number(column.num_values)];
  assertWithin('offset of a column', start, length);
  assertWithin('size of a column', size, length - start);
  assertWithin('values of a column', values, most);
  return { start, size, values };
}

function assertPage(
  header: PageHeader,
  { left, values, most }: { readonly left: number; readonly values: number; readonly most: number },
): void {
  assertWithin('size of a page', header.compressed_page_size, left);
  assertWithin('size of a page once unpacked', header.uncompressed_page_size, 8 * most);
  const { data_page_header: data, data_page_header_v2: second, dictionary_page_header: dictionary } = header;
  if (data) assertWithin('values of a page', data.num_values, values);
  if (dictionary) assertWithin('values of a dictionary', dictionary.num_values, most);
  if (!second) return;
  assertWithin('values of a page', second.num_values, values);
  assertWithin('rows of a page', second.num_rows, values);
  assertWithin('nulls of a page', second.num_nulls, second.num_values);
  const { definition_levels_byte_length: definition, repetition_levels_byte_length: repetition } = second;
  assertWithin('levels of a page', definition, left);
  assertWithin('levels of a page', repetition, left);
}

function assertWithin(name: string, value: unknown, limit: number): void {
  if (Number.isSafeInteger(value) && (value as number) >= 0 && (value as number) <= limit) return;
  throw new Error(`${name}: expected an integer from 0 to ${limit}, got ${String(value)}`);
}
