// What the architecture's rules look at in one source file.

import { type Token, tokensOf } from './tokens.ts';

/** `specifier` is undefined where an import is computed, so that nobody can tell what it reaches. */
export type Import = { readonly specifier: string | undefined; readonly line: number };

/** `form`: declared here, listed in braces, `export default`, `export *`. */
export type Export = {
  readonly form: 'declared' | 'listed' | 'default' | 'everything';
  readonly name: string;
  readonly line: number;
  readonly documented: boolean;
};

export type Module = {
  /** From the root of the project, with slashes: "src/domain/time/zone.ts". */
  readonly path: string;
  readonly text: string;
  readonly tokens: readonly Token[];
  readonly imports: readonly Import[];
  readonly exports: readonly Export[];
};

export function moduleOf(path: string, text: string): Module {
  const tokens = tokensOf(text);
  return { path, text, tokens, imports: importsOf(tokens), exports: exportsOf(tokens) };
}

function importsOf(tokens: readonly Token[]): Import[] {
  const imports: Import[] = [];
  for (const [i, { kind, text, line }] of tokens.entries()) {
    if (kind !== 'word' || tokens[i - 1]?.text === '.') continue;
    const next = tokens[i + 1];
    if (text === 'import' && next?.text === '(') {
      imports.push({ specifier: stringAt(tokens, i + 2), line });
    } else if (text === 'import' && next?.kind === 'string') {
      imports.push({ specifier: next.text, line });
    } else if (isImport(text, next) || isReexport(tokens, i)) {
      const specifier = sourceAfter(tokens, i);
      if (specifier !== undefined) imports.push({ specifier, line });
    }
  }
  return imports;
}

function isImport(text: string, next: Token | undefined): boolean {
  return text === 'import' && (next?.kind === 'word' || next?.text === '{' || next?.text === '*');
}

function isReexport(tokens: readonly Token[], i: number): boolean {
  if (tokens[i]!.text !== 'export') return false;
  const at = tokens[i + 1]?.text === 'type' ? i + 2 : i + 1;
  return tokens[at]?.text === '{' || tokens[at]?.text === '*';
}

/** The string after the `from` that belongs to the statement at `i`; undefined where the statement has none. */
function sourceAfter(tokens: readonly Token[], i: number): string | undefined {
  for (let at = i + 1; at < tokens.length; at++) {
    const { text, depth } = tokens[at]!;
    if (depth !== tokens[i]!.depth) continue;
    if (text === ';' || text === 'export' || text === 'import') return undefined;
    if (text === 'from' && stringAt(tokens, at + 1) !== undefined) return tokens[at + 1]!.text;
  }
  return undefined;
}

function stringAt(tokens: readonly Token[], i: number): string | undefined {
  return tokens[i]?.kind === 'string' ? tokens[i].text : undefined;
}

function exportsOf(tokens: readonly Token[]): Export[] {
  const exports: Export[] = [];
  for (const [i, { kind, text, line, depth, documented }] of tokens.entries()) {
    if (kind !== 'word' || text !== 'export' || depth !== 0 || tokens[i - 1]?.text === '.') continue;
    const next = tokens[i + 1]?.text;
    if (next === 'default') exports.push({ form: 'default', name: 'default', line, documented });
    else if (next === '*') exports.push({ form: 'everything', name: '*', line, documented });
    else if (isReexport(tokens, i)) exports.push(...listedAfter(tokens, i));
    else exports.push({ form: 'declared', name: declaredAfter(tokens, i), line, documented });
  }
  return exports;
}

/** The names by which the list in braces after `i` exports: those before a comma or the closing brace. */
function listedAfter(tokens: readonly Token[], i: number): Export[] {
  const found: Export[] = [];
  const open = tokens[i + 1]!.text === '{' ? i + 1 : i + 2;
  for (let at = open + 1; at < tokens.length && tokens[at - 1]!.text !== '}'; at++) {
    const name = tokens[at - 1]!;
    if (name.kind !== 'word' || !['}', ','].includes(tokens[at]!.text)) continue;
    const form = name.text === 'default' ? 'default' : 'listed';
    found.push({ form, name: name.text, line: name.line, documented: name.documented });
  }
  return found;
}

const BEFORE_NAME: ReadonlySet<string> = new Set(
  'declare abstract async const let var function class interface type enum namespace *'.split(' '),
);

function declaredAfter(tokens: readonly Token[], i: number): string {
  let at = i + 1;
  while (BEFORE_NAME.has(tokens[at]?.text ?? '')) at++;
  return tokens[at]?.text ?? '';
}
