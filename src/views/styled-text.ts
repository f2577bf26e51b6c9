// Text with marks for how it should look; a terminal turns them into colours, a file leaves them out.

/** What a text is, not what colour it has. */
export type Tone = 'plain' | 'strong' | 'faint' | 'odd' | 'good' | 'bad';

export type Span = { readonly text: string; readonly tone: Tone };

export type Line = readonly Span[];

export type Column = { readonly heading: Line; readonly align: 'left' | 'right' };

/** A table, or lines of text; a blank line stands between two of them. */
export type Block =
  | {
      readonly kind: 'table';
      readonly columns: readonly Column[];
      readonly rows: readonly (readonly Line[])[];
    }
  | { readonly kind: 'lines'; readonly lines: readonly Line[] };

export function span(text: string, tone: Tone = 'plain'): Span {
  return { text, tone };
}

export function lines(...texts: readonly Line[]): Block {
  return { kind: 'lines', lines: texts };
}
