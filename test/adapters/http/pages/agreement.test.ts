// The working agreement on its pages: reading, drafting, seeing what it would give, signing.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DAY } from '../../../../src/domain/time/duration.ts';
import { instantOf } from '../../../../src/domain/time/instant.ts';
import {
  acceptInvitation,
  invitationMatter,
  invitePartner,
} from '../../../../src/flows/partnership/invite-partner.ts';
import { lapseDrafts } from '../../../../src/flows/partnership/lapse-drafts.ts';
import { wordsOf } from '../../../support/access-app.ts';
import type { Answer, Form } from '../../../support/client.ts';
import { redrafted, signedByAll, signedIn } from '../../../support/service-world.ts';
import { agreedPair, fieldIn, newPair, newPerson, type Pair, type Web, web } from './web.ts';

let of: Web;

beforeAll(async () => {
  of = await web();
});

afterAll(() => of.stop());

/** What the form of a draft would send as it stands. */
function formIn({ text }: Answer): Form {
  const form: Record<string, string | string[]> = {};
  for (const [, name, value] of text.matchAll(
    /<input id="([^"]+)"[^>]*type="(?:text|url|number)" value="([^"]*)"/g,
  ))
    form[name!] = value!;
  for (const [, name, value] of text.matchAll(/<textarea id="([^"]+)"[^>]*>\n([^<]*)</g))
    form[name!] = value!;
  for (const [, name, options] of text.matchAll(/<select id="([^"]+)"[^>]*>([\s\S]*?)<\/select>/g))
    form[name!] = /value="([^"]*)" selected/.exec(options!)?.[1] ?? '';
  form.stage = /name="stage" value="([^"]+)" checked/.exec(text)?.[1] ?? '';
  form.basedOn = /name="basedOn" value="([^"]*)"/.exec(text)![1]!;
  form.partners = [...text.matchAll(/name="partners" value="([^"]+)" checked/g)].map(([, id]) => id!);
  return form;
}

async function edited(pair: Pair, who: 'ana' | 'ben', change: Form): Promise<Answer> {
  const browser = await of.as(pair[who]);
  const form = formIn(await browser.get(`${pair.path}/agreement/edit`));
  return browser.post(`${pair.path}/agreement/edit`, { ...form, ...change });
}

describe('the page of an agreement', () => {
  it('shows a first draft whole, with names, and that nothing is in force', async () => {
    const { ana, path } = await newPair(of);
    const words = wordsOf(await (await of.as(ana)).get(`${path}/agreement`));
    expect(words).toContain(
      'Version 1, a draft Ben Okafor changed it last, on Fri 1 Jan, 01:00 America/Los_Angeles . It counts from Mon 4 Jan 2027 if all sign it now.',
    );
    expect(words).toContain('check-in every week check-in length 30 minutes');
    expect(words).toContain('Ben Okafor: comfortable Mon-Fri 09:00-17:00');
    expect(words).toContain('In force Nothing yet.');
  });

  it('shows what is in force with who signed it, when, and under which fingerprint', async () => {
    const { ana, path } = await agreedPair(of);
    const answer = await (await of.as(ana)).get(`${path}/agreement`);
    const [, hash] = /SHA-256 of the text: <code>([0-9a-f]{64})</.exec(answer.text)!;
    const print = [0, 4, 8].map((i) => hash!.slice(i, i + 4)).join(' ');
    expect(wordsOf(answer)).toContain('Version 1, signed by all It counts from Mon 4 Jan 2027 on.');
    expect(wordsOf(answer)).toContain(
      `Who When Fingerprint Ana Duarte Fri 1 Jan, 01:00 America/Los_Angeles ${print} Ben Okafor`,
    );
    of.world.now = instantOf(of.world.now + 4 * DAY);
    expect(wordsOf(await (await of.as(ana)).get(`${path}/agreement`))).toContain(
      'Version 1, in force It counts since Mon 4 Jan 2027.',
    );
    of.world.now = instantOf(of.world.now - 4 * DAY);
  });

  it('shows a draft by what it changes, before and after, who has signed, and when it lapses', async () => {
    const pair = await agreedPair(of);
    await redrafted(of.world, { id: pair.id, by: pair.ben }, (terms) => ({
      ...terms,
      checkIn: { ...terms.checkIn, minutes: 45 },
    }));
    const answer = await (await of.as(pair.ana)).get(`${pair.path}/agreement`);
    expect(wordsOf(answer)).toContain(
      'What it changes Now With the draft check-in length 30 minutes 45 minutes Change the draft',
    );
    expect(wordsOf(answer)).toContain(
      'Ana Duarte not yet Ben Okafor not yet If not all have signed by Fri 15 Jan, 01:00 America/Los_Angeles , the draft lapses',
    );
  });

  it('lists the drafts that came to nothing', async () => {
    const pair = await agreedPair(of);
    const browser = await of.as(pair.ana);
    await edited(pair, 'ana', { minutes: '45' });
    expect((await browser.post(`${pair.path}/agreement/withdraw`)).location).toBe(`${pair.path}/agreement`);
    await edited(pair, 'ana', { minutes: '60' });
    const before = of.world.now;
    of.world.now = instantOf(before + 15 * DAY);
    await lapseDrafts(of.world);
    expect(wordsOf(await (await of.as(pair.ana)).get(`${pair.path}/agreement`))).toContain(
      'Before Version 3 : Lapsed on Sat 16 Jan, 01:00 America/Los_Angeles . Version 2 : Withdrawn on Fri 1 Jan, 01:00 America/Los_Angeles .',
    );
    of.world.now = before;
  });

  it('says before signing whose hours are narrow', async () => {
    const pair = await newPair(of);
    await edited(pair, 'ben', { [`reachable-${pair.ben}`]: 'Mon-Fri 08:00-18:00' });
    expect(wordsOf(await (await of.as(pair.ana)).get(`${pair.path}/agreement`))).toContain(
      'Before you sign Ben Okafor can be reached 50 h a week; below 60 h the odd hours fall to the others',
    );
  });
});

describe('an earlier version', () => {
  it('has a page of its own with its fate, what it changed, its text, and who signed it', async () => {
    const pair = await agreedPair(of);
    await redrafted(of.world, { id: pair.id, by: pair.ben }, (terms) => ({
      ...terms,
      checkIn: { ...terms.checkIn, minutes: 45 },
    }));
    await signedByAll(of.world, pair.id, [pair.ana, pair.ben]);
    const browser = await of.as(pair.ana);
    const [, first] = /<a href="([^"]+\/agreement\/1)"/.exec(
      (await browser.get(`${pair.path}/agreement`)).text,
    )!;
    const one = wordsOf(await browser.get(first!));
    expect(one).toContain('Version 1 Signed by all, and replaced before its first day came.');
    expect(one).toContain('What it says name Harbour anchor zone Europe/Berlin');
    expect(one).toContain('agenda Personal check-in; Wins; Progress since last time');
    expect(one).toMatch(/Signed by Who When Fingerprint Ana Duarte .* Ben Okafor/);
    expect(one).not.toContain('What it changed');
    expect(wordsOf(await browser.get(`${pair.path}/agreement/2`))).toContain(
      'What it changed Version 1 Version 2 check-in length 30 minutes 45 minutes',
    );
  });

  it('that was withdrawn says so, and that nobody signed it', async () => {
    const pair = await agreedPair(of);
    await edited(pair, 'ana', { minutes: '45' });
    const browser = await of.as(pair.ana);
    expect((await browser.get(`${pair.path}/agreement/2`)).status).toBe(404);
    await browser.post(`${pair.path}/agreement/withdraw`);
    expect(wordsOf(await browser.get(`${pair.path}/agreement/2`))).toMatch(
      /Version 2 Withdrawn on .* What it changed Version 1 Version 2 check-in length .* Signed by Nobody\./,
    );
  });

  it.each(['0', '7', '1x', '99999999999'])('of the number %s is not there', async (number) => {
    const pair = await agreedPair(of);
    expect((await (await of.as(pair.ana)).get(`${pair.path}/agreement/${number}`)).status).toBe(404);
  });
});

describe('drafting', () => {
  it('begins with what stands, keeps every field, and leads back', async () => {
    const pair = await newPair(of);
    const answer = await edited(pair, 'ana', {
      name: 'Haven',
      rotation: 'every',
      count: '6',
      call: 'https://meet.example.com/haven',
      weeks: '26',
      invited: '8',
      minutes: '45',
      [`zone-${pair.ana}`]: 'America/Denver',
      [`comfortable-${pair.ana}`]: 'Mon-Thu 08:00-16:00\r\nSat 10:00-18:00\r\n',
      [`reachable-${pair.ana}`]: 'daily 06:00-23:00',
      [`focus-${pair.ana}`]: 'Wed 09:00-11:00',
    });
    expect([answer.status, answer.location]).toEqual([303, `${pair.path}/agreement`]);
    const { terms } = (await of.world.database.agreements.draft(pair.id))!;
    expect(terms).toMatchObject({
      name: 'Haven',
      checkIn: { minutes: 45, rotation: { kind: 'every', count: 6 }, call: 'https://meet.example.com/haven' },
      horizon: { weeks: 26, invited: 8 },
    });
    expect(wordsOf(await (await of.as(pair.ana)).get(`${pair.path}/agreement`))).toContain(
      'Ana Duarte: comfortable Mon-Thu 08:00-16:00, Sat 10:00-18:00 Ana Duarte: reachable daily 06:00-23:00 Ana Duarte: focus Wed 09:00-11:00',
    );
  });

  it.each([
    ['early', '1w'],
    ['mature', '2w'],
  ])('takes the rhythm that the stage "%s" proposes, unless another one is chosen', async (stage, rhythm) => {
    const pair = await newPair(of);
    await edited(pair, 'ana', { stage, rhythm: '', minutes: '45' });
    expect((await of.world.database.agreements.draft(pair.id))!.terms.checkIn.rhythm).toBe(rhythm);
    await edited(pair, 'ana', { stage, rhythm: '1mo' });
    expect((await of.world.database.agreements.draft(pair.id))!.terms.checkIn.rhythm).toBe('1mo');
  });

  it.each([
    ['name', '', 'Name is empty: write a name.'],
    ['anchor', 'Mars', 'Common time zone &quot;Mars&quot; is no time zone'],
    ['minutes', '20', 'Minutes are to be 15 to 480, in quarters of an hour: 15, 30, 45, 60.'],
    ['weeks', '8', 'Weeks planned ahead is to be a whole number from 12 to 52.'],
    ['invited', '20', 'Weeks invited ahead is 20: write 1 to 12, the weeks that are planned.'],
    [
      'call',
      'javascript:alert(1)',
      'Address of the call &quot;javascript:alert(1)&quot; is no address of a call',
    ],
  ])(
    'says what is wrong with %s "%s" at its field, keeps what was written, and stores nothing',
    async (name, value, problem) => {
      const pair = await newPair(of);
      const before = await of.world.database.agreements.draft(pair.id);
      const answer = await edited(pair, 'ana', { [name]: value });
      expect(answer.status).toBe(422);
      expect(fieldIn(answer, name).problem).toContain(problem);
      expect(fieldIn(answer, name).value).toBe(value);
      expect(answer.text).toContain(`<a href="#${name}">`);
      expect(await of.world.database.agreements.draft(pair.id)).toEqual(before);
    },
  );

  it.each([
    [
      'comfortable',
      'Mon 9-5',
      'Comfortable hours &quot;Mon 9-5&quot; is no window: write it as &quot;Mon-Fri 09:00-17:00&quot;.',
    ],
    ['comfortable', '', 'Comfortable hours is empty: write hours such as'],
    ['comfortable', 'Mon-Fri 09:00-12:00', 'all partners need the same number of comfortable hours'],
    ['reachable', 'Mon-Fri 10:00-16:00', 'Reachable hours does not hold the comfortable hours'],
    ['focus', 'https://example.com/secret', 'an address is no window'],
  ])('says what is wrong with %s "%s" of one partner', async (name, value, problem) => {
    const pair = await newPair(of);
    const field = `${name}-${pair.ben}`;
    const answer = await edited(pair, 'ana', { [field]: value });
    expect(answer.status).toBe(422);
    expect(fieldIn(answer, field).problem).toContain(problem);
    expect(fieldIn(answer, field).value).toBe(value);
    expect(answer.text).toMatch(new RegExp(`<a href="#${field}">[A-Z][a-z]+ hours of Ben Okafor`));
  });

  it('says all that is wrong at once', async () => {
    const pair = await newPair(of);
    const answer = await edited(pair, 'ana', { name: '', minutes: '1', [`zone-${pair.ben}`]: 'Nowhere' });
    expect(answer.text.match(/<li><a href="#/g)).toHaveLength(3);
  });

  it('keeps the order of the partners, which is part of the text that is signed', async () => {
    let pair = await newPair(of);
    while (pair.ana < pair.ben) pair = await newPair(of);
    await edited(pair, 'ben', { minutes: '45' });
    const { terms } = (await of.world.database.agreements.draft(pair.id))!;
    expect(terms.partners.map(({ id }) => id)).toEqual([pair.ana, pair.ben]);
  });

  it('that changes nothing says so', async () => {
    const pair = await agreedPair(of);
    const answer = await edited(pair, 'ana', {});
    expect([answer.status, wordsOf(answer)]).toEqual([
      422,
      expect.stringContaining('This is what is in force already: change something, or draft nothing.'),
    ]);
  });

  it('may leave a partner out, whose signature it then needs as well', async () => {
    const pair = await agreedPair(of);
    await edited(pair, 'ana', { partners: [pair.ana] });
    const words = wordsOf(await (await of.as(pair.ana)).get(`${pair.path}/agreement`));
    expect(words).toContain('Ben Okafor: zone Europe/Berlin –');
    expect(words).toContain(
      'It cannot be signed yet: a partnership needs two partners: name two, or invite somebody first',
    );
    expect(words).not.toContain('I agree to version');
  });
});

describe('two who draft at once', () => {
  it('lose nothing: the second sees what differs, keeps what they wrote, and decides', async () => {
    const pair = await agreedPair(of);
    const bens = await of.as(pair.ben);
    const form = formIn(await bens.get(`${pair.path}/agreement/edit`));
    await edited(pair, 'ana', { minutes: '60', name: 'Haven' });
    const late = await bens.post(`${pair.path}/agreement/edit`, { ...form, minutes: '45' });
    expect(late.status).toBe(409);
    expect(wordsOf(late)).toContain('Ana Duarte changed the draft while you were writing');
    expect(wordsOf(late)).toContain(
      'The draft now What you wrote name Haven Harbour check-in length 60 minutes 45 minutes',
    );
    expect(fieldIn(late, 'minutes').value).toBe('45');
    expect((await of.world.database.agreements.draft(pair.id))!.terms.checkIn.minutes).toBe(60);
    const again = await bens.post(`${pair.path}/agreement/edit`, { ...formIn(late), name: 'Haven' });
    expect(again.status).toBe(303);
    expect((await of.world.database.agreements.draft(pair.id))!.terms).toMatchObject({
      name: 'Haven',
      checkIn: { minutes: 45 },
    });
  });

  it('keep a mistake and the version that they began with through a refusal', async () => {
    const pair = await agreedPair(of);
    const bens = await of.as(pair.ben);
    const form = formIn(await bens.get(`${pair.path}/agreement/edit`));
    await edited(pair, 'ana', { minutes: '60' });
    const wrong = await bens.post(`${pair.path}/agreement/edit`, { ...form, minutes: '44' });
    expect(wrong.status).toBe(422);
    const late = await bens.post(`${pair.path}/agreement/edit`, { ...formIn(wrong), minutes: '45' });
    expect([late.status, wordsOf(late)]).toEqual([
      409,
      expect.stringContaining('changed the draft while you were writing'),
    ]);
  });

  it('are told where the draft is gone, and their text becomes a new one', async () => {
    const pair = await agreedPair(of);
    await edited(pair, 'ana', { minutes: '60' });
    const bens = await of.as(pair.ben);
    const form = formIn(await bens.get(`${pair.path}/agreement/edit`));
    await (await of.as(pair.ana)).post(`${pair.path}/agreement/withdraw`);
    const late = await bens.post(`${pair.path}/agreement/edit`, { ...form, minutes: '45' });
    expect([late.status, wordsOf(late)]).toEqual([
      409,
      expect.stringContaining('The draft was signed or withdrawn while you were writing'),
    ]);
    expect((await bens.post(`${pair.path}/agreement/edit`, formIn(late))).status).toBe(303);
  });
});

describe('the plan under a draft', () => {
  it('is shown with the points of all, and nothing of it is announced', async () => {
    const pair = await newPair(of);
    const words = wordsOf(await (await of.as(pair.ana)).get(`${pair.path}/agreement/preview`));
    expect(words).toContain('Your time Ana Ben Mon 4 Jan, 08:45 America/Los_Angeles 0 5 Mon 11 Jan, 07:45');
    expect(words).toMatch(/Together \d+ \d+/);
    expect(await of.world.database.occurrences.after(pair.id, of.world.now)).toEqual([]);
  });

  it('needs two partners, and a draft', async () => {
    const pair = await agreedPair(of);
    const browser = await of.as(pair.ana);
    expect((await browser.get(`${pair.path}/agreement/preview`)).status).toBe(404);
    await edited(pair, 'ana', { partners: [pair.ana] });
    expect(wordsOf(await browser.get(`${pair.path}/agreement/preview`))).toContain(
      'A plan needs two partners in the draft.',
    );
  });
});

describe('signing', () => {
  const hashIn = (answer: Answer) => /name="hash" value="([0-9a-f]{64})"/.exec(answer.text)![1]!;

  it('needs a tick beside the version and its fingerprint; the last signature puts it in force', async () => {
    const pair = await newPair(of);
    const [anas, bens] = [await of.as(pair.ana), await of.as(pair.ben)];
    const page = await anas.get(`${pair.path}/agreement`);
    const hash = hashIn(page);
    expect(wordsOf(page)).toContain(
      `I agree to version 1, with the fingerprint ${hash.slice(0, 4)} ${hash.slice(4, 8)}`,
    );
    const unticked = await anas.post(`${pair.path}/agreement/signature`, { hash });
    expect([unticked.status, fieldIn(unticked, 'agree').problem]).toEqual([
      422,
      expect.stringContaining('is missing: tick the box, if you agree'),
    ]);
    const signed = await anas.post(`${pair.path}/agreement/signature`, { hash, agree: 'yes' });
    expect([signed.status, signed.location]).toEqual([303, `${pair.path}/agreement`]);
    const after = await anas.get(`${pair.path}/agreement`);
    expect(wordsOf(after)).toContain('You have signed. It counts when the others have signed as well.');
    expect(wordsOf(after)).toContain(
      'Ana Duarte signed on Fri 1 Jan, 01:00 America/Los_Angeles Ben Okafor not yet',
    );
    expect(wordsOf(after)).not.toContain('I agree to version');
    await bens.post(`${pair.path}/agreement/signature`, { hash, agree: 'yes' });
    expect(wordsOf(await bens.get(`${pair.path}/agreement`))).toContain(
      'All have signed. The check-ins are planned within a minute.',
    );
  });

  it('of a text that was changed meanwhile is refused', async () => {
    const pair = await newPair(of);
    const browser = await of.as(pair.ana);
    const hash = hashIn(await browser.get(`${pair.path}/agreement`));
    await edited(pair, 'ben', { minutes: '60' });
    const answer = await browser.post(`${pair.path}/agreement/signature`, { hash, agree: 'yes' });
    expect([answer.status, wordsOf(answer)]).toEqual([
      409,
      expect.stringContaining('The draft was changed meanwhile: look at it again'),
    ]);
  });
});

describe('a newcomer', () => {
  async function joined() {
    const pair = await agreedPair(of);
    const eve = await newPerson(of, 'Eve Moss', 'Europe/Madrid');
    const { email } = (await of.world.database.people.byId(eve))!;
    const invitation = await invitePartner(
      await of.world.partner(pair.ana, pair.id, 'write'),
      email!,
      of.world,
    );
    const matter = invitationMatter(invitation.id);
    const claims = { person: email!, partnership: pair.id, matter, expiresAt: invitation.expiresAt };
    await acceptInvitation(signedIn(of.world, eve, 'account'), claims, of.world);
    return { ...pair, eve, browser: await of.as(eve) };
  }

  it('finds who is there and the draft, and no address, check-in or version of before', async () => {
    const { path, browser } = await joined();
    const page = await browser.get(path);
    expect(wordsOf(page)).toContain(
      'You take part once all have signed a version of the agreement that names you.',
    );
    expect(wordsOf(page)).toMatch(/Who is here .*Ben Okafor/);
    expect(page.text).not.toContain('ben.');
    const agreement = await browser.get(`${path}/agreement`);
    expect(wordsOf(agreement)).toContain('Version 2, a draft');
    expect(wordsOf(agreement)).not.toMatch(/Withdraw the draft|See the plan|Version 1/);
    for (const link of agreement.text.matchAll(/href="(\/partnerships\/[^"#]+)/g))
      expect([link[1], (await browser.get(link[1]!)).status]).toEqual([link[1], 200]);
  });

  it('changes their own hours by the form, and nobody else’s', async () => {
    const { path, browser, eve, ana, id } = await joined();
    const page = await browser.get(`${path}/agreement/edit`);
    expect(page.text).not.toMatch(/name="(?:name|minutes|partners)"|\/ledger"/);
    const form = formIn(page);
    expect(Object.keys(form)).not.toContain(`focus-${ana}`);
    const save = (change: Form) => browser.post(`${path}/agreement/edit`, { ...form, ...change });
    const refused = await save({ [`focus-${eve}`]: 'Tue 09-' });
    expect([refused.status, wordsOf(refused)]).toEqual([422, expect.stringContaining('Focus hours of Eve')]);
    const both = { [`focus-${eve}`]: 'Tue 09:00-10:00', [`focus-${ana}`]: 'Tue 09:00-10:00', name: 'Mine' };
    expect((await save(both)).status).toBe(303);
    expect((await of.world.database.agreements.draft(id))!.terms.name).toBe('Harbour');
    const { terms } = (await of.world.database.agreements.draft(id))!;
    expect(terms.partners.map(({ focus }) => focus.length)).toEqual([0, 0, 1]);
  });
});
