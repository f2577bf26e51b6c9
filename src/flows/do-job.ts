// Does one job, whoever keeps the queue.

import { syncCalendar } from './calendars/sync-calendar.ts';
import { runPartnership } from './run/run-partnership.ts';
import { sendInvitation } from './run/send-invitation.ts';
import { sendNotice } from './run/send-notice.ts';
import type { Job } from './stores.ts';
import type { World } from './world.ts';

/** Throws where it is to be tried again later. */
export async function doJob(job: Job, world: World): Promise<void> {
  switch (job.kind) {
    case 'run':
      await runPartnership(job.partnership, world);
      return;
    case 'sync':
      await syncCalendar({ calendar: job.calendar }, world);
      return;
    case 'send':
      await sendInvitation({ uid: job.uid, to: job.to }, world);
      return;
    case 'notify':
      await sendNotice(job.notice, world);
  }
}
