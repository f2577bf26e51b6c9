// Writes the calendars of the examples anew: node test/support/write-examples.ts

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { exampleCalendars } from './example-calendars.ts';

for (const [file, text] of exampleCalendars()) {
  writeFileSync(join(import.meta.dirname, '../../examples', file), text);
}
