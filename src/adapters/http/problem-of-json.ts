// Where a body is no JSON. Of the parser's own words nothing is told: they repeat what was sent.

/** A sentence about `body`, at which the parser gave `message`. */
export function jsonFault(message: string, body: string): string {
  if (message.startsWith('Unexpected end')) return 'the body is no JSON: it ends too early';
  const at = Number(/at position (\d+)/.exec(message)?.[1] ?? tokenAt(body));
  if (Number.isNaN(at)) return 'the body is no JSON object: send one, such as {"name": "Ana Duarte"}';
  const before = body.slice(0, at).split('\n');
  return `the body is no JSON from line ${before.length}, column ${before.at(-1)!.length + 1}, on`;
}

/** The parser does not say where an unexpected token is: the shortest beginning of the body that has it ends with it. */
function tokenAt(body: string): number | undefined {
  if (!hasToken(body)) return undefined;
  let [without, having] = [0, body.length];
  while (having - without > 1) {
    const middle = Math.floor((without + having) / 2);
    if (hasToken(body.slice(0, middle))) having = middle;
    else without = middle;
  }
  return without;
}

function hasToken(text: string): boolean {
  try {
    JSON.parse(text);
    return false;
  } catch (error) {
    return error instanceof SyntaxError && error.message.startsWith('Unexpected token');
  }
}
