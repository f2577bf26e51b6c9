// Asks a web app on this machine as a browser does: with its cookies, and saying where it comes from. Redirects are seen, not followed.

export type Answer = {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** Where it sends on to, as a path. */
  readonly location: string | undefined;
  readonly json: () => unknown;
};

export type Client = {
  readonly cookies: Map<string, string>;
  readonly get: (path: string, headers?: Record<string, string>) => Promise<Answer>;
  /** A form of fields; an array stands for a field that is there several times. */
  readonly post: (path: string, form?: Form, headers?: Record<string, string>) => Promise<Answer>;
  readonly postJson: (path: string, body: unknown, headers?: Record<string, string>) => Promise<Answer>;
  readonly send: (method: string, path: string, options?: Sending) => Promise<Answer>;
};

export type Form = Readonly<Record<string, string | readonly string[]>>;

type Sending = { readonly headers?: Record<string, string>; readonly body?: string | URLSearchParams };

const PAGE = { accept: 'text/html' };
const OURS = { 'sec-fetch-site': 'same-origin' };
const JSON_BODY = { 'content-type': 'application/json', accept: 'application/json' };

/** A browser of its own, whose cookies are nobody else's. `usual` headers go with every request that does not have its own. */
export function clientAt(base: string, usual: Readonly<Record<string, string>> = {}): Client {
  const cookies = new Map<string, string>();
  const send = async (
    method: string,
    path: string,
    { headers = {}, body }: Sending = {},
  ): Promise<Answer> => {
    const cookie = [...cookies].map((pair) => pair.join('=')).join('; ');
    const all = { ...usual, ...(cookie && { cookie }), ...headers };
    const answer = await fetch(new URL(path, base), {
      method,
      headers: all,
      redirect: 'manual',
      body: body ?? null,
    });
    for (const line of answer.headers.getSetCookie()) keep(cookies, line);
    return read(answer, base);
  };
  return {
    cookies,
    send,
    get: (path, headers) => send('GET', path, { headers: { ...PAGE, ...headers } }),
    post: (path, form = {}, headers) =>
      send('POST', path, { headers: { ...PAGE, ...OURS, ...headers }, body: encoded(form) }),
    postJson: (path, body, headers) =>
      send('POST', path, { headers: { ...JSON_BODY, ...OURS, ...headers }, body: JSON.stringify(body) }),
  };
}

function encoded(form: Form): URLSearchParams {
  return new URLSearchParams(
    Object.entries(form).flatMap(([name, value]) =>
      [value].flat().map((each): [string, string] => [name, each]),
    ),
  );
}

/** RFC 6265 5.2, as far as it is needed: one host and one path. */
function keep(cookies: Map<string, string>, line: string): void {
  const [pair = '', ...attributes] = line.split(';').map((part) => part.trim());
  const [name = '', value = ''] = pair.split('=', 2);
  const expires = attributes.find((each) => /^expires=/i.test(each))?.slice('expires='.length);
  if (value === '' || (expires !== undefined && Date.parse(expires) <= Date.now())) cookies.delete(name);
  else cookies.set(name, value);
}

async function read(answer: Response, base: string): Promise<Answer> {
  const text = await answer.text();
  const to = answer.headers.get('location');
  const url = to === null ? undefined : new URL(to, base);
  const isHere = url?.origin === new URL(base).origin;
  return {
    status: answer.status,
    headers: answer.headers,
    text,
    location: url && (isHere ? url.pathname + url.search : url.href),
    json: () => JSON.parse(text),
  };
}
