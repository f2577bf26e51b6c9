// The pages of --help: examples first.

import type { CommandName } from './arguments.ts';

const RUN = 'npm run -s turnabout --';

const TOP = `Turnabout plans check-ins over time zones so that the odd hours are shared fairly.

Examples
  ${RUN} plan examples/harbour.yaml
  ${RUN} plan harbour.yaml --weeks 26 --ics harbour.ics
  ${RUN} check harbour.yaml
  ${RUN} busy ana.ics --zone America/Los_Angeles --from 2027-01-04 --to 2027-01-11

Commands
  plan FILE        whose turn it is in the coming weeks, and why
  check FILE       is the file right, are the calendars readable, is there a common hour
  busy CALENDAR    what a calendar says about when its owner is busy, and why
  serve            the service: agreements, invitations, feeds (npm start)
  demo             the service with an example that is under way (npm run demo)
  doctor           what is wrong with a set-up, and what to do
  backup FILE      everything that the service keeps, in one file
  restore FILE     puts it back
  sign-in-link EMAIL  a link for somebody who has an account and gets no mail

Options
  --help           this page, or that of a command: ${RUN} plan --help
  --version        the version

Exit: 0 when all is well, 1 for wrong input, 2 when something could not be placed or read.
`;

const PLAN = `Plans the check-ins of the partnership in FILE (YAML or JSON).

Examples
  ${RUN} plan harbour.yaml
  ${RUN} plan harbour.yaml --from 2027-01-04 --weeks 26
  ${RUN} plan harbour.yaml --ics harbour.ics
  ${RUN} plan harbour.yaml --json | jq '.occurrences[].start'
  ${RUN} plan harbour.yaml --explain 2027-W05

Options
  --from YYYY-MM-DD  the first day: a Monday, or the 1st of a month (default: the next one)
  --weeks N          periods that begin within so many weeks, 1 to 104 (default: 12)
  --json             one JSON object instead of a table
  --ics PATH         write the plan to a calendar file; one that is there is brought up to date
  --explain PERIOD   everything behind one period, 2027-W05 or 2027-02
  --without EMAIL    leave a partner out, for one whose calendar cannot be read; may be repeated

Exit: 0 when every period has a time, 2 when one has not, 1 for wrong input.
`;

const CHECK = `Checks the partnership in FILE: its fields, its calendars, and whether there is a common hour in the next 12 weeks.

Example
  ${RUN} check harbour.yaml

Exit: 0 when all is well, 1 for a wrong file or calendar, 2 when there is no common hour.
`;

const BUSY = `Lists every occurrence of CALENDAR (a file, or an https or webcal address) that starts between two times, whether it
keeps its owner busy, and where it does not, the rule that says so.

Examples
  ${RUN} busy ana.ics --from 2027-01-04 --to 2027-01-11
  ${RUN} busy ana.ics --zone America/Los_Angeles --as ana@example.com --from 2027-01-04 --to 2027-01-05
  ${RUN} busy ana.ics --from 2027-01-04T09:00:00Z --to 2027-01-04T17:00:00Z --json

Options
  --from T           from this date or time on: 2027-01-04 or 2027-01-04T09:00:00-08:00
  --to T             up to but without this date or time
  --zone ZONE        in which dates, all-day and floating times are read (default: UTC)
  --as EMAIL         the owner's address, by which their own answers to invitations are known
  --json             one JSON object instead of a table

Exit: 0 when all could be read, 2 when a time could not (the calendar is unknown), 1 for wrong input.
`;

const SERVE = `Runs the service until it is stopped. Without any setting it keeps its data in ./data, in a PostgreSQL of its own.

Examples
  npm start
  PORT=8080 PUBLIC_URL=https://turnabout.example.com npm start

Settings are read from the environment and from .env; .env.example explains each of them.

Exit: 0 when it was stopped, 1 for a wrong setting or a database that cannot be used.
`;

const DEMO = `Runs the service with an example partnership that is under way, prints a link to sign in, and forgets all of it when it is
stopped. Nothing is sent anywhere.

Example
  npm run demo
`;

const DOCTOR = `Says what is wrong with a set-up and what to do: settings, database, migrations, key, mail, public address, clock, calendars,
jobs that failed. May be run beside the service.

Example
  ${RUN} doctor

Exit: 0 when all is well, 2 when something is not.
`;

const BACKUP = `Writes everything that the service keeps into one file; the service may be running. With a passphrase the file is encrypted (age,
https://age-encryption.org) and holds the key of the service; without one it is readable, and holds no key.

Examples
  ${RUN} backup turnabout.backup
  ${RUN} backup turnabout.backup --passphrase-file passphrase.txt

Options
  --passphrase-file FILE  the passphrase is the first line of this file

Exit: 0 when it was written, 1 when it was not.
`;

const RESTORE = `Puts back what a backup holds, all of it or nothing. Stop the service first. Every SEQUENCE is raised by 100, so that no
calendar ignores the next message. Without the key in it, calendars have to be connected anew.

Examples
  ${RUN} restore turnabout.backup
  ${RUN} restore turnabout.backup --passphrase-file passphrase.txt --replace

Options
  --passphrase-file FILE  the passphrase is the first line of this file
  --replace               what is there now goes

Exit: 0 when it was restored, 1 when it was not.
`;

const SIGN_IN_LINK = `Prints a link by which somebody who has an account signs in, once, within 15 minutes: for where no mail goes out, or none reaches
them. The service may be running. Give it to nobody else.

Example
  ${RUN} sign-in-link ana@example.com

It reads the settings of the service: DATA_DIR or DATABASE_URL, and PUBLIC_URL or PORT for the address in the link.

Exit: 0 when the link was printed, 1 when nobody has an account by that address.
`;

const PAGES: Readonly<Record<CommandName, string>> = {
  plan: PLAN,
  check: CHECK,
  busy: BUSY,
  serve: SERVE,
  demo: DEMO,
  doctor: DOCTOR,
  backup: BACKUP,
  restore: RESTORE,
  'sign-in-link': SIGN_IN_LINK,
};

export function helpPage(command?: CommandName): string {
  return command === undefined ? TOP : PAGES[command];
}
