// npm run bench: the figures of the planner and of the service beside their peers in the same run, written to RESULTS.md.
// npm run bench -- planner, npm run bench -- service: one of them. npm run bench -- planner 2 gives HiGHS 2 seconds an instance of
// the hard set instead of 20.

import { commonTimeOf12, freeBusyOf2000, median, planningAgain, wallToInstant } from './micro.ts';
import { plannerRows } from './planner-bench.ts';
import { type Row, write } from './results.ts';
import { planAtScale } from './scale.ts';
import { serviceRows } from './service/service-bench.ts';

const [part = 'all', seconds = '20'] = process.argv.slice(2);

const say = (text: string) => process.stderr.write(`${text}\n`);

const PARTS = { planner: benchPlanner, service: benchService };

if (part !== 'all' && !(part in PARTS)) {
  say(`there is no part ${part}: write planner or service, or nothing for both`);
  process.exitCode = 1;
} else for (const [name, bench] of Object.entries(PARTS)) if (part === 'all' || part === name) await bench();

async function benchPlanner(): Promise<void> {
  say('small figures');
  const small = microRows();
  say('the scale set');
  const scale = scaleRows();
  say('the planner beside HiGHS: some minutes');
  const planner = await plannerRows({ leximinSeconds: 60, worstSeconds: Number(seconds) });
  process.stdout.write(write({ title: 'The planner', rows: [...planner, ...scale, ...small] }));
}

async function benchService(): Promise<void> {
  process.stdout.write(write({ title: 'The service', rows: await serviceRows(say) }));
}

function scaleRows(): Row[] {
  const runs = Array.from({ length: 5 }, () => planAtScale(10_000, 1));
  const [{ seats, placed, periods }] = runs as [ReturnType<typeof planAtScale>];
  const planning = median(runs.map((run) => run.planning)) / 1_000;
  const whole = median(runs.map((run) => run.planning + run.painting)) / 1_000;
  const peak = process.resourceUsage().maxRSS / 1_024;
  return [
    {
      what: `10,000 partnerships × 12 weeks, ${seats.toLocaleString('en')} seats, calendars painted, one core`,
      measured: `${planning.toFixed(2)} s`,
      goal: '≤ 1.0 s',
      met: planning <= 1,
      note: `median of ${runs.length}, worst ${(Math.max(...runs.map((run) => run.planning)) / 1_000).toFixed(2)} s; ${placed} of ${periods} periods placed; peak memory ${peak.toFixed(0)} MB. What takes the time: some 75 candidates a period are weighed for every partner, filtered, and put in calm order; the search itself is a fifth`,
    },
    {
      what: 'the same from events',
      measured: `${whole.toFixed(2)} s`,
      goal: '≤ 3 s',
      met: whole <= 3,
      note: '180 events a partner',
    },
  ];
}

function microRows(): Row[] {
  const [busy, common, zone, again] = [freeBusyOf2000(), commonTimeOf12(), wallToInstant(), planningAgain()];
  return [
    {
      what: 'one event changes, one partnership of three is planned again over 12 weeks, p99',
      measured: `${again.p99.toFixed(2)} ms`,
      goal: '≤ 1 ms',
      met: again.p99 <= 1,
      note: `median ${again.median.toFixed(2)} ms. What takes longest: in some cases the bound alone cannot tell that no plan is ten points better, and one has to be made`,
    },
    {
      what: 'free/busy of 2,000 items over 26 weeks',
      measured: `${busy.median.toFixed(1)} µs`,
      goal: '≤ 50 µs',
      met: busy.median <= 50,
      note: `worst of 31 batches ${busy.worst.toFixed(1)} µs`,
    },
    {
      what: 'AND and erosion, 12 partners, 26 weeks',
      measured: `${common.median.toFixed(1)} µs`,
      goal: '≤ 5 µs',
      met: common.median <= 5,
      note: `worst of 31 batches ${common.worst.toFixed(1)} µs. One word at a time, without SIMD, is at its limit here`,
    },
    {
      what: 'local → UTC, a call',
      measured: `${zone.ours.median.toFixed(0)} ns`,
      goal: '≤ 100 ns, same answers',
      met: zone.ours.median <= 100,
      note: `worst of 31 batches ${zone.ours.worst.toFixed(0)} ns; luxon ${(zone.luxon / 1_000).toFixed(1)} µs in the same run, ${(zone.luxon / zone.ours.median).toFixed(0)}×`,
    },
  ];
}
