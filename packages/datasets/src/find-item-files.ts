import { columnsOfItems, type ItemSource } from './item-metadata.js';
import { assertEncodingRead, type LogFile } from './log-file.js';
import { findLogFiles } from './log-files.js';
import { assertTextOptions } from './text/text-options.js';

/**
 * The files of a source of items.
 *
 * @throws DatasetError where there is none.
 * @throws RangeError where its options cannot be.
 */
export async function findItemFiles(source: ItemSource): Promise<LogFile[]> {
  assertTextOptions(source, columnsOfItems(source));
  const files = await findLogFiles(source.source, source);
  assertEncodingRead(files, source.encoding);
  return files;
}
