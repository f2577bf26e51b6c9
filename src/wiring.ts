// The composition root: builds the adapters and hands them to the flows. Each is loaded when it is first needed.

import type { BusyArguments, CheckArguments, PlanArguments } from './adapters/terminal/arguments.ts';
import { planningLine, progressBar } from './adapters/terminal/progress.ts';
import { type Screen, screenOn } from './adapters/terminal/screen.ts';
import { CalendarUnreadable, InvalidInput } from './domain/errors.ts';
import { instantOf } from './domain/time/instant.ts';
import { calendarName } from './flows/gather-availability.ts';
import type { Ports, PublishedQuery } from './flows/ports.ts';

/** Runs what was asked for and gives the exit code. */
export async function runCommand(typed: PlanArguments | CheckArguments | BusyArguments): Promise<number> {
  const screen = screenOn(process);
  try {
    return await dispatch(typed, screen);
  } catch (error) {
    if (!(error instanceof InvalidInput || error instanceof CalendarUnreadable)) throw error;
    const where = error instanceof InvalidInput ? error.where : error.calendar;
    screen.say(`wrong: ${where}: ${error.message}`);
    return 1;
  }
}

async function dispatch(
  typed: PlanArguments | CheckArguments | BusyArguments,
  screen: Screen,
): Promise<number> {
  const ports = portsOf();
  if (typed.command === 'plan') {
    const { runPlan } = await import('./adapters/terminal/plan-command.ts');
    return runPlan(typed, ports, screen);
  }
  if (typed.command === 'check') {
    const { runCheck } = await import('./adapters/terminal/check-command.ts');
    return runCheck(typed, ports, screen);
  }
  const { runBusy } = await import('./adapters/terminal/busy-command.ts');
  return runBusy(typed, ports, screen);
}

function portsOf(): Ports {
  return {
    clock: () => instantOf(Date.now()),
    readPartnership: async (path) => {
      const { readPartnershipFile } = await import('./adapters/file/partnership.ts');
      return readPartnershipFile(path);
    },
    readCalendar: async (source, { folder, ...query }) => {
      const { loadCalendar } = await import('./adapters/calendars/ics/fetch.ts');
      const { readCalendar } = await import('./adapters/calendars/ics/events.ts');
      return readCalendar(await loadCalendar(source, { folder }), {
        ...query,
        calendar: calendarName(source),
      });
    },
    publicHolidays: async (region, window) => {
      const { publicHolidays } = await import('./adapters/holidays/public-holidays.ts');
      return publicHolidays(region, window);
    },
    published: { read: readPublishedFile, write: writePublishedFile },
    progress: progressBar(process.stderr, () => performance.now(), 'calendars'),
    planning: planningLine(process.stderr),
    planned: progressBar(process.stderr, () => performance.now(), 'periods'),
  };
}

/** Without a file nothing was published yet. */
async function readPublishedFile({ path, isOurs }: PublishedQuery) {
  const { existingText } = await import('./adapters/file/replace.ts');
  const text = await existingText(path);
  if (text === undefined) return [];
  const { readPublished } = await import('./adapters/calendars/ics/published.ts');
  return readPublished(text, { where: path, isOurs });
}

async function writePublishedFile(path: string, text: string): Promise<void> {
  const { replaceFile } = await import('./adapters/file/replace.ts');
  await replaceFile(path, text);
}
