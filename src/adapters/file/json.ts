// Where a JSON text goes wrong, in plain words. What JSON.parse says has no line for most of it, and repeats the text.

export type JsonProblem = { readonly line: number; readonly problem: string };

/** The first place at which `text` is no JSON (RFC 8259); undefined where it is. */
export function findInJson(text: string): JsonProblem | undefined {
  try {
    JSON.parse(text);
    return undefined;
  } catch {
    const { at, what } = firstFault(text) ?? { at: 0, what: 'it cannot be read' };
    return { line: text.slice(0, at).split('\n').length, problem: `this is no JSON: ${what}` };
  }
}

type Fault = { readonly at: number; readonly what: string };

/** What may come next; those with `end` may also close the list or map. */
type Place =
  | 'value'
  | 'value or end'
  | 'key'
  | 'key or end'
  | 'colon'
  | 'comma or end of list'
  | 'comma or end of map'
  | 'nothing';

const TOKEN =
  /[{}[\]:,]|"[^"\\\u0000-\u001f]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\u0000-\u001f]*)*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.+-])|(?:true|false|null)(?!\w)/y;
const BLANK = /[ \t\n\r]*/y;

function firstFault(text: string): Fault | undefined {
  const open: ('{' | '[')[] = [];
  let place: Place = 'value';
  for (let at = after(BLANK, text, 0); at < text.length; ) {
    const token = tokenAt(text, at);
    if (token === undefined) return { at, what: place === 'nothing' ? AFTER_ALL : strange(text, at, place) };
    const next = placeAfter(token, place, open);
    if (next === undefined) return { at, what: misplaced(token, place) };
    place = next;
    at = after(BLANK, text, at + token.length);
  }
  return place === 'nothing' ? undefined : { at: text.trimEnd().length, what: unfinished(open) };
}

function after(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return at + (pattern.exec(text)?.[0].length ?? 0);
}

function tokenAt(text: string, at: number): string | undefined {
  TOKEN.lastIndex = at;
  return TOKEN.exec(text)?.[0];
}

/** Where the reader is after `token`; undefined where it may not stand. `open` is what has been opened and not closed. */
function placeAfter(token: string, place: Place, open: ('{' | '[')[]): Place | undefined {
  if (place === 'colon') return token === ':' ? 'value' : undefined;
  if (place === 'key' || place === 'key or end') {
    if (token.startsWith('"')) return 'colon';
    return place === 'key or end' && token === '}' ? closed(open) : undefined;
  }
  if (place === 'comma or end of map')
    return token === ',' ? 'key' : token === '}' ? closed(open) : undefined;
  if (place === 'comma or end of list')
    return token === ',' ? 'value' : token === ']' ? closed(open) : undefined;
  if (place === 'value or end' && token === ']') return closed(open);
  return place === 'nothing' ? undefined : placeAfterValue(token, open);
}

function placeAfterValue(token: string, open: ('{' | '[')[]): Place | undefined {
  if (token === '{' || token === '[') {
    open.push(token);
    return token === '{' ? 'key or end' : 'value or end';
  }
  return /^[}\]:,]/.test(token) ? undefined : around(open);
}

function closed(open: ('{' | '[')[]): Place {
  open.pop();
  return around(open);
}

function around(open: readonly ('{' | '[')[]): Place {
  const inner = open.at(-1);
  if (inner === undefined) return 'nothing';
  return inner === '{' ? 'comma or end of map' : 'comma or end of list';
}

const AFTER_ALL = 'something follows after its end';

const WANTED: Readonly<Record<Place, string>> = {
  value: 'a value is missing here',
  'value or end': 'a value or "]" is missing here',
  key: 'a key in double quotes is missing here',
  'key or end': 'a key in double quotes or "}" is missing here',
  colon: 'a colon is missing after a key',
  'comma or end of list': 'a comma or "]" is missing before this',
  'comma or end of map': 'a comma or "}" is missing before this',
  nothing: AFTER_ALL,
};

function misplaced(token: string, place: Place): string {
  if (place === 'key' && token === '}')
    return 'a comma stands before "}", after the last entry; leave it out';
  if (place === 'value' && token === ']')
    return 'a comma stands before "]", after the last entry; leave it out';
  return WANTED[place];
}

/** Something that is no word of JSON at all. */
function strange(text: string, at: number, place: Place): string {
  const first = text[at]!;
  if (first === '"')
    return 'a text in quotes does not end on its line, or holds a backslash that means nothing';
  if (first === "'") return 'a text is in single quotes; JSON wants double ones';
  if (first === '#' || text.startsWith('//', at) || text.startsWith('/*', at))
    return 'a comment stands here; JSON has none';
  if (place.startsWith('value')) return 'a value is no text in double quotes, number, true, false or null';
  return WANTED[place];
}

function unfinished(open: readonly ('{' | '[')[]): string {
  const inner = open.at(-1);
  if (inner === undefined) return 'it is empty';
  return `a "${inner}" is never closed; write "${inner === '{' ? '}' : ']'}" at its end`;
}
