// The world of the service: its adapters, as the flows need them.

import { readItip } from './adapters/calendars/ics/itip-reply.ts';
import { checkIcsAddress, readIcsCalendar } from './adapters/calendars/ics/provider.ts';
import { databaseOver, type JobsIn } from './adapters/database/database.ts';
import { accessDatabaseOver } from './adapters/database/stores/access.ts';
import { answerStore } from './adapters/database/stores/kept-answers.ts';
import type { IssuerSettings } from './adapters/identity/issuers.ts';
import { mailboxOf } from './adapters/mail/mailbox.ts';
import { noServer } from './adapters/mail/no-server.ts';
import { outboxMailer } from './adapters/mail/outbox.ts';
import { smtpMailer } from './adapters/mail/smtp.ts';
import { passkeysAt } from './adapters/passkeys/ceremony.ts';
import { keyIn } from './adapters/secrets/key-file.ts';
import { linksFrom } from './adapters/secrets/links.ts';
import { secretsFrom } from './adapters/secrets/secrets.ts';
import { InvalidInput } from './domain/errors.ts';
import { instantOf } from './domain/time/instant.ts';
import { dateOf, fieldsOf } from './domain/time/plain-date.ts';
import type { AccessWorld, Issuers } from './flows/access/ports.ts';
import type { AnswerStore } from './flows/answer-once.ts';
import type { Mailroom } from './flows/inbox/read-inbox.ts';
import type { OutgoingMail } from './flows/mail-ports.ts';
import type { Clock, PublicHolidays } from './flows/ports.ts';
import type { Sender, World } from './flows/world.ts';
import type { OpenDatabase } from './open-database.ts';
import type { Settings } from './settings.ts';

export type RunningWorld = World &
  AccessWorld & {
    readonly answers: AnswerStore;
    /** What was not sent, where it is kept to be looked at. */
    readonly unsent?: () => readonly OutgoingMail[];
    /** Where answers come in, where IMAP is set. */
    readonly mailroom?: Mailroom;
    readonly close: () => void;
  };

export type WorldParts = {
  readonly settings: Settings;
  readonly publicUrl: URL;
  readonly open: OpenDatabase;
  readonly jobsIn: JobsIn;
  /** What becomes of mail where no SMTP is set: it is kept to be looked at, or waits for a server. */
  readonly withoutServer: 'outbox' | 'wait';
  /** What is to be another way than settings say: for a demonstration. */
  readonly instead?: Partial<World>;
};

/** Throws InvalidInput where the key is not the one with which the database was written. */
export async function buildWorld({
  settings,
  publicUrl,
  open,
  jobsIn,
  withoutServer,
  instead,
}: WorldParts): Promise<RunningWorld> {
  const secretKey = await secretKeyOf(settings);
  const secrets = secretsFrom(secretKey);
  await requireSameKey(open, secrets);
  const clock: Clock = () => instantOf(Date.now());
  const sender = senderOf(settings, publicUrl);
  const smtp = settings.SMTP_URL && smtpMailer({ url: settings.SMTP_URL.href, from: sender.mailbox });
  const outbox = smtp || withoutServer === 'wait' ? undefined : outboxMailer();
  const mailroom = await mailroomOf(settings);
  return {
    clock,
    database: databaseOver(open.connection, jobsIn),
    access: accessDatabaseOver(open.connection),
    answers: answerStore(open.connection),
    mailer: smtp ?? outbox ?? noServer,
    secrets,
    links: linksFrom({ secretKey, publicUrl, clock }),
    sender,
    passkeys: passkeysAt(publicUrl),
    issuers: await issuersOf(settings, publicUrl),
    readAddress: readIcsCalendar,
    checkAddress: checkIcsAddress,
    publicHolidays: remembered(loadHolidays),
    readItip,
    ...(outbox && { unsent: outbox.messages }),
    ...(mailroom && { mailroom }),
    close: () => {
      smtp?.close();
      mailroom?.inbox.close();
    },
    ...instead,
  };
}

type KeySettings = Pick<Settings, 'SECRET_KEY' | 'DATA_DIR'>;

export async function secretKeyOf({ SECRET_KEY, DATA_DIR }: KeySettings): Promise<string> {
  return SECRET_KEY ?? keyIn(DATA_DIR);
}

export async function secretsOf(settings: KeySettings): Promise<World['secrets']> {
  return secretsFrom(await secretKeyOf(settings));
}

/** A text that was sealed with the key when the database was new: another key opens nothing that is kept. */
export async function requireSameKey(
  { connection, where }: OpenDatabase,
  { seal, open }: World['secrets'],
): Promise<void> {
  const name = 'key-check';
  const { client } = connection;
  const value = Buffer.from(seal('turnabout')).toString('base64');
  await client.instanceFact.createMany({ data: [{ name, value }], skipDuplicates: true });
  const fact = await client.instanceFact.findUniqueOrThrow({ where: { name } });
  try {
    open(Buffer.from(fact.value, 'base64'));
  } catch (cause) {
    const what = `is not the key with which the database at ${where} was written: calendar addresses in it could not be read`;
    throw new InvalidInput('SECRET_KEY', `${what}. Set the key that it had, or restore a backup`, { cause });
  }
}

function senderOf({ MAIL_FROM }: Settings, publicUrl: URL): Sender {
  const mailbox = MAIL_FROM
    ? mailboxOf(MAIL_FROM, 'MAIL_FROM')
    : { name: 'Turnabout', email: `turnabout@${publicUrl.hostname}` };
  return { mailbox, domain: mailbox.email.split('@').at(-1)! };
}

/** Only who reads a mailbox needs the large package for it. */
async function mailroomOf({ IMAP_URL, MAIL_AUTHORITY: authority }: Settings): Promise<Mailroom | undefined> {
  if (!IMAP_URL) return undefined;
  const { imapInbox } = await import('./adapters/mail/inbox.ts');
  const inbox = imapInbox({ url: IMAP_URL.href, ...(authority !== undefined && { authority }) });
  return { address: `${decodeURIComponent(IMAP_URL.username)}@${IMAP_URL.host}${IMAP_URL.pathname}`, inbox };
}

/** Only who has an issuer needs the package for it. */
async function issuersOf(settings: Settings, publicUrl: URL): Promise<Issuers> {
  const { GOOGLE_CLIENT_ID, MICROSOFT_CLIENT_ID, OIDC_ISSUER } = settings;
  if (!GOOGLE_CLIENT_ID && !MICROSOFT_CLIENT_ID && !OIDC_ISSUER) return NO_ISSUERS;
  const known = await import('./adapters/identity/issuers.ts');
  return known.issuersFrom({ publicUrl, settings: issuerSettings(settings, known) });
}

const NO_ISSUERS: Issuers = {
  list: [],
  begin: (key) => Promise.reject(new Error(`no issuer ${key}`)),
  finish: async () => undefined,
};

type KnownIssuers = Pick<typeof import('./adapters/identity/issuers.ts'), 'GOOGLE' | 'MICROSOFT'>;

function issuerSettings(settings: Settings, { GOOGLE, MICROSOFT }: KnownIssuers): IssuerSettings[] {
  const found: IssuerSettings[] = [];
  const { GOOGLE_CLIENT_ID, GOOGLE_CLIENT_SECRET, MICROSOFT_CLIENT_ID, MICROSOFT_CLIENT_SECRET } = settings;
  const { OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET, OIDC_NAME, MICROSOFT_TENANT } = settings;
  if (GOOGLE_CLIENT_ID && GOOGLE_CLIENT_SECRET)
    found.push({ ...GOOGLE, clientId: GOOGLE_CLIENT_ID, clientSecret: GOOGLE_CLIENT_SECRET });
  if (MICROSOFT_CLIENT_ID && MICROSOFT_CLIENT_SECRET) {
    const address = new URL(`https://login.microsoftonline.com/${encodeURIComponent(MICROSOFT_TENANT)}/v2.0`);
    found.push({
      ...MICROSOFT,
      address,
      clientId: MICROSOFT_CLIENT_ID,
      clientSecret: MICROSOFT_CLIENT_SECRET,
    });
  }
  if (OIDC_ISSUER && OIDC_CLIENT_ID)
    found.push({
      key: 'oidc',
      name: OIDC_NAME,
      address: OIDC_ISSUER,
      clientId: OIDC_CLIENT_ID,
      clientSecret: OIDC_CLIENT_SECRET ?? '',
    });
  return found;
}

/** The package is large and slow to load, and most people have no region. */
async function loadHolidays(...asked: Parameters<PublicHolidays>): ReturnType<PublicHolidays> {
  const { publicHolidays } = await import('./adapters/holidays/public-holidays.ts');
  return publicHolidays(...asked);
}

/** Runs ask for the same regions and nearly the same days again and again: whole years are worked out, once. */
function remembered(ask: PublicHolidays): PublicHolidays {
  const known = new Map<string, ReturnType<PublicHolidays>>();
  return (region, window) => {
    const [first, last] = [fieldsOf(window.from).year, fieldsOf(window.to).year];
    const key = `${region} ${first} ${last}`;
    if (known.size > MOST_REGIONS) known.clear();
    const years = {
      from: dateOf({ year: first, month: 1, day: 1 })!,
      to: dateOf({ year: last, month: 12, day: 31 })!,
    };
    const days = known.get(key) ?? ask(region, years);
    known.set(key, days);
    return days;
  };
}

const MOST_REGIONS = 500;
