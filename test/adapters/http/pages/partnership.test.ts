// A partnership on its pages: how it begins, what lies ahead, who is in it, and what is asked.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectCalendar } from '../../../../src/flows/calendars/connect-calendar.ts';
import { addLeave } from '../../../../src/flows/calendars/plan-days.ts';
import { runPartnership } from '../../../../src/flows/run/run-partnership.ts';
import { wordsOf } from '../../../support/access-app.ts';
import { occurrencesOf } from '../../../support/agreed.ts';
import { at, day } from '../../../support/builders.ts';
import { signedIn } from '../../../support/service-world.ts';
import { agreedPair, fieldIn, newPair, newPerson, pathOf, type Web, web } from './web.ts';

let of: Web;

beforeAll(async () => {
  of = await web();
});

afterAll(() => of.stop());

describe('beginning a partnership', () => {
  it('asks for little, and leads to the page of the new one', async () => {
    const browser = await of.as(await newPerson(of, 'Ana Duarte', 'America/Los_Angeles'));
    const form = await browser.get('/partnerships/new');
    expect(fieldIn(form, 'anchor').value).toBe('America/Los_Angeles');
    const answer = await browser.post('/partnerships/new', {
      name: 'Harbour',
      anchor: 'Europe/Berlin',
      stage: 'mature',
    });
    expect([answer.status, answer.location]).toEqual([
      303,
      expect.stringMatching(/^\/partnerships\/[0-9a-f-]{36}$/),
    ]);
    expect(wordsOf(await browser.get(answer.location!))).toContain('Your partnership has begun.');
    expect(wordsOf(await browser.get(`${answer.location}/agreement`))).toContain('check-in every two weeks');
  });

  it('says everything that is wrong at its field and above, and keeps what was written', async () => {
    const browser = await of.as(await newPerson(of, 'Ana Duarte', 'America/Los_Angeles'));
    const answer = await browser.post('/partnerships/new', {
      name: ' ',
      anchor: 'Europe/Berln"',
      stage: 'mature',
    });
    expect(answer.status).toBe(422);
    expect(fieldIn(answer, 'name').problem).toBe('Name is empty: write a name.');
    expect(fieldIn(answer, 'anchor')).toEqual({
      problem:
        'Common time zone &quot;Europe/Berln&quot;&quot; is no time zone: did you mean &quot;Europe/Berlin&quot;?',
      value: 'Europe/Berln&quot;',
    });
    expect(answer.text).toMatch(/<a href="#anchor">Common time zone/);
    expect(answer.text).toMatch(/value="mature" checked/);
    expect((await browser.get('/')).text).not.toContain('href="/partnerships/0');
  });
});

describe('before anything is agreed', () => {
  it('three steps are shown in their order: hours, invite, sign', async () => {
    const { ana, path } = await newPair(of);
    const answer = await (await of.as(ana)).get(path);
    const words = wordsOf(answer);
    expect(words).toMatch(
      /Your hours Comfortable: Mon-Fri 09:00-17:00.*America\/Los_Angeles.*Invite You are 2\..*Sign The agreement counts when everybody has signed it\. One other has not signed yet\./,
    );
    expect(answer.text).toContain(`href="${path}/agreement/edit"`);
  });
});

describe('what lies ahead', () => {
  it('has for each check-in the times of all, whose turn it is, the host, the reason and one’s answer', async () => {
    const pair = await agreedPair(of);
    const words = wordsOf(await (await of.as(pair.ana)).get(pair.path));
    expect(words).toContain(
      'Mon 11 Jan, 07:45 to 08:15 America/Los_Angeles Your turn The odd hour is for Ana Duarte, at 5 points. Ben Okafor hosts. You Mon 11 Jan, 07:45 America/Los_Angeles 5 points no answer yet Ben Okafor Mon 11 Jan, 16:45 Europe/Berlin 0 points no answer yet',
    );
    expect(words).toContain(
      'You have not answered yet. Accept (Mon 11 Jan) I may come (Mon 11 Jan) I cannot come (Mon 11 Jan)',
    );
  });

  it('has the later ones as a line each, with the way to everything behind them', async () => {
    const pair = await agreedPair(of);
    const answer = await (await of.as(pair.ana)).get(pair.path);
    const last = (await occurrencesOf(of.world, pair.id)).at(-1)!;
    expect(wordsOf(answer)).toContain(
      'Your time Odd hour for Your answer Mon 25 Jan, 07:45 America/Los_Angeles you no answer yet',
    );
    expect(answer.text).toContain(`href="${pathOf(pair, last)}"`);
  });

  it('names what could not be delivered, and why', async () => {
    const pair = await agreedPair(of);
    const [first] = await occurrencesOf(of.world, pair.id);
    await of.world.database.occurrences.unsent(first!.item.uid, pair.ben, '550 no such mailbox <here>');
    expect(wordsOf(await (await of.as(pair.ana)).get(pair.path))).toContain(
      'The invitation did not reach Ben Okafor: 550 no such mailbox &lt;here&gt;',
    );
  });

  it('names the periods without a check-in, and why', async () => {
    const pair = await agreedPair(of);
    await addLeave(
      signedIn(of.world, pair.ben, 'write'),
      { from: day('2027-01-09'), to: day('2027-01-18') },
      of.world,
    );
    await runPartnership(pair.id, of.world);
    const words = wordsOf(await (await of.as(pair.ana)).get(pair.path));
    expect(words).toContain(
      'Without a check-in so far Mon 11 Jan to Sun 17 Jan 2027 Fewer than two of you are there. Ben Okafor is away for all of this period.',
    );
    expect(words).not.toContain('Mon 11 Jan, 07:45');
  });

  it('tells of a calendar that cannot be read: the reader where to look, the others whose it is', async () => {
    const pair = await newPair(of);
    await connectCalendar(
      signedIn(of.world, pair.ben, 'write'),
      { name: 'Work', address: 'https://example.com/gone.ics' },
      of.world,
    );
    await of.world.settle();
    const anas = wordsOf(await (await of.as(pair.ana)).get(pair.path));
    expect(anas).toContain('A calendar of Ben Okafor cannot be read. Nothing new is placed meanwhile.');
    expect(anas).not.toContain('Work');
    expect(wordsOf(await (await of.as(pair.ben)).get(pair.path))).toContain(
      'Your calendar cannot be read. Look at it',
    );
  });

  it('hints at a calendar and a feed until there are some', async () => {
    const pair = await agreedPair(of);
    const browser = await of.as(pair.ana);
    expect(wordsOf(await browser.get(pair.path))).toContain(
      'No calendar of yours is read, so you count as free in all of your reachable hours. Connect one A feed keeps the check-ins current in your own calendar program. Make one',
    );
    of.world.calendars.set('https://example.com/ana.ics', []);
    await browser.post('/calendars', { name: 'Work', address: 'https://example.com/ana.ics' });
    await browser.post('/feeds', { name: 'Phone', partnership: '', detail: 'full' });
    expect(wordsOf(await browser.get(pair.path))).not.toMatch(/Connect one|Make one/);
  });

  it('has no place for what is over', async () => {
    const pair = await agreedPair(of);
    const before = of.world.now;
    of.world.now = at('2027-01-08T00:00:00Z');
    expect(wordsOf(await (await of.as(pair.ana)).get(pair.path))).not.toContain('Mon 4 Jan');
    of.world.now = before;
  });
});

describe('inviting', () => {
  it('mails a link, shows the open invitation, and takes it back', async () => {
    const { ana, path } = await newPair(of);
    const browser = await of.as(ana);
    const invited = await browser.post(`${path}/invitations`, { email: ' Chiara@Example.com ' });
    expect([invited.status, invited.location]).toEqual([303, path]);
    const page = await browser.get(path);
    expect(wordsOf(page)).toContain('The invitation to chiara@example.com lies in the outbox.');
    expect(page.text).not.toContain('/join/');
    expect(wordsOf(page)).toContain(
      'chiara@example.com invited by Ana Duarte, open until Sun 31 Jan, 01:00 America/Los_Angeles',
    );
    await of.world.settle();
    expect(of.world.mails.at(-1)).toMatchObject({
      to: { email: 'chiara@example.com' },
      text: expect.stringContaining('/join/'),
    });
    const [, withdraw] = /action="([^"]+\/withdraw)"/.exec(page.text)!;
    expect((await browser.post(withdraw!)).location).toBe(path);
    expect(wordsOf(await browser.get(path))).not.toContain('chiara@example.com');
  });

  it('says what is wrong with an address, and who is in it already', async () => {
    const { ana, ben, path } = await newPair(of);
    const browser = await of.as(ana);
    const wrong = await browser.post(`${path}/invitations`, { email: 'chiara at example' });
    expect([wrong.status, fieldIn(wrong, 'email')]).toEqual([
      422,
      {
        problem: 'E-mail address is no e-mail address: write it as &quot;ana@example.com&quot;.',
        value: 'chiara at example',
      },
    ]);
    const { email } = (await of.world.database.people.byId(ben))!;
    const known = await browser.post(`${path}/invitations`, { email: email! });
    expect(known.status).toBe(409);
    expect(wordsOf(known)).toContain('Ben Okafor is a partner already.');
    expect(fieldIn(known, 'email').value).toBe(email);
  });
});

describe('inviting where mail is sent', () => {
  it('says that it was written', async () => {
    const other = await web({ mail: 'sent' });
    try {
      const { ana, path } = await newPair(other);
      const browser = await other.as(ana);
      await browser.post(`${path}/invitations`, { email: 'chiara@example.com' });
      expect(wordsOf(await browser.get(path))).toContain('We wrote to chiara@example.com.');
    } finally {
      await other.stop();
    }
  });
});

describe('inviting where no mail server is set', () => {
  it('says that nothing was sent, and gives the link that opens the invitation', async () => {
    const other = await web({ mail: 'nowhere' });
    try {
      const { ana, path } = await newPair(other);
      const browser = await other.as(ana);
      await browser.post(`${path}/invitations`, { email: 'chiara@example.com' });
      const page = await browser.get(path);
      expect(wordsOf(page)).toContain(
        'chiara@example.com is invited. No mail server is set, so give them the link below yourself.',
      );
      expect(wordsOf(page)).toContain('Not sent: no mail server is set (SMTP_URL).');
      const [, link] = /<code class="secret">([^<]+\/join\/[^<]+)</.exec(page.text)!;
      expect(wordsOf(await other.browser().get(new URL(link!).pathname))).toContain(
        'Ana Duarte invites you to Harbour',
      );
    } finally {
      await other.stop();
    }
  });
});

describe('a question', () => {
  it('is shown to all, and answered by whom it asks', async () => {
    const pair = await agreedPair(of);
    const [first] = await occurrencesOf(of.world, pair.id);
    const [anas, bens] = [await of.as(pair.ana), await of.as(pair.ben)];
    await bens.post(`${pathOf(pair, first!)}/proposal`, { start: '2027-01-05T16:00:00Z' });
    const asked = await anas.get(pair.path);
    expect(wordsOf(asked)).toMatch(
      /Open questions Ben Okafor proposes Tue 5 Jan 08:00 .*Asked is Ana Duarte\. Open until .*; no answer is a no\. Yes No/,
    );
    const [, action] = /action="([^"]+\/questions\/[^"]+)"/.exec(asked.text)!;
    expect((await bens.get(pair.path)).text).not.toContain(action);
    expect((await bens.post(action!, { answer: 'yes' })).status).toBe(404);
    expect((await anas.post(action!, { answer: 'perhaps' })).status).toBe(422);
    expect((await anas.post(action!, { answer: 'yes' })).location).toBe(pair.path);
    expect(wordsOf(await anas.get(pair.path))).toContain(
      'You said yes. It is done as soon as everybody who is asked has.',
    );
    await runPartnership(pair.id, of.world);
    expect(wordsOf(await anas.get(pair.path))).toContain('Tue 5 Jan, 08:00 to 08:30 America/Los_Angeles');
    expect((await anas.post(action!, { answer: 'no' })).status).toBe(409);
  });
});

describe('leaving', () => {
  it('needs a tick, and then is done at once', async () => {
    const { ana, ben, path } = await newPair(of);
    const browser = await of.as(ben);
    const refused = await browser.post(`${path}/departure`);
    expect([refused.status, wordsOf(refused)]).toEqual([
      422,
      expect.stringContaining('I leave this partnership now is to be ticked, if you mean it.'),
    ]);
    const left = await browser.post(`${path}/departure`, { leave: 'yes' });
    expect([left.status, left.location]).toEqual([303, '/']);
    expect(wordsOf(await browser.get('/'))).toContain('You have left the partnership.');
    expect((await browser.get(path)).status).toBe(404);
    expect(wordsOf(await (await of.as(ana)).get(path))).not.toContain('Ben Okafor');
  });
});

describe('the last one left', () => {
  it('is promised no plan, by the check-ins and by the agreement', async () => {
    const { ana, ben, path } = await agreedPair(of);
    await (await of.as(ben)).post(`${path}/departure`, { leave: 'yes' });
    await of.world.settle();
    const browser = await of.as(ana);
    const ahead = wordsOf(await browser.get(path));
    expect(ahead).toContain('The others who signed have left, so none is planned.');
    expect(ahead).not.toContain('within a minute');
    const agreement = wordsOf(await browser.get(`${path}/agreement`));
    expect(agreement).toContain('Version 1, ended The others who signed it have left, so it plans nothing.');
    expect(agreement).not.toContain('signed by all');
  });
});
