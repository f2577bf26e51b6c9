// More parts of forms: several lines, one of several, what may stay empty, one thing to tick. They look like those of `form`.

import { html } from 'hono/html';
import { attribute, type Choice, problemText, type Refused } from './form.ts';
import type { Html } from './layout.ts';

export type Labelled = { readonly name: string; readonly label: string; readonly hint?: string };

export type Line = Labelled & {
  readonly type?: 'text' | 'url' | 'email' | 'date' | 'datetime-local' | 'number';
  readonly value?: string;
  /** The id of a list of suggestions. */
  readonly list?: string;
  readonly min?: number | string;
  readonly max?: number | string;
  /** Of a number; of a time in seconds. */
  readonly step?: number;
};

/** One line, which may stay empty. */
export function line(of: Line, refused: Refused): Html {
  const { common, around } = frameFor(of, refused);
  return around(html`<input ${common} type="${of.type ?? 'text'}" value="${writtenIn(refused, of)}" maxlength="1000"
 autocomplete="off" ${attribute('list', of.list)} ${attribute('min', of.min)} ${attribute('max', of.max)} ${attribute('step', of.step)}>`);
}

/** Several lines. */
export function area(
  of: Labelled & { readonly value?: string; readonly rows?: number },
  refused: Refused,
): Html {
  const { common, around } = frameFor(of, refused);
  // The line feed after the tag is not part of the text (HTML 13.1.2.5), so a text that begins with one keeps it.
  return around(html`<textarea ${common} rows="${of.rows ?? 3}" maxlength="5000" spellcheck="false">
${writtenIn(refused, of)}</textarea>`);
}

export type Option = { readonly value: string; readonly label: string };

/** One of several. */
export function select(
  of: Labelled & { readonly options: readonly Option[]; readonly value?: string },
  refused: Refused,
): Html {
  const { common, around } = frameFor(of, refused);
  const chosen = writtenIn(refused, of);
  return around(html`<select ${common}>
${of.options.map(({ value, label }) => html`<option value="${value}" ${value === chosen ? html`selected` : ''}>${label}</option>`)}
</select>`);
}

export type OneOf = {
  readonly name: string;
  readonly label: string;
  readonly choices: readonly Choice[];
  readonly value: string;
};

/** One of a few, all of which are seen. */
export function oneOf(of: OneOf, refused: Refused): Html {
  const chosen = writtenIn(refused, of);
  const wrong = problemOf(of, refused);
  return html`<fieldset id="${of.name}" ${attribute('aria-describedby', wrong && `${of.name}-problem`)}>
<legend>${of.label}</legend>
${wrongText(of, wrong)}
${of.choices.map(
  ({ value, label, hint }) => html`<label class="choice">
<input type="radio" name="${of.name}" value="${value}" ${value === chosen ? html`checked` : ''}>
<span>${label}<small>${hint}</small></span>
</label>`,
)}
</fieldset>`;
}

/** `value` tells several of one name apart. */
export type Tick = Labelled & { readonly value?: string; readonly ticked?: 'from the start' };

/** One thing to tick. */
export function tick(of: Tick, refused: Refused): Html {
  const { name, label, hint, value = 'yes' } = of;
  const id = of.value === undefined ? name : `${name}-${of.value}`;
  const wrong = problemOf(of, refused);
  const wasSent = Object.keys(refused.values).length > 0;
  const ticked = wasSent ? [refused.values[name]].flat().includes(value) : of.ticked !== undefined;
  return html`<div class="field">
${wrongText(of, wrong)}
<label class="choice"><input type="checkbox" id="${id}" name="${name}" value="${value}" ${ticked ? html`checked` : ''}
 ${attribute('aria-describedby', wrong && `${name}-problem`)} ${wrong ? html`aria-invalid="true"` : ''}>
<span>${label}${hint ? html`<small>${hint}</small>` : ''}</span></label>
</div>`;
}

export function hidden(name: string, value: string): Html {
  return html`<input type="hidden" name="${name}" value="${value}">`;
}

type Frame = {
  /** What every kind of field has in its tag. */
  readonly common: Html;
  readonly around: (control: Html) => Html;
};

/** The label, the hint and the problem of a field, and what ties them to it. */
function frameFor(of: Labelled, refused: Refused): Frame {
  const { name, label, hint } = of;
  const wrong = problemOf(of, refused);
  const described = [hint && `${name}-hint`, wrong && `${name}-problem`].filter(Boolean).join(' ');
  return {
    common: html`id="${name}" name="${name}" ${attribute('aria-describedby', described || undefined)} ${wrong ? html`aria-invalid="true"` : ''}`,
    around: (control) => html`<div class="field">
<label for="${name}">${label}</label>
${hint ? html`<p class="hint" id="${name}-hint">${hint}</p>` : ''}
${wrongText(of, wrong)}
${control}
</div>`,
  };
}

type Problem = Refused['problems'][number];

function problemOf({ name }: Pick<Labelled, 'name'>, { problems }: Refused): Problem | undefined {
  return problems.find(({ path }) => path === name);
}

function wrongText({ name, label }: Labelled, wrong: Problem | undefined): Html | '' {
  return wrong ? html`<p class="problem" id="${name}-problem">${problemText(label, wrong)}</p>` : '';
}

function writtenIn(
  { values }: Refused,
  { name, value = '' }: { readonly name: string; readonly value?: string },
): string {
  const written = values[name];
  return typeof written === 'string' ? written : value;
}
