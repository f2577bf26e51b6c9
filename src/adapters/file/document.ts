// YAML 1.2 (and so JSON) as plain values, with the line of every field.

import {
  type Document,
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  visit,
} from 'yaml';
import { quoted } from '../../flows/words.ts';
import { findInJson } from './json.ts';
import { sentenceOfFault, TOO_DEEP, worthSaying } from './yaml-faults.ts';

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

/** What `text` says. Of what is meant as JSON, by its name or its first character, it is told where that goes wrong. */
export function readDocument(text: string, path: string): YamlReading {
  const read = readYaml(text);
  if (read.kind === 'document' || !isMeantAsJson(text, path)) return read;
  const problem = findInJson(text);
  return problem ? { kind: 'problems', problems: [problem] } : read;
}

function isMeantAsJson(text: string, path: string): boolean {
  return /\.json$/i.test(path) || text.trimStart().startsWith('{');
}

function readYaml(text: string): YamlReading {
  const lines = new LineCounter();
  try {
    const document = parseDocument(text, { lineCounter: lines, ...OPTIONS });
    const problems = problemsIn(document, lines);
    if (problems.length > 0) return { kind: 'problems', problems };
    const value: unknown = document.toJS({ maxAliasCount: MOST_ALIASES });
    return { kind: 'document', document: { value, lineOf: (path) => lineOf(document, lines, path) } };
  } catch (error) {
    return { kind: 'problems', problems: [{ line: 1, problem: sentenceOfThrown(error) }] };
  }
}

/** At the level `error` nothing is said past us: a warning of the parser would repeat the text. */
const OPTIONS = { version: '1.2', schema: 'core', prettyErrors: false, logLevel: 'error' } as const;

type Problem = { readonly line: number; readonly problem: string };

function problemsIn(document: Document.Parsed, lines: LineCounter): Problem[] {
  const faults = worthSaying([...document.errors, ...document.warnings]);
  if (faults.length === 0) return strayAliases(document, lines);
  return faults.map((fault) => ({
    line: lines.linePos(fault.pos[0]).line,
    problem: sentenceOfFault(fault),
  }));
}

/** Aliases of what has no anchor before them, which YAML calls an error (YAML 1.2.2, 7.1). */
function strayAliases(document: Document.Parsed, lines: LineCounter): Problem[] {
  const anchors = new Set<string>();
  const stray: Problem[] = [];
  visit(document, {
    Node: (_, node) => {
      if (!isAlias(node)) {
        if (node.anchor !== undefined) anchors.add(node.anchor);
      } else if (!anchors.has(node.source)) {
        const problem = `no anchor is called ${quoted(node.source)}: put a text that begins with * in quotes`;
        stray.push({ line: lines.linePos(node.range?.[0] ?? 0).line, problem });
      }
    },
  });
  return stray;
}

function sentenceOfThrown(error: unknown): string {
  if (error instanceof ReferenceError)
    return `the file repeats itself through more than ${MOST_ALIASES} aliases; write it out`;
  if (error instanceof RangeError) return TOO_DEEP;
  return 'this is no YAML that can be read';
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
