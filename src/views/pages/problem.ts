// What is shown where something could not be done.

import { html } from 'hono/html';
import type { FieldProblem } from '../../domain/errors.ts';
import { sentence } from './form.ts';
import type { Page } from './layout.ts';

export type ProblemView = {
  readonly status: number;
  readonly detail: string;
  readonly errors?: readonly FieldProblem[];
  /** By which who runs the service finds it. */
  readonly reference?: string;
};

export function problemPage({ status, detail, errors = [], reference }: ProblemView): Page {
  const title = TITLES[status] ?? 'That did not work';
  return {
    title,
    shape: 'card',
    body: html`<h1>${title}</h1>
<p>${sentence(detail)}</p>
${errors.length > 0 ? html`<ul>${errors.map(({ path, message }) => html`<li>${sentence(`${path} ${message}`)}</li>`)}</ul>` : ''}
${reference === undefined ? '' : html`<p class="hint">Reference: <code>${reference}</code></p>`}
<p><a class="button second" href="/">To the first page</a></p>`,
  };
}

const TITLES: Readonly<Record<number, string>> = {
  401: 'Sign in first',
  403: 'Not allowed',
  404: 'Not here',
  409: 'Not as things stand',
  412: 'Changed meanwhile',
  422: 'Something is to be put right',
  429: 'Too often',
  500: 'Something went wrong',
  503: 'Not now',
};
