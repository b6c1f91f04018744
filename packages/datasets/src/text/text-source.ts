/** A file of text, wherever it lies. */
export interface TextSource {
  /** What errors call it. */
  readonly name: string;
  /**
   * Its bytes from the beginning, unzipped where they are gzipped.
   *
   * @throws DatasetError where it cannot be read or unzipped, or begins as no text does.
   */
  open(): AsyncIterable<Uint8Array>;
}
