// What the architecture's rules look at in one source file.

import { type Token, tokensOf } from './tokens.ts';

/** `specifier` is undefined where an import is computed, so that nobody can tell what it reaches. */
export type Import = { readonly specifier: string | undefined; readonly line: number };

/** What a file declares anywhere in it, also inside of functions; parameters and members are left out. */
export type Declaration = {
  readonly name: string;
  readonly line: number;
  readonly isTop: boolean;
  readonly documented: boolean;
};

/**
 * `form`: declared here, listed in braces, `export default`, `export *`. What is listed counts as documented where its
 * declaration is, or where that stands in another file.
 */
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
  readonly declarations: readonly Declaration[];
  readonly exports: readonly Export[];
};

export function moduleOf(path: string, text: string): Module {
  const tokens = tokensOf(text);
  const declarations = declarationsOf(tokens);
  const exports = exportsOf(tokens, declarations);
  return { path, text, tokens, imports: importsOf(tokens), declarations, exports };
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

const DECLARING: ReadonlySet<string> = new Set(
  'const let var function class interface type enum namespace'.split(' '),
);

const VARIABLES: ReadonlySet<string> = new Set(['const', 'let', 'var']);

const MODIFIERS: ReadonlySet<string> = new Set('export default declare abstract async const'.split(' '));

function declarationsOf(tokens: readonly Token[]): Declaration[] {
  return tokens.flatMap(({ kind, text, depth }, i): Declaration[] => {
    if (kind !== 'word' || !DECLARING.has(text)) return [];
    if (['.', '?.', 'as'].includes(tokens[i - 1]?.text ?? '')) return [];
    let start = i;
    while (MODIFIERS.has(tokens[start - 1]?.text ?? '')) start--;
    const { documented } = tokens[start]!;
    const names = VARIABLES.has(text) ? variablesAfter(tokens, i) : nameAfter(tokens, i);
    return names.map(({ text: name, line }) => ({ name, line, isTop: depth === 0, documented }));
  });
}

function nameAfter(tokens: readonly Token[], i: number): Token[] {
  const at = tokens[i + 1]?.text === '*' ? i + 2 : i + 1;
  if (tokens[at]?.kind !== 'word') return [];
  const isName = tokens[i]!.text !== 'type' || ['=', '<'].includes(tokens[at + 1]?.text ?? '');
  return isName ? [tokens[at]] : [];
}

/** The names between `const`, `let` or `var` at `i` and the end of the statement, also those in patterns. */
function variablesAfter(tokens: readonly Token[], i: number): Token[] {
  const { depth } = tokens[i]!;
  const found: Token[] = [];
  let isPattern = false;
  for (let at = i + 1; at < tokens.length; at++) {
    const [token, before, next] = [tokens[at]!, tokens[at - 1]!, tokens[at + 1]?.text ?? ''];
    if (token.depth < depth || (token.depth === depth && token.text === ';')) break;
    const begins = at === i + 1 || (before.depth === depth && before.text === ',');
    if (token.depth === depth && begins) {
      isPattern = ['{', '['].includes(token.text);
      if (token.kind === 'word' && (at === i + 1 || ['=', ':', ';'].includes(next))) found.push(token);
    } else if (token.depth === depth) {
      isPattern = false;
    } else if (isPattern && token.kind === 'word' && !['=', '.'].includes(before.text)) {
      if (['=', ',', '}', ']'].includes(next)) found.push(token);
    }
  }
  return found;
}

function exportsOf(tokens: readonly Token[], declarations: readonly Declaration[]): Export[] {
  const exports: Export[] = [];
  for (const [i, { kind, text, line, depth, documented }] of tokens.entries()) {
    if (kind !== 'word' || text !== 'export' || depth !== 0 || tokens[i - 1]?.text === '.') continue;
    const next = tokens[i + 1]?.text;
    if (next === 'default') exports.push({ form: 'default', name: 'default', line, documented });
    else if (next === '*') exports.push({ form: 'everything', name: '*', line, documented });
    else if (isReexport(tokens, i)) exports.push(...listedAfter(tokens, i, declarations));
    else exports.push({ form: 'declared', name: declaredAfter(tokens, i), line, documented });
  }
  return exports;
}

/** The names by which the list in braces after `i` exports: those before a comma or the closing brace. */
function listedAfter(tokens: readonly Token[], i: number, declarations: readonly Declaration[]): Export[] {
  const isFromHere = sourceAfter(tokens, i) === undefined;
  const found: Export[] = [];
  const open = tokens[i + 1]!.text === '{' ? i + 1 : i + 2;
  for (let at = open + 1; at < tokens.length && tokens[at - 1]!.text !== '}'; at++) {
    const name = tokens[at - 1]!;
    if (name.kind !== 'word' || !['}', ','].includes(tokens[at]!.text)) continue;
    const form = name.text === 'default' ? 'default' : 'listed';
    const own = tokens[at - 2]!.text === 'as' ? tokens[at - 3]!.text : name.text;
    const declaration = declarations.find((each) => isFromHere && each.isTop && each.name === own);
    found.push({ form, name: name.text, line: name.line, documented: declaration?.documented ?? true });
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
