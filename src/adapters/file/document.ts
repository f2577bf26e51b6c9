// YAML 1.2 (and so JSON) as plain values, with the line of every field.

import { type Document, isAlias, isMap, isNode, isScalar, isSeq, LineCounter, parseDocument } from 'yaml';

export type FieldPath = readonly (string | number)[];

export type YamlDocument = {
  readonly value: unknown;
  /** The line, from 1, at which the field stands; that of the nearest field around it where it is missing. */
  readonly lineOf: (path: FieldPath) => number;
};

export type YamlReading =
  | { readonly kind: 'document'; readonly document: YamlDocument }
  | {
      readonly kind: 'problems';
      readonly problems: readonly { readonly line: number; readonly problem: string }[];
    };

/** More aliases than this are no convenience but a bomb ("billion laughs"). */
const MOST_ALIASES = 100;

export function readYaml(text: string): YamlReading {
  const lines = new LineCounter();
  try {
    const document = parseDocument(text, {
      lineCounter: lines,
      version: '1.2',
      schema: 'core',
      prettyErrors: false,
    });
    const faults = [...document.errors, ...document.warnings];
    if (faults.length > 0)
      return { kind: 'problems', problems: faults.map((fault) => readFault(fault, lines)) };
    const value: unknown = document.toJS({ maxAliasCount: MOST_ALIASES });
    return { kind: 'document', document: { value, lineOf: (path) => lineOf(document, lines, path) } };
  } catch (error) {
    return { kind: 'problems', problems: [{ line: 1, problem: sentenceOfThrown(error) }] };
  }
}

type Fault = { readonly code: string; readonly message: string; readonly pos: readonly [number, number] };

function readFault(fault: Fault, lines: LineCounter): { line: number; problem: string } {
  return {
    line: lines.linePos(fault.pos[0]).line,
    problem: SENTENCES[fault.code] ?? `this is no YAML: ${fault.message}`,
  };
}

const SENTENCES: Readonly<Record<string, string>> = {
  DUPLICATE_KEY: 'this key stands here twice; leave one of them out',
  MULTIPLE_DOCS: 'a second document begins here; write one partnership a file',
  TAB_AS_INDENT: 'this line is indented with a tab; YAML wants spaces',
  BLOCK_AS_IMPLICIT_KEY: 'this is no YAML: put a text that holds a colon in quotes',
};

function sentenceOfThrown(error: unknown): string {
  if (error instanceof ReferenceError)
    return `the file repeats itself through more than ${MOST_ALIASES} aliases; write it out`;
  if (error instanceof RangeError) return 'the file is nested too deeply';
  return `this is no YAML: ${error instanceof Error ? error.message : String(error)}`;
}

function lineOf(document: Document.Parsed, lines: LineCounter, path: FieldPath): number {
  let node: unknown = document.contents;
  let offset = offsetOf(node) ?? 0;
  for (const step of path) {
    if (isAlias(node)) node = node.resolve(document);
    const next = childOf(node, step);
    if (!next) break;
    [node, offset] = [next.value, offsetOf(next.key) ?? offset];
  }
  return lines.linePos(offset).line;
}

/** The key of a map, or the item of a list, is where its line is. */
function childOf(node: unknown, step: string | number): { key: unknown; value: unknown } | undefined {
  if (isMap(node)) return node.items.find(({ key }) => isScalar(key) && String(key.value) === String(step));
  const item = isSeq(node) ? node.items[Number(step)] : undefined;
  return item === undefined ? undefined : { key: item, value: item };
}

function offsetOf(node: unknown): number | undefined {
  return isNode(node) ? node.range?.[0] : undefined;
}
