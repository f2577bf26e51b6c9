// A TypeScript source as tokens without comments, so that rules about code do not trip over prose.

import { createScanner, SyntaxKind, tokenIsIdentifierOrKeyword } from 'typescript/unstable/ast';

/** `word`: identifiers and keywords; `mark`: punctuation; the rest are literals, with `text` as in the source. */
export type Token = {
  readonly kind: 'word' | 'mark' | 'string' | 'template' | 'number' | 'regex';
  /** Of a string without its quotes. */
  readonly text: string;
  /** Counted from 1. */
  readonly line: number;
  /** Braces, brackets and parentheses that are open around it. */
  readonly depth: number;
  /** Whether a doc comment stands right before it. */
  readonly documented: boolean;
};

export function tokensOf(source: string): Token[] {
  const scanner = createScanner(true, undefined, source);
  const tokens: Token[] = [];
  const templates: number[] = [];
  let [depth, line, counted] = [0, 1, 0];
  for (;;) {
    let kind = scanner.scan();
    if (kind === SyntaxKind.EndOfFile) return tokens;
    if (isSlash(kind) && !endsValue(tokens, tokens.length - 1)) kind = scanner.reScanSlashToken();
    if (CLOSING.has(kind)) depth--;
    if (kind === SyntaxKind.CloseBraceToken && templates.at(-1) === depth)
      kind = scanner.reScanTemplateToken(false);
    if (kind === SyntaxKind.TemplateHead) templates.push(depth);
    if (kind === SyntaxKind.TemplateTail) templates.pop();
    const start = scanner.getTokenStart();
    for (; counted < start; counted++) if (source[counted] === '\n') line++;
    tokens.push({
      kind: kindOf(kind),
      text: kind === SyntaxKind.StringLiteral ? scanner.getTokenValue() : scanner.getTokenText(),
      line,
      depth,
      documented: scanner.hasPrecedingJSDocComment(),
    });
    if (OPENING.has(kind)) depth++;
  }
}

/** What raises the depth after it; `${` and `}` of a template count as braces. */
const OPENING: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.OpenBraceToken,
  SyntaxKind.OpenBracketToken,
  SyntaxKind.OpenParenToken,
  SyntaxKind.TemplateHead,
  SyntaxKind.TemplateMiddle,
]);

const CLOSING: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.CloseBraceToken,
  SyntaxKind.CloseBracketToken,
  SyntaxKind.CloseParenToken,
]);

const TEMPLATES: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.NoSubstitutionTemplateLiteral,
  SyntaxKind.TemplateHead,
  SyntaxKind.TemplateMiddle,
  SyntaxKind.TemplateTail,
]);

function kindOf(kind: SyntaxKind): Token['kind'] {
  if (tokenIsIdentifierOrKeyword(kind) || kind === SyntaxKind.PrivateIdentifier) return 'word';
  if (kind === SyntaxKind.StringLiteral) return 'string';
  if (TEMPLATES.has(kind)) return 'template';
  if (kind === SyntaxKind.NumericLiteral || kind === SyntaxKind.BigIntLiteral) return 'number';
  return kind === SyntaxKind.RegularExpressionLiteral ? 'regex' : 'mark';
}

function isSlash(kind: SyntaxKind): boolean {
  return kind === SyntaxKind.SlashToken || kind === SyntaxKind.SlashEqualsToken;
}

/** Words after which a slash begins a regular expression although they are words. */
const BEFORE_REGEX: ReadonlySet<string> = new Set(
  'return typeof case in of do else void delete instanceof throw new yield await'.split(' '),
);

/** Whether a slash after the token at `i` divides. */
function endsValue(tokens: readonly Token[], i: number): boolean {
  const token = tokens[i];
  if (!token) return false;
  if (token.kind === 'template') return !token.text.endsWith('${');
  if (token.kind === 'mark' && token.text === '!') return endsValue(tokens, i - 1);
  if (token.kind === 'mark') return [')', ']', '}', '++', '--'].includes(token.text);
  const isProperty = ['.', '?.'].includes(tokens[i - 1]?.text ?? '');
  return isProperty || !(token.kind === 'word' && BEFORE_REGEX.has(token.text));
}
