// Takes the text of a backup apart as it comes: lines, and between them rows, which may be more than memory holds.

/** The text ends in the midst of something, or is none. */
export class CutOff extends Error {
  override readonly name = 'CutOff';
}

/** Longer than the manifest of any database of ours. */
const LONGEST_LINE = 1024 * 1024;

const LINE_END = 0x0a;

export class Lines {
  readonly #source: AsyncIterator<Buffer>;
  /** Begins at the beginning of a line. */
  #rest: Buffer = Buffer.alloc(0);

  constructor(text: AsyncIterable<Buffer>) {
    this.#source = text[Symbol.asyncIterator]();
  }

  /** The next line without its end; undefined after the last. */
  async next(): Promise<string | undefined> {
    while (!this.#rest.includes(LINE_END) && this.#rest.length <= LONGEST_LINE && (await this.#more()));
    if (this.#rest.length === 0) return undefined;
    const end = this.#rest.indexOf(LINE_END);
    if (end < 0) throw new CutOff();
    return this.#take(end + 1).toString('utf8', 0, end);
  }

  /** Everything up to the line `end`, which is passed over, in pieces of whole lines. */
  async *rowsUntil(end: string): AsyncGenerator<Uint8Array> {
    for (;;) {
      const length = this.#lengthBefore(end);
      const whole = length ?? this.#rest.lastIndexOf(LINE_END) + 1;
      if (whole > 0) yield this.#take(whole);
      if (length !== undefined) break;
      if (!(await this.#more())) throw new CutOff();
    }
    this.#take(end.length + 1);
  }

  #lengthBefore(end: string): number | undefined {
    if (this.#rest.subarray(0, end.length + 1).equals(Buffer.from(`${end}\n`))) return 0;
    const found = this.#rest.indexOf(`\n${end}\n`);
    return found < 0 ? undefined : found + 1;
  }

  #take(length: number): Buffer {
    const taken = this.#rest.subarray(0, length);
    this.#rest = this.#rest.subarray(length);
    return taken;
  }

  async #more(): Promise<boolean> {
    const { done, value } = await this.#source.next();
    if (!done) this.#rest = this.#rest.length === 0 ? value : Buffer.concat([this.#rest, value]);
    return !done;
  }
}
