// A letter: the plain text and the HTML of a mail, which say the same. HTML that every mail program shows: a table, styles on
// the elements, no image and nothing to load.

import { html } from 'hono/html';

/** One part of a letter. Lines of a paragraph stay lines. */
export type Paragraph =
  | { readonly kind: 'text'; readonly lines: readonly string[] }
  | { readonly kind: 'list'; readonly title: string; readonly items: readonly string[] }
  | { readonly kind: 'link'; readonly label: string; readonly address: string };

export type Letter = {
  readonly subject: string;
  readonly title: string;
  readonly paragraphs: readonly Paragraph[];
  /** Why the reader has this mail. */
  readonly because: string;
};

/** What a mail is made of. */
export type LetterText = { readonly subject: string; readonly text: string; readonly html: string };

export function writtenLetter(letter: Letter): LetterText {
  return { subject: letter.subject, text: plainText(letter), html: htmlText(letter) };
}

function plainText({ title, paragraphs, because }: Letter): string {
  return `${[title, ...paragraphs.map(plainParagraph), `-- \n${because}`].join('\n\n')}\n`;
}

function plainParagraph(paragraph: Paragraph): string {
  if (paragraph.kind === 'text') return paragraph.lines.join('\n');
  if (paragraph.kind === 'link') return `${paragraph.label}:\n${paragraph.address}`;
  return [paragraph.title, ...paragraph.items.map((item) => `- ${item}`)].join('\n');
}

const FONT = 'font-family:Helvetica,Arial,sans-serif;font-size:16px;line-height:1.5;color:#1d2433';

function htmlText({ subject, title, paragraphs, because }: Letter): string {
  return String(html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<title>${subject}</title>
</head>
<body style="margin:0;padding:0;background:#f4f5f7">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="background:#f4f5f7">
<tr><td align="center" style="padding:24px 12px">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="max-width:560px;background:#ffffff;border-radius:8px">
<tr><td style="padding:28px 28px 20px;${FONT}">
<h1 style="margin:0 0 16px;font-size:20px;line-height:1.3">${title}</h1>
${paragraphs.map(htmlParagraph)}
</td></tr>
</table>
<p style="margin:16px 0 0;font-family:Helvetica,Arial,sans-serif;font-size:13px;line-height:1.5;color:#5b6475">${because}</p>
</td></tr>
</table>
</body>
</html>
`);
}

function htmlParagraph(paragraph: Paragraph) {
  if (paragraph.kind === 'text')
    return html`<p style="margin:0 0 16px">${paragraph.lines.map((line, i) => (i === 0 ? line : html`<br>${line}`))}</p>
`;
  if (paragraph.kind === 'link')
    return html`<p style="margin:0 0 16px"><a href="${paragraph.address}" style="color:#1a56c4">${paragraph.label}</a></p>
`;
  return html`<p style="margin:0 0 4px;font-weight:bold">${paragraph.title}</p>
<ul style="margin:0 0 16px;padding-left:20px">${paragraph.items.map((item) => html`<li>${item}</li>`)}</ul>
`;
}
