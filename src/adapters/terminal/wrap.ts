// Breaks lines of text at blanks so that they fit on the paper, with the following lines indented under the text.

import stringWidth from 'string-width';
import { type Line, type Span, span, type Tone } from '../../views/styled-text.ts';

/** The line as one or more of at most `columns` columns; a word that is longer stands alone. */
export function wrap(line: Line, columns: number): Line[] {
  if (widthOf(line) <= columns) return [line];
  const hang = hangOf(line, columns);
  const rows: Row[] = [{ spans: [], width: 0 }];
  for (const word of wordsOf(line)) {
    const fits = rows.at(-1)!.width + stringWidth(word.text.trimEnd()) <= columns;
    if (!fits && rows.at(-1)!.width > hang) rows.push({ spans: [span(' '.repeat(hang))], width: hang });
    rows.at(-1)!.spans.push(word);
    rows.at(-1)!.width += stringWidth(word.text);
  }
  return rows.map(({ spans }) => joined(spans));
}

type Row = { readonly spans: Span[]; width: number };

/** Columns that a line takes; wide and combining characters count as they are shown. */
export function widthOf(line: Line): number {
  return stringWidth(textOf(line));
}

function textOf(line: Line): string {
  return line.map(({ text }) => text).join('');
}

/** As far as the line itself is indented, or to where its text begins after a word and a gap: "2027-W05  So that". */
function hangOf(line: Line, columns: number): number {
  const [head = ''] = /^ *(\S+ {2,})?/.exec(textOf(line)) ?? [];
  const hang = stringWidth(head);
  return hang > columns / 2 ? 0 : hang;
}

/** Each word with the blanks after it, in the tone it has; what stands together in two tones is two words. */
function wordsOf(line: Line): Span[] {
  return line.flatMap(({ text, tone }) => (text.match(/ *[^ ]+ */g) ?? [text]).map(inTone(tone)));
}

function inTone(tone: Tone): (text: string) => Span {
  return (text) => span(text, tone);
}

/** One span for what stands together in one tone, and no blank at the end. */
function joined(words: readonly Span[]): Line {
  const spans: Span[] = [];
  for (const { text, tone } of words) {
    const last = spans.at(-1);
    if (last?.tone === tone) spans[spans.length - 1] = span(last.text + text, tone);
    else spans.push(span(text, tone));
  }
  return spans.map((each, i) => (i === spans.length - 1 ? span(each.text.trimEnd(), each.tone) : each));
}
