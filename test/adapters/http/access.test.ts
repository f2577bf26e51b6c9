// Every route of the app, as eight kinds of callers find it. What a path names is there and is the partner's, so that a route which
// does not look at who asks answers too much. A route that is not in the table fails the test, and so does an entry whose route is gone.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Route } from '../../../src/adapters/http/route.ts';
import { issueFeed } from '../../../src/flows/feeds/manage-feeds.ts';
import { leavePartnership } from '../../../src/flows/partnership/leave-partnership.ts';
import { CALLERS, type Group, newGroup, THINGS, type Who, withSessions } from '../../support/access-group.ts';
import { type ApiApp, apiApp, type Caller, NO_LIMITS, NOBODY } from '../../support/api-app.ts';
import { signedIn } from '../../support/service-world.ts';

/** What each of CALLERS gets, in their order. */
const EXPECTED: Readonly<Record<string, string>> = {
  // What runs the service, and what all see.
  asset: '404 404 404 404 404 404 404 404',
  health: '200 200 200 200 200 200 200 200',
  readiness: '200 200 200 200 200 200 200 200',
  metrics: '200 200 200 200 200 200 200 200',
  'api-document': '200 200 200 200 200 200 200 200',
  'api-reference': '200 200 200 200 200 200 401 200',
  feed: '200 200 200 200 200 200 200 200',
  // Coming in. A token that is none is refused wherever it is shown.
  'sign-in': '200 303 303 303 303 303 303 303',
  'sign-in-request': '422 422 422 422 422 422 401 422',
  'sign-in-sent': '200 200 200 200 200 200 303 200',
  'sign-in-link': '410 410 410 410 410 410 303 410',
  'sign-in-confirm': '410 410 410 410 410 410 401 410',
  'sign-out': '303 303 303 303 303 303 401 303',
  'first-person-link': '410 410 410 410 410 410 303 410',
  'first-person': '422 422 422 422 422 422 401 422',
  'passkey-sign-in-options': '200 200 200 200 200 200 401 200',
  'passkey-sign-in': '422 422 422 422 422 422 401 422',
  'sign-in-elsewhere': '404 404 404 404 404 404 303 404',
  'back-from-elsewhere': '404 404 404 404 404 404 303 404',
  join: '200 200 303 303 200 200 303 303',
  'join-accept': '401 303 303 303 303 303 401 403',
  answer: '200 200 200 200 200 200 200 200',
  'answer-give': '422 422 422 422 422 422 403 403',
  'answer-proposal': '200 200 200 200 200 200 200 200',
  'answer-propose': '422 422 422 422 422 422 403 403',
  outbox: '200 200 200 200 200 200 303 200',
  'outbox-message': '404 404 404 404 404 404 303 404',
  // Pages about oneself: everybody who is signed in has them.
  account: '303 200 200 200 200 200 303 403',
  'passkey-options': '401 200 200 200 200 200 401 403',
  'passkey-add': '401 422 422 422 422 422 401 403',
  'profile-change': '401 422 422 422 422 422 401 403',
  'passkey-rename': '401 422 422 422 422 422 401 403',
  'passkey-remove': '401 404 303 404 404 404 401 403',
  'sessions-end-others': '401 303 303 303 303 303 401 403',
  'session-end': '401 404 303 404 404 404 401 403',
  'identity-remove': '401 404 303 404 404 404 401 403',
  'token-issue': '401 422 422 422 422 422 401 403',
  'token-revoke': '401 404 303 404 404 404 401 403',
  home: '200 200 200 200 200 200 303 403',
  'partnership-new': '303 200 200 200 200 200 303 403',
  'partnership-begin': '401 422 422 422 422 422 401 403',
  'partner-uninvite': '401 404 303 403 404 404 401 403',
  'draft-preview': '303 404 200 403 404 404 303 403',
  'draft-withdraw': '401 404 303 403 404 404 401 403',
  calendars: '303 200 200 200 200 200 303 403',
  'calendar-connect': '401 422 422 422 422 422 401 403',
  'calendar-check': '401 404 303 404 404 404 401 403',
  'calendar-confirm': '401 404 303 404 404 404 401 403',
  'calendar-disconnect': '401 404 303 404 404 404 401 403',
  'leave-add': '401 422 422 422 422 422 401 403',
  'travel-add': '401 422 422 422 422 422 401 403',
  'region-change': '401 303 303 303 303 303 401 403',
  'days-remove': '401 404 303 404 404 404 401 403',
  feeds: '303 200 200 200 200 200 303 403',
  'feed-issue': '401 422 422 422 422 422 401 403',
  'feed-revoke': '401 404 303 404 404 404 401 403',
  'own-data': '303 200 200 200 200 200 303 403',
  'own-data-export': '303 200 200 200 200 200 303 403',
  'account-erase': '401 422 422 422 422 422 401 403',
  // Pages of a partnership: they are there for its partners alone.
  partnership: '303 404 200 200 404 404 303 403',
  'partner-invite': '401 404 422 403 404 404 401 403',
  'question-reply': '401 404 422 403 404 404 401 403',
  'partnership-leave': '401 404 422 422 404 404 401 403',
  agreement: '303 404 200 200 404 404 303 403',
  'agreement-version': '303 404 200 403 404 404 303 403',
  'draft-form': '303 404 200 200 404 404 303 403',
  'draft-save': '401 404 422 422 404 404 401 403',
  'draft-sign': '401 404 422 422 404 404 401 403',
  ledger: '303 404 200 403 404 404 303 403',
  record: '303 404 200 403 404 404 303 403',
  'attendance-correct': '401 404 422 403 404 404 401 403',
  'check-in': '303 404 200 403 404 404 303 403',
  'check-in-answer': '401 404 422 403 404 404 401 403',
  'check-in-host': '401 404 303 403 404 404 401 403',
  'check-in-swap': '401 404 422 403 404 404 401 403',
  'check-in-volunteer': '401 404 409 403 404 404 401 403',
  'check-in-proposal': '303 404 200 403 404 404 303 200',
  'check-in-propose': '401 404 422 403 404 404 401 403',
  'other-side': '303 404 200 200 404 404 303 403',
  // The API about oneself.
  'api-listPartnerships': '401 200 200 200 200 200 401 403',
  'api-startPartnership': '401 422 422 422 422 422 401 403',
  'api-getSelf': '401 200 200 200 200 200 401 403',
  'api-changeSelf': '401 200 200 200 200 200 401 403',
  'api-exportSelf': '401 200 200 200 200 200 401 403',
  'api-eraseSelf': '401 422 422 422 422 422 401 403',
  'api-listLeaves': '401 200 200 200 200 200 401 403',
  'api-addLeave': '401 422 422 422 422 422 401 403',
  'api-removeLeave': '401 404 204 404 404 404 401 403',
  'api-listTravels': '401 200 200 200 200 200 401 403',
  'api-addTravel': '401 422 422 422 422 422 401 403',
  'api-removeTravel': '401 404 204 404 404 404 401 403',
  'api-listCalendars': '401 200 200 200 200 200 401 403',
  'api-connectCalendar': '401 422 422 422 422 422 401 403',
  'api-disconnectCalendar': '401 404 204 404 404 404 401 403',
  'api-confirmCalendar': '401 404 200 404 404 404 401 403',
  'api-checkCalendar': '401 404 202 404 404 404 401 403',
  'api-listFeeds': '401 200 200 200 200 200 401 403',
  'api-issueFeed': '401 422 422 422 422 422 401 403',
  'api-revokeFeed': '401 404 204 404 404 404 401 403',
  'api-listSessions': '401 200 200 200 200 200 401 403',
  'api-revokeSession': '401 404 204 404 404 404 401 403',
  'api-listTokens': '401 200 200 200 200 200 401 403',
  'api-issueToken': '401 422 422 422 422 422 401 403',
  'api-revokeToken': '401 404 204 404 404 404 401 403',
  // The API of a partnership.
  'api-getPartnership': '401 404 200 200 404 404 401 403',
  'api-leavePartnership': '401 404 204 204 404 404 401 403',
  'api-listInvitations': '401 404 200 403 404 404 401 403',
  'api-invitePartner': '401 404 422 403 404 404 401 403',
  'api-withdrawInvitation': '401 404 204 403 404 404 401 403',
  'api-getFreeBusy': '401 404 200 403 404 404 401 403',
  'api-getAgreement': '401 404 200 403 404 404 401 403',
  'api-listAgreements': '401 404 200 403 404 404 401 403',
  'api-getDraft': '401 404 200 200 404 404 401 403',
  'api-putDraft': '401 404 422 422 404 404 401 403',
  'api-withdrawDraft': '401 404 428 403 404 404 401 403',
  'api-getDraftDifferences': '401 404 200 403 404 404 401 403',
  'api-previewDraft': '401 404 200 403 404 404 401 403',
  'api-signDraft': '401 404 422 422 404 404 401 403',
  'api-listCheckIns': '401 404 200 403 404 404 401 403',
  'api-getCheckIn': '401 404 200 403 404 404 401 403',
  'api-answerCheckIn': '401 404 422 403 404 404 401 403',
  'api-hostCheckIn': '401 404 200 403 404 404 401 403',
  'api-proposeTime': '401 404 422 403 404 404 401 403',
  'api-offerSwap': '401 404 422 403 404 404 401 403',
  'api-volunteer': '401 404 422 403 404 404 401 403',
  'api-correctAttendance': '401 404 422 403 404 404 401 403',
  'api-listQuestions': '401 404 200 403 404 404 401 403',
  'api-replyToQuestion': '401 404 422 403 404 404 401 403',
  'api-getLedger': '401 404 200 403 404 404 401 403',
  'api-getRecord': '401 404 200 403 404 404 401 403',
  'api-askForRun': '401 404 202 403 404 404 401 403',
  'api-dryRun': '401 404 200 403 404 404 401 403',
};

/** What they do cannot be done twice, so who may do it has a group of their own. */
const FINAL: ReadonlySet<string> = new Set([
  ...['partnership-leave', 'account-erase', 'sessions-end-others', 'join-accept', 'draft-withdraw'],
  ...['api-leavePartnership', 'api-eraseSelf', 'api-withdrawDraft'],
]);

let api: ApiApp;
let group: Group;

beforeAll(async () => {
  api = await apiApp({ limits: NO_LIMITS });
  group = await newGroup(api);
});

afterAll(() => api.stop());

/** What the parameter `id` or `link` of a page is. */
function kindOf(parameter: string, { name }: Route): string {
  if (parameter === 'link') return name.startsWith('join') ? 'join' : 'answer';
  if (name === 'days-remove') return 'leave';
  return parameter === 'id' ? name.replace(/-\w+$/, '') : parameter;
}

async function pathOf(route: Route, own: Group): Promise<string> {
  const isOfPartnership = route.path.startsWith('/partnerships/') || route.name === 'other-side';
  const known: Readonly<Record<string, string>> = {
    ...{ partnership: own.id, uid: encodeURIComponent(own.uid), person: own.owner, version: '1' },
    ...(isOfPartnership && { id: own.id }),
    ...(route.name === 'feed' && { token: own.feed }),
    ...(['sign-in-link', 'sign-in-confirm', 'first-person-link', 'first-person'].includes(route.name) && {
      token: 'nothing',
    }),
    ...{ issuer: 'nothing', name: 'nothing', message: 'nothing', question: crypto.randomUUID() },
  };
  let { path } = route;
  for (const [, parameter] of route.path.matchAll(/:(\w+)/g)) {
    const value = known[parameter!] ?? (await THINGS[kindOf(parameter!, route)]!(own, api));
    path = path.replace(`:${parameter}`, value);
  }
  return path;
}

/** Who may do the most asks last: what they do away with was there for the others. */
const IN_TURN: readonly Who[] = [...CALLERS.filter((who) => who !== 'partner'), 'partner'];

async function statusesFor(route: Route): Promise<string> {
  const expected = EXPECTED[route.name]?.split(' ') ?? [];
  const statuses = new Map<Who, number>();
  const path = await pathOf(route, group);
  const all = route.name === 'sign-out' ? await withSessions(group, api) : group;
  for (const who of IN_TURN) {
    const isFinal = FINAL.has(route.name) && Number(expected[CALLERS.indexOf(who)]) < 400;
    const own = isFinal ? await newGroup(api) : all;
    statuses.set(who, await statusFor(route, who, { own, path: isFinal ? await pathOf(route, own) : path }));
  }
  return CALLERS.map((who) => statuses.get(who)).join(' ');
}

type Asked = { readonly own: Group; readonly path: string };

async function statusFor(route: Route, who: Who, { own, path }: Asked): Promise<number> {
  const isApi = route.path.startsWith('/api/');
  const caller = who === 'other scope' ? await otherScope(route, own) : own.callers[who];
  const body = route.method === 'GET' || route.method === 'DELETE' ? {} : { body: isApi ? {} : 'x=1' };
  const type: Record<string, string> = isApi ? {} : { 'content-type': 'application/x-www-form-urlencoded' };
  const { status } = await api.request(caller, `${route.method} ${path}`, {
    ...body,
    headers: { accept: isApi ? 'application/json' : 'text/html', ...type },
  });
  return status;
}

/** A token of the partner that lacks what the route needs: what reads does not answer, and what answers does not read. */
async function otherScope({ method, name }: Route, { owner }: Group): Promise<Caller> {
  const reads = method === 'GET' || name === 'api-dryRun';
  return api.token(owner, [reads ? 'answer' : 'read']);
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
    for (const route of api.app.routes) found[route.name] = await statusesFor(route);
    expect(found).toEqual(EXPECTED);
  }, 300_000);

  it('lets nobody but its members learn anything of a partnership', () => {
    const ofPartners = api.app.routes.filter(({ access }) => access === 'partner');
    for (const { name } of ofPartners) {
      const [nobody, stranger, partner, , left, leftOut] = EXPECTED[name]!.split(' ');
      expect([name, ['303', '401'].includes(nobody!), stranger, left, leftOut]).toEqual([
        ...[name, true, '404', '404', '404'],
      ]);
      expect([name, partner]).not.toEqual([name, '404']);
    }
  });
});

describe('a link or a feed', () => {
  it.each(['join/nothing', 'answer/nothing', 'answer/nothing/proposal', 'feeds/nothing.ics'])(
    'that is none is not there: /%s',
    async (path) => {
      const { status } = await api.request(group.callers.partner, `GET /${path}`);
      expect(status).toBe(404);
    },
  );

  it('of somebody who has left is none any more', async () => {
    const own = await newGroup(api);
    const [answer, feed] = [await THINGS.answer!(own, api), { name: 'Phone', detail: 'full' } as const];
    const about = { ...feed, partnership: own.id };
    const { token } = await issueFeed(signedIn(api.world, own.owner, 'write'), about, api.world);
    await leavePartnership(await api.world.partner(own.owner, own.id, 'leave'), api.world);
    for (const path of [`/answer/${answer}`, `/feeds/${token}.ics`])
      expect((await api.request(NOBODY, `GET ${path}`)).status).toBe(404);
  });
});
