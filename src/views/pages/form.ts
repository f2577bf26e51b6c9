// Forms: a label, a hint and a problem for each field, and all problems at the top after something was refused.

import { html } from 'hono/html';
import type { FieldProblem } from '../../domain/errors.ts';
import type { Html } from './layout.ts';

/** What was written into a form and refused. */
export type Refused = {
  readonly values: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly problems: readonly FieldProblem[];
};

/** A form as it is first shown. */
export const FRESH: Refused = { values: {}, problems: [] };

export type Field = {
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly type?: 'text' | 'email' | 'number';
  /** What stands in it before anybody wrote something. */
  readonly value?: string;
  readonly autocomplete?: string;
  /** The id of a list of suggestions. */
  readonly list?: string;
  readonly min?: number;
  readonly max?: number;
};

/** One line to write. `prefix` keeps the ids of several forms on one page apart. */
export function field(of: Field, { values, problems }: Refused, prefix = ''): Html {
  const id = `${prefix}${of.name}`;
  const wrong = problems.find(({ path }) => path === of.name);
  const written = values[of.name];
  const value = typeof written === 'string' ? written : (of.value ?? '');
  const described = [of.hint && `${id}-hint`, wrong && `${id}-problem`].filter(Boolean).join(' ');
  return html`<div class="field">
<label for="${id}">${of.label}</label>
${of.hint ? html`<p class="hint" id="${id}-hint">${of.hint}</p>` : ''}
${wrong ? html`<p class="problem" id="${id}-problem">${problemText(of.label, wrong)}</p>` : ''}
<input id="${id}" name="${of.name}" type="${of.type ?? 'text'}" value="${value}" required
 autocomplete="${of.autocomplete ?? 'off'}" maxlength="254"
 ${attribute('list', of.list)} ${attribute('min', of.min)} ${attribute('max', of.max)}
 ${attribute('aria-describedby', described || undefined)} ${wrong ? html`aria-invalid="true"` : ''}>
</div>`;
}

/** An attribute that is left out where it has no value. */
export function attribute(name: string, value: string | number | undefined): Html | '' {
  return value === undefined ? '' : html`${name}="${value}"`;
}

/** One thing of several to tick. */
export type Choice = { readonly value: string; readonly label: string; readonly hint: string };

export type Choices = {
  readonly name: string;
  readonly label: string;
  readonly choices: readonly Choice[];
  readonly checked: readonly string[];
};

/** Several things to tick. */
export function choices(of: Choices, { values, problems }: Refused, prefix = ''): Html {
  const wrong = problems.find(({ path }) => path === of.name);
  const written = values[of.name];
  const checked = written === undefined ? of.checked : [written].flat();
  const problemId = `${prefix}${of.name}-problem`;
  return html`<fieldset id="${prefix}${of.name}" ${attribute('aria-describedby', wrong && problemId)}>
<legend>${of.label}</legend>
${wrong ? html`<p class="problem" id="${problemId}">${problemText(of.label, wrong)}</p>` : ''}
${of.choices.map(
  ({ value, label, hint }) => html`<label class="choice">
<input type="checkbox" name="${of.name}" value="${value}" ${checked.includes(value) ? html`checked` : ''}>
<span>${label}<small>${hint}</small></span>
</label>`,
)}
</fieldset>`;
}

/**
 * All that is wrong, with a way to each of it; nothing where nothing is. The reader is taken to it. Turbo keeps off: it would
 * fetch the page anew for a place on it.
 */
export function problemSummary(
  { problems }: Refused,
  labels: Readonly<Record<string, string>>,
  prefix = '',
): Html | '' {
  if (problems.length === 0) return '';
  return html`<div class="problems" role="alert" tabindex="-1" autofocus data-turbo="false">
<p><strong>Something is to be put right</strong></p>
<ul>
${problems.map((problem) => {
  const label = labels[problem.path];
  const text = problemText(label ?? problem.path, problem);
  return label === undefined
    ? html`<li>${text}</li>`
    : html`<li><a href="#${prefix}${problem.path}">${text}</a></li>`;
})}
</ul>
</div>`;
}

export function problemText(label: string, { message }: FieldProblem): string {
  return sentence(`${label} ${message}`);
}

/** With a capital letter and a full stop. */
export function sentence(text: string): string {
  const trimmed = text.trim();
  const ended = /[.?]$/.test(trimmed) ? trimmed : `${trimmed}.`;
  return ended.charAt(0).toUpperCase() + ended.slice(1);
}

/** A form with one button and nothing to write. */
export function buttonForm(action: string, label: string): Html {
  return html`<form method="post" action="${action}"><button class="second">${label}</button></form>`;
}

/** The same for what cannot be undone; a script asks before. */
export function dangerForm(action: string, label: string, question: string): Html {
  return html`<form method="post" action="${action}" data-turbo-confirm="${question}">
<button class="danger">${label}</button>
</form>`;
}
