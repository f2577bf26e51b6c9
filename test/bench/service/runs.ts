// How many partnerships one process runs in a minute, from the first plan to the last invitation at a mail server.

import { setTimeout as pause } from 'node:timers/promises';
import { smtpSink } from '../../support/smtp-sink.ts';
import type { Row } from '../results.ts';
import { agreed, withDatabase } from './database.ts';
import { inFolder, served } from './served.ts';

const PARTNERSHIPS = 200;

/** Weeks that are invited to, times two people. */
const MAILS = PARTNERSHIPS * 4 * 2;

export async function runRows(): Promise<Row[]> {
  const seconds = await inFolder((folder) =>
    withDatabase(folder, async ({ world, environment }) => {
      for (let k = 0; k < PARTNERSHIPS; k++) await agreed(world, k);
      await world.connection.pool.query('DELETE FROM notice');
      const sink = await smtpSink();
      const begun = performance.now();
      const service = await served({
        ...environment,
        SMTP_URL: sink.url,
        MAIL_FROM: 'turnabout@example.com',
      });
      while (sink.received().length < MAILS) await pause(50);
      const time = (performance.now() - begun) / 1_000;
      await service.stop();
      await sink.stop();
      return time;
    }),
  );
  const rate = (PARTNERSHIPS / seconds) * 60;
  return [
    {
      what: 'partnerships run in a minute, one process, mail to a server on this machine',
      measured: `${Math.round(rate).toLocaleString('en')}`,
      goal: '–',
      met: undefined,
      note: `${PARTNERSHIPS} of two partners and 52 weeks, planned and kept, and ${MAILS.toLocaleString('en')} invitations mailed, in ${seconds.toFixed(0)} s from the start of the process; the mail server shares the two cores`,
    },
  ];
}
