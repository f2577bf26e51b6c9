// Every route of the app, as six kinds of callers find it. A route that is not in the table fails the test, and so does an entry
// whose route is gone.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Route } from '../../../src/adapters/http/route.ts';
import type { PartnerId } from '../../../src/domain/partner.ts';
import { issueFeed } from '../../../src/flows/feeds/manage-feeds.ts';
import { leavePartnership } from '../../../src/flows/partnership/leave-partnership.ts';
import { runPartnership } from '../../../src/flows/run/run-partnership.ts';
import { occurrencesOf } from '../../support/agreed.ts';
import { type ApiApp, apiApp, type Caller, NO_LIMITS, NOBODY } from '../../support/api-app.ts';
import { founded, signedByAll, signedIn } from '../../support/service-world.ts';

/** In the order of the columns of the table. */
const CALLERS = ['nobody', 'stranger', 'partner', 'left', 'feed token', 'other scope'] as const;

type Who = (typeof CALLERS)[number];

const EXPECTED: Readonly<Record<string, string>> = {
  // What runs the service, and what all see.
  asset: '404 404 404 404 404 404',
  health: '200 200 200 200 200 200',
  readiness: '200 200 200 200 200 200',
  metrics: '200 200 200 200 200 200',
  'api-document': '200 200 200 200 200 200',
  'api-reference': '200 200 200 200 401 200',
  feed: '404 404 404 404 404 404',
  // Coming in. A token that is none is refused wherever it is shown.
  'sign-in': '200 303 303 303 303 303',
  'sign-in-request': '422 422 422 422 401 422',
  'sign-in-sent': '200 200 200 200 303 200',
  'sign-in-link': '410 410 410 410 303 410',
  'sign-in-confirm': '410 410 410 410 401 410',
  'sign-out': '303 303 303 303 401 303',
  'first-person-link': '410 410 410 410 303 410',
  'first-person': '422 422 422 422 401 422',
  'passkey-sign-in-options': '200 200 200 200 401 200',
  'passkey-sign-in': '422 422 422 422 401 422',
  'sign-in-elsewhere': '404 404 404 404 303 404',
  'back-from-elsewhere': '404 404 404 404 303 404',
  join: '404 404 404 404 303 404',
  'join-accept': '404 404 404 404 401 404',
  answer: '404 404 404 404 404 404',
  'answer-give': '404 404 404 404 404 404',
  'answer-proposal': '404 404 404 404 404 404',
  'answer-propose': '404 404 404 404 404 404',
  outbox: '200 200 200 200 303 200',
  'outbox-message': '404 404 404 404 303 404',
  // Pages about oneself: everybody who is signed in has them.
  account: '303 200 200 200 303 403',
  'passkey-options': '401 200 200 200 401 403',
  'passkey-add': '401 422 422 422 401 403',
  'profile-change': '401 422 422 422 401 403',
  'passkey-rename': '401 422 422 422 401 403',
  'passkey-remove': '401 404 404 404 401 403',
  'sessions-end-others': '401 303 303 303 401 403',
  'session-end': '401 404 404 404 401 403',
  'identity-remove': '401 404 404 404 401 403',
  'token-issue': '401 422 422 422 401 403',
  'token-revoke': '401 404 404 404 401 403',
  home: '200 200 200 200 303 403',
  'partnership-new': '303 200 200 200 303 403',
  'partnership-begin': '401 422 422 422 401 403',
  'partner-uninvite': '401 404 404 404 401 403',
  'draft-preview': '303 404 404 404 303 403',
  'draft-withdraw': '401 404 404 404 401 403',
  calendars: '303 200 200 200 303 403',
  'calendar-connect': '401 422 422 422 401 403',
  'calendar-check': '401 404 404 404 401 403',
  'calendar-confirm': '401 404 404 404 401 403',
  'calendar-disconnect': '401 404 404 404 401 403',
  'leave-add': '401 422 422 422 401 403',
  'travel-add': '401 422 422 422 401 403',
  'region-change': '401 303 303 303 401 403',
  'days-remove': '401 404 404 404 401 403',
  feeds: '303 200 200 200 303 403',
  'feed-issue': '401 422 422 422 401 403',
  'feed-revoke': '401 404 404 404 401 403',
  'own-data': '303 200 200 200 303 403',
  'own-data-export': '303 200 200 200 303 403',
  'account-erase': '401 422 422 422 401 403',
  // Pages of a partnership: they are there for its partners alone.
  partnership: '303 404 200 404 303 403',
  'partner-invite': '401 404 422 404 401 403',
  'question-reply': '401 404 422 404 401 403',
  'partnership-leave': '401 404 422 404 401 403',
  agreement: '303 404 200 404 303 403',
  'draft-form': '303 404 200 404 303 403',
  'draft-save': '401 404 422 404 401 403',
  'draft-sign': '401 404 422 404 401 403',
  ledger: '303 404 200 404 303 403',
  record: '303 404 200 404 303 403',
  'attendance-correct': '401 404 422 404 401 403',
  'check-in': '303 404 200 404 303 403',
  'check-in-answer': '401 404 422 404 401 403',
  'check-in-host': '401 404 303 404 401 403',
  'check-in-swap': '401 404 422 404 401 403',
  'check-in-volunteer': '401 404 409 404 401 403',
  'check-in-proposal': '303 404 200 404 303 200',
  'check-in-propose': '401 404 422 404 401 403',
  'other-side': '303 404 200 404 303 403',
  // The API about oneself.
  'api-listPartnerships': '401 200 200 200 401 403',
  'api-startPartnership': '401 422 422 422 401 403',
  'api-getSelf': '401 200 200 200 401 403',
  'api-changeSelf': '401 200 200 200 401 403',
  'api-exportSelf': '401 200 200 200 401 403',
  'api-eraseSelf': '401 422 422 422 401 403',
  'api-listLeaves': '401 200 200 200 401 403',
  'api-addLeave': '401 422 422 422 401 403',
  'api-removeLeave': '401 404 404 404 401 403',
  'api-listTravels': '401 200 200 200 401 403',
  'api-addTravel': '401 422 422 422 401 403',
  'api-removeTravel': '401 404 404 404 401 403',
  'api-listCalendars': '401 200 200 200 401 403',
  'api-connectCalendar': '401 422 422 422 401 403',
  'api-disconnectCalendar': '401 404 404 404 401 403',
  'api-confirmCalendar': '401 404 404 404 401 403',
  'api-checkCalendar': '401 404 404 404 401 403',
  'api-listFeeds': '401 200 200 200 401 403',
  'api-issueFeed': '401 422 422 422 401 403',
  'api-revokeFeed': '401 404 404 404 401 403',
  'api-listSessions': '401 200 200 200 401 403',
  'api-revokeSession': '401 404 404 404 401 403',
  'api-listTokens': '401 200 200 200 401 403',
  'api-issueToken': '401 422 422 422 401 403',
  'api-revokeToken': '401 404 404 404 401 403',
  // The API of a partnership.
  'api-getPartnership': '401 404 200 404 401 403',
  'api-leavePartnership': '401 404 204 404 401 403',
  'api-listInvitations': '401 404 200 404 401 403',
  'api-invitePartner': '401 404 422 404 401 403',
  'api-withdrawInvitation': '401 404 404 404 401 403',
  'api-getFreeBusy': '401 404 200 404 401 403',
  'api-getAgreement': '401 404 200 404 401 403',
  'api-listAgreements': '401 404 200 404 401 403',
  'api-getDraft': '401 404 404 404 401 403',
  'api-putDraft': '401 404 422 404 401 403',
  'api-withdrawDraft': '401 404 404 404 401 403',
  'api-getDraftDifferences': '401 404 404 404 401 403',
  'api-previewDraft': '401 404 404 404 401 403',
  'api-signDraft': '401 404 422 404 401 403',
  'api-listCheckIns': '401 404 200 404 401 403',
  'api-getCheckIn': '401 404 200 404 401 403',
  'api-answerCheckIn': '401 404 422 404 401 403',
  'api-hostCheckIn': '401 404 200 404 401 403',
  'api-proposeTime': '401 404 422 404 401 403',
  'api-offerSwap': '401 404 422 404 401 403',
  'api-volunteer': '401 404 422 404 401 403',
  'api-correctAttendance': '401 404 422 404 401 403',
  'api-listQuestions': '401 404 200 404 401 403',
  'api-replyToQuestion': '401 404 422 404 401 403',
  'api-getLedger': '401 404 200 404 401 403',
  'api-getRecord': '401 404 200 404 401 403',
  'api-askForRun': '401 404 202 404 401 403',
  'api-dryRun': '401 404 200 404 401 403',
};

/** What they do cannot be done twice, so each caller has a group of their own. */
const FINAL: ReadonlySet<string> = new Set([
  ...['partnership-leave', 'account-erase', 'sign-out', 'sessions-end-others'],
  ...['api-leavePartnership', 'api-eraseSelf'],
]);

type Group = { readonly id: string; readonly uid: string; readonly callers: Readonly<Record<Who, Caller>> };

let api: ApiApp;
let group: Group;
let count = 0;

beforeAll(async () => {
  api = await apiApp({ limits: NO_LIMITS });
  group = await newGroup();
});

afterAll(() => api.stop());

/** Ana and Ben, who have agreed; Chiara, who has left; Eve, who never was there. */
async function newGroup(): Promise<Group> {
  const { world } = api;
  const person = (name: string) => world.person(`${name}${++count} Moss`, 'Europe/Berlin');
  const [ana, ben, chiara, eve] = [
    await person('Ana'),
    await person('Ben'),
    await person('Chiara'),
    await person('Eve'),
  ];
  const all = [ana, ben, chiara];
  const id = await founded(world, all);
  await signedByAll(world, id, all);
  await leavePartnership(await world.partner(chiara, id, 'sign'), world);
  await runPartnership(id, world);
  const feed = await issueFeed(signedIn(world, ana, 'write'), { name: 'Phone', detail: 'full' }, world);
  const callers = {
    nobody: { 'sec-fetch-site': 'same-origin' },
    stranger: await api.session(eve),
    partner: await api.session(ana),
    left: await api.session(chiara),
    'feed token': { authorization: `Bearer ${feed.token}` },
    'other scope': NOBODY,
  };
  owners.set(id, ana);
  return { id, uid: (await occurrencesOf(world, id))[0]!.item.uid, callers };
}

const owners = new Map<string, PartnerId>();

async function statusFor(route: Route, who: Who): Promise<number> {
  const own = FINAL.has(route.name) ? await newGroup() : group;
  const isApi = route.path.startsWith('/api/');
  const caller = who === 'other scope' ? await otherScope(route, own) : own.callers[who];
  const path = filled(route, own);
  const body = route.method === 'GET' || route.method === 'DELETE' ? {} : { body: isApi ? {} : 'x=1' };
  const type: Record<string, string> = isApi ? {} : { 'content-type': 'application/x-www-form-urlencoded' };
  const { status } = await api.request(caller, `${route.method} ${path}`, {
    ...body,
    headers: { accept: isApi ? 'application/json' : 'text/html', ...type },
  });
  return status;
}

/** A token of the partner that lacks what the route needs: what reads does not answer, and what answers does not read. */
async function otherScope({ method, name }: Route, { id }: Group): Promise<Caller> {
  const reads = method === 'GET' || name === 'api-dryRun';
  return api.token(owners.get(id)!, [reads ? 'answer' : 'read']);
}

function filled({ path, name }: Route, { id, uid }: Group): string {
  return path.replaceAll(/:(\w+)/g, (_, parameter: string) => {
    if (parameter === 'partnership') return id;
    if (parameter === 'id' && (path.startsWith('/partnerships/') || name === 'other-side')) return id;
    if (parameter === 'uid') return encodeURIComponent(uid);
    if (parameter === 'person') return owners.get(id)!;
    return ['link', 'issuer', 'name', 'message'].includes(parameter) ? 'nothing' : crypto.randomUUID();
  });
}

describe('the table of routes', () => {
  it('names every route, and none that is gone', () => {
    const names = api.app.routes.map(({ name }) => name);
    expect(names.filter((name) => !(name in EXPECTED))).toEqual([]);
    expect(Object.keys(EXPECTED).filter((name) => !names.includes(name))).toEqual([]);
    expect(new Set(names).size).toBe(names.length);
  });

  it('says of each what every kind of caller gets', async () => {
    const found: Record<string, string> = {};
    for (const route of api.app.routes) {
      const statuses: number[] = [];
      for (const who of CALLERS) statuses.push(await statusFor(route, who));
      found[route.name] = statuses.join(' ');
    }
    expect(found).toEqual(EXPECTED);
  });

  it('lets nobody but its partners learn anything of a partnership', () => {
    const ofPartners = api.app.routes.filter(({ access }) => access === 'partner');
    for (const { name } of ofPartners) {
      const [nobody, stranger, , left] = EXPECTED[name]!.split(' ');
      expect([name, ['303', '401'].includes(nobody!), stranger, left]).toEqual([name, true, '404', '404']);
    }
  });
});
