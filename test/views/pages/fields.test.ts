import { describe, expect, it } from 'vitest';
import { area, line, oneOf, select, tick } from '../../../src/views/pages/fields.ts';
import { FRESH } from '../../../src/views/pages/form.ts';

const of = { name: 'hours', label: 'Hours' };
const wrong = (values: Record<string, string>) => ({
  values,
  problems: [{ path: 'hours', message: 'are none' }],
});

describe('a field', () => {
  it('is tied to its hint and to what is wrong with it', async () => {
    const html = String(await line({ ...of, hint: 'Such as 9' }, wrong({ hours: '<9>' })));
    expect(html).toContain('aria-describedby="hours-hint hours-problem" aria-invalid="true"');
    expect(html).toContain('<p class="problem" id="hours-problem">Hours are none.</p>');
    expect(html).toContain('value="&lt;9&gt;"');
  });

  it('of several lines keeps an empty first one', async () => {
    expect(String(await area(of, wrong({ hours: '\n9' })))).toMatch(/<textarea[^>]*>\n\n9<\/textarea>/);
  });

  it('keeps what was written, also where that is nothing', async () => {
    expect(String(await line({ ...of, value: 'before' }, wrong({ hours: '' })))).toContain('value=""');
    expect(String(await line({ ...of, value: 'before' }, FRESH))).toContain('value="before"');
  });
});

describe('a choice', () => {
  const options = [
    { value: 'a', label: 'A', hint: 'One' },
    { value: 'b', label: 'B', hint: 'Two' },
  ];

  it('begins with a value, and keeps another', async () => {
    expect(String(await select({ ...of, options, value: 'a' }, FRESH))).toContain(
      '<option value="a" selected>',
    );
    expect(String(await select({ ...of, options, value: 'a' }, wrong({ hours: 'b' })))).toContain(
      '<option value="b" selected>',
    );
    expect(String(await oneOf({ ...of, choices: options, value: 'a' }, wrong({ hours: 'b' })))).toMatch(
      /value="b" checked/,
    );
  });
});

describe('a tick', () => {
  it('is there from the start, and stays away once it was taken away', async () => {
    const ticked = { ...of, ticked: 'from the start' as const };
    expect(String(await tick(ticked, FRESH))).toContain('checked');
    expect(String(await tick(ticked, wrong({ other: 'x' })))).not.toContain('checked');
    expect(String(await tick(ticked, wrong({ hours: 'yes' })))).toContain('checked');
  });

  it('of several of one name has an id of its own', async () => {
    expect(String(await tick({ ...of, value: 'ana' }, FRESH))).toContain(
      'id="hours-ana" name="hours" value="ana"',
    );
  });
});
