// The shell around every page.

import { html } from 'hono/html';

/** HTML that is escaped where it has to be. */
export type Html = ReturnType<typeof html>;

/** Somewhere to go. */
export type NavigationLink = { readonly href: string; readonly label: string };

/** Who reads the page, and where they can go besides their account. */
export type Reader = { readonly name: string; readonly links: readonly NavigationLink[] };

/** What was just done, in a sentence; and what is shown this once and never again. */
export type Notice = { readonly text: string; readonly secret?: string };

/** One page. */
export type Page = {
  readonly title: string;
  readonly body: Html;
  /** A card in the middle, for pages with one thing to do. */
  readonly shape?: 'card';
};

/** Where the styles and scripts are. */
export type AssetPaths = Readonly<Record<'style' | 'script' | 'turbo' | 'icon', string>>;

export type Shell = {
  readonly nonce: string;
  readonly assets: AssetPaths;
  /** Of the page that is shown. */
  readonly path: string;
  readonly reader?: Reader;
  readonly notice?: Notice;
};

export async function pageText(page: Page, shell: Shell): Promise<string> {
  return String(await document(page, shell));
}

/** Never shown as it was before while it loads again: a box that is ticked on such a preview would be lost. */
function document({ title, body, shape }: Page, { nonce, assets, path, reader, notice }: Shell): Html {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="csp-nonce" content="${nonce}">
<meta name="turbo-prefetch" content="false">
<meta name="turbo-cache-control" content="no-preview">
<title>${title} – Turnabout</title>
<link rel="icon" href="${assets.icon}" type="image/svg+xml">
<link rel="stylesheet" href="${assets.style}" data-turbo-track="reload">
<script type="module" src="${assets.turbo}" data-turbo-track="reload"></script>
<script type="module" src="${assets.script}" data-turbo-track="reload"></script>
</head>
<body>
<a class="skip" href="#main">Skip to the content</a>
<header class="top">
<a class="brand" href="/"><img src="${assets.icon}" alt="" width="28" height="28">Turnabout</a>
${reader ? navigation(reader, path) : ''}
</header>
<main id="main" tabindex="-1" class="${shape ?? 'wide'}">
${notice ? noticeBox(notice) : ''}
${body}
</main>
</body>
</html>
`;
}

function navigation({ name, links }: Reader, path: string): Html {
  return html`<nav aria-label="Main">
<ul>
${links.map((link) => html`<li>${anchor(link, path)}</li>`)}
<li class="last">${anchor({ href: '/account', label: name }, path)}</li>
</ul>
<form method="post" action="/sign-out" data-turbo="false"><button class="quiet">Sign out</button></form>
</nav>`;
}

function anchor({ href, label }: NavigationLink, path: string): Html {
  return href === path
    ? html`<a href="${href}" aria-current="page">${label}</a>`
    : html`<a href="${href}">${label}</a>`;
}

/** A page that is kept to be shown again is kept without it. */
function noticeBox({ text, secret }: Notice): Html {
  const kept =
    secret === undefined
      ? ''
      : html`<code class="secret">${secret}</code>
<p>Copy it now. It is not kept here, so nobody can show it again.</p>`;
  return html`<div class="notice" role="status" data-turbo-temporary>
<p>${text}</p>
${kept}
</div>`;
}
