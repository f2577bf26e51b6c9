// The files that the tests of the command line plan.

/** Ana and Ben from 2090 on, so that no test grows old; `ana` and `ben` are further fields of the two. */
export function harbour({ checkIn = 'every: 1w', ana = '', ben = '' } = {}): string {
  return `partnership: Harbour
anchor: Europe/Berlin
checkIn: { duration: 30m, since: 2090-01-02, ${checkIn} }
partners:
  - name: Ana Duarte
    email: ana@example.com
    zone: America/Los_Angeles
${indented(ana)}  - name: Ben Okafor
    email: ben@example.com
    zone: Europe/Berlin
${indented(ben)}`;
}

function indented(fields: string): string {
  return fields === ''
    ? ''
    : `${fields
        .split('\n')
        .map((line) => `    ${line}`)
        .join('\n')}\n`;
}

/** Events by their lines; each gets a UID and DTSTAMP. */
export function calendar(...events: readonly string[]): string {
  const bodies = events.map(
    (lines, i) => `BEGIN:VEVENT\nUID:event-${i + 1}\nDTSTAMP:20260101T000000Z\n${lines}\nEND:VEVENT\n`,
  );
  return `BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//Test//Test//EN\n${bodies.join('')}END:VCALENDAR\n`.replaceAll(
    '\n',
    '\r\n',
  );
}
