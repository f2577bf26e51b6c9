// The page that describes the API, from its OpenAPI document: what can be done, with which shapes.

import { html } from 'hono/html';
import type { Html, Page } from './layout.ts';

/** Of an OpenAPI 3.1 document what is shown. */
export type ApiReference = {
  readonly info: { readonly description?: string };
  readonly servers: readonly { readonly url: string }[];
  readonly tags: readonly { readonly name: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
};

type Operation = {
  readonly operationId: string;
  readonly summary: string;
  readonly description?: string;
  readonly tags: readonly string[];
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: Content;
  readonly responses: Readonly<Record<string, Content & { readonly description: string }>>;
};

type Parameter = {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly description?: string;
  readonly schema?: Schema;
};

type Content = { readonly content?: Readonly<Record<string, { readonly schema: Schema }>> };

type Schema = {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly format?: string;
  readonly description?: string;
  readonly examples?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
};

export function apiReferencePage(reference: ApiReference): Page {
  const { info, servers, tags, components } = reference;
  return {
    title: 'API',
    body: html`<h1>The API</h1>
<p>Everything lies below <code>${servers[0]!.url}</code>. The <a href="/api/v1/openapi.json">OpenAPI document</a> says the same for
programs. A token from your <a href="/account">account page</a> is sent as <code>Authorization: Bearer tat_…</code>.</p>
<p>${worded(info.description ?? '')}</p>
<nav aria-label="Parts of the API"><ul>${[...tags.map(({ name }) => name), REFUSALS, SHAPES].map(
      (name) => html`<li><a href="#${anchor(name)}">${name}</a></li>`,
    )}</ul></nav>
${tags.map(({ name }) => part(name, reference))}
${refusals(reference)}
<section aria-labelledby="${anchor(SHAPES)}"><h2 id="${anchor(SHAPES)}">${SHAPES}</h2>
${Object.entries(components.schemas).map(([name, schema]) => shape(name, schema))}
</section>`,
  };
}

const REFUSALS = 'Refusals';
const SHAPES = 'Shapes';

type Entry = { readonly path: string; readonly method: string; readonly operation: Operation };

function entriesIn({ paths }: ApiReference): Entry[] {
  return Object.entries(paths).flatMap(([path, byMethod]) =>
    Object.entries(byMethod).map(([method, operation]) => ({ path, method, operation })),
  );
}

function part(tag: string, reference: ApiReference): Html {
  const own = entriesIn(reference).filter(({ operation }) => operation.tags.includes(tag));
  return html`<section aria-labelledby="${anchor(tag)}"><h2 id="${anchor(tag)}">${tag}</h2>
${own.map(entryText)}
</section>`;
}

function entryText({ path, method, operation }: Entry): Html {
  const { operationId, summary, description = '', parameters = [], requestBody, responses } = operation;
  const sent = requestBody && schemaIn(requestBody);
  const hasFields = sent && Object.keys(sent.properties ?? { some: true }).length > 0;
  const answers = Object.entries(responses);
  const refused = answers.map(([status]) => status).filter((status) => Number(status) >= 400);
  return html`<article id="${operationId}">
<h3>${summary}</h3>
<p><code>${method.toUpperCase()} ${path}</code></p>
<p>${worded(description)}</p>
${parameters.length > 0 ? parameterList(parameters) : ''}
${hasFields ? html`<p>Send</p>${typeBlock(sent)}` : ''}
${answers.filter(([status]) => Number(status) < 400).map(([status, answer]) => answerText(status, answer))}
<p class="hint">Refused with ${refused.join(', ')}: see <a href="#${anchor(REFUSALS)}">refusals</a>.</p>
</article>`;
}

function parameterList(parameters: readonly Parameter[]): Html {
  return html`<ul>${parameters.map(
    ({ name, in: where, required, description, schema }) =>
      html`<li><code>${name}</code>: ${PLACES[where]}${required ? '' : ', may be left out'}. ${worded(description ?? schema?.description ?? '')}</li>`,
  )}</ul>`;
}

const PLACES: Readonly<Record<string, string>> = {
  path: 'in the path',
  query: 'in the query',
  header: 'a header',
};

function answerText(status: string, answer: Content & { readonly description: string }): Html {
  const schema = schemaIn(answer);
  return html`<p><code>${status}</code> ${answer.description}</p>${schema ? typeBlock(schema) : ''}`;
}

/** What each refusal means is the same everywhere. */
function refusals(reference: ApiReference): Html {
  const all = entriesIn(reference).flatMap(({ operation }) => Object.entries(operation.responses));
  const known = new Map(all.map(([status, { description }]) => [status, description]));
  const shown = [...known].filter(([status]) => Number(status) >= 400).sort();
  return html`<section aria-labelledby="${anchor(REFUSALS)}"><h2 id="${anchor(REFUSALS)}">${REFUSALS}</h2>
<ul>${shown.map(([status, description]) => html`<li><code>${status}</code> ${description}</li>`)}</ul>
<p>Each is a <a href="#shape-Problem">Problem</a>.</p></section>`;
}

function shape(name: string, schema: Schema): Html {
  return html`<article id="shape-${name}"><h3>${name}</h3>
${schema.description ? html`<p>${worded(schema.description)}</p>` : ''}
${typeBlock(schema)}</article>`;
}

function typeBlock(schema: Schema): Html {
  return html`<pre class="bytes" tabindex="0">${typeText(schema)}</pre>`;
}

/** What stands between backticks is code. */
function worded(text: string): Html {
  return html`${text.split('`').map((piece, i) => (i % 2 === 1 ? html`<code>${piece}</code>` : piece))}`;
}

function schemaIn({ content = {} }: Content): Schema | undefined {
  return Object.values(content)[0]?.schema;
}

/** A schema as one would write the type; names of shapes lead to them. */
function typeText(schema: Schema, indent = ''): Html {
  if (schema.$ref !== undefined) {
    const name = schema.$ref.split('/').at(-1)!;
    return html`<a href="#shape-${name}">${name}</a>`;
  }
  if (schema.const !== undefined) return html`${JSON.stringify(schema.const)}`;
  if (schema.enum) return html`${schema.enum.map((each) => JSON.stringify(each)).join(' | ')}`;
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices)
    return joined(
      choices.map((each) => typeText(each, indent)),
      ' | ',
    );
  if (schema.items) return html`[${typeText(schema.items, indent)}, …]`;
  if (schema.properties) return objectText(schema, schema.properties, indent);
  return html`${plainTypeText(schema)}`;
}

/** "string (uuid)", "string, such as 30m" */
function plainTypeText({ type = 'anything', format, examples = [] }: Schema): string {
  const name = [type].flat().join(' | ');
  if (format) return `${name} (${format})`;
  return typeof examples[0] === 'string' ? `${name}, such as ${examples[0]}` : name;
}

function objectText(
  { required = [] }: Schema,
  properties: Readonly<Record<string, Schema>>,
  indent: string,
): Html {
  const inner = `${indent}  `;
  const lines = Object.entries(properties).map(([name, schema]) => {
    const mark = required.includes(name) ? '' : '?';
    const note = schema.description ? `  — ${schema.description}` : '';
    return html`${inner}${name}${mark}: ${typeText(schema, inner)}${note}`;
  });
  return lines.length === 0 ? html`{}` : html`{\n${joined(lines, '\n')}\n${indent}}`;
}

function joined(parts: readonly Html[], between: string): Html {
  return html`${parts.map((each, i) => (i === 0 ? each : html`${between}${each}`))}`;
}

function anchor(name: string): string {
  return name.toLowerCase().replaceAll(' ', '-');
}
