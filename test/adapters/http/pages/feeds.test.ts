// One's feeds: made, shown once, revoked.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { wordsOf } from '../../../support/access-app.ts';
import { agreedPair, fieldIn, newPair, newPerson, type Web, web } from './web.ts';

let of: Web;

beforeAll(async () => {
  of = await web();
});

afterAll(() => of.stop());

describe('a feed', () => {
  it('is made, its address is shown once, and the address is a calendar', async () => {
    const { ana } = await agreedPair(of);
    const browser = await of.as(ana);
    const made = await browser.post('/feeds', { name: 'Phone', partnership: '', detail: 'full' });
    expect([made.status, made.location]).toEqual([303, '/feeds']);
    const page = await browser.get('/feeds');
    expect(wordsOf(page)).toContain('The address of your feed “Phone”:');
    const [, address] = /<code class="secret">([^<]+)</.exec(page.text)!;
    expect(address).toMatch(new RegExp(`^${of.url}/feeds/[\\w-]{43}\\.ics$`));
    const feed = await of.browser().get(new URL(address!).pathname);
    expect([feed.status, feed.headers.get('content-type')]).toEqual([
      200,
      expect.stringContaining('text/calendar'),
    ]);
    expect(feed.text.match(/BEGIN:VEVENT/g)).toHaveLength(12);
    const again = await browser.get('/feeds');
    expect(again.text).not.toContain(address);
    expect(wordsOf(again)).toContain(
      'Phone All partnerships, with everything. Made Fri 1 Jan, 01:00 America/Los_Angeles',
    );
    for (const program of ['Google', 'Outlook', 'Apple', 'Thunderbird'])
      expect(again.text).toContain(program);
  });

  it('of one partnership, with busy times only, says so', async () => {
    const { ana, id } = await newPair(of);
    const browser = await of.as(ana);
    expect((await browser.get('/feeds')).text).toContain(`<option value="${id}" >Harbour</option>`);
    await browser.post('/feeds', { name: 'Shared', partnership: id, detail: 'busy' });
    expect(wordsOf(await browser.get('/feeds'))).toContain('Shared Harbour, busy times only.');
  });

  it('that is revoked gives nothing any more', async () => {
    const { ana } = await newPair(of);
    const browser = await of.as(ana);
    await browser.post('/feeds', { name: 'Phone', partnership: '', detail: 'full' });
    const page = await browser.get('/feeds');
    const [, address] = /<code class="secret">([^<]+)</.exec(page.text)!;
    const [, revoke] = /action="(\/feeds\/[^"]+\/revoke)"/.exec(page.text)!;
    const eve = await of.as(await newPerson(of, 'Eve Moss', 'Europe/Berlin'));
    expect((await eve.post(revoke!)).status).toBe(404);
    expect((await browser.post(revoke!)).location).toBe('/feeds');
    expect(wordsOf(await browser.get('/feeds'))).toContain('No feed yet.');
    expect((await of.browser().get(new URL(address!).pathname)).status).toBe(404);
  });

  it('without a name is refused at its field, with everything else kept', async () => {
    const { ana, id } = await newPair(of);
    const answer = await (await of.as(ana)).post('/feeds', { name: ' ', partnership: id, detail: 'busy' });
    expect([answer.status, fieldIn(answer, 'name').problem]).toEqual([422, 'Name is empty: write a name.']);
    expect(answer.text).toContain(`<option value="${id}" selected>`);
    expect(answer.text).toContain('value="busy" checked');
  });

  it('of a partnership of others is not made', async () => {
    const { id } = await newPair(of);
    const eve = await of.as(await newPerson(of, 'Eve Moss', 'Europe/Berlin'));
    expect((await eve.post('/feeds', { name: 'Phone', partnership: id, detail: 'full' })).status).toBe(404);
    expect(
      (await eve.post('/feeds', { name: 'Phone', partnership: 'all of them', detail: 'full' })).status,
    ).toBe(422);
  });
});
