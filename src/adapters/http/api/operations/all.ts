// Every operation of the API.

import type { Operation } from '../operation.ts';
import { accessOperations } from './access.ts';
import { agreementOperations } from './agreement.ts';
import { bookOperations, runOperations } from './book.ts';
import { calendarOperations, feedOperations } from './calendars.ts';
import { meOperations } from './me.ts';
import { occurrenceOperations } from './occurrences.ts';
import { partnershipOperations } from './partnerships.ts';
import { questionOperations } from './questions.ts';

export const OPERATIONS: readonly Operation[] = [
  ...partnershipOperations,
  ...agreementOperations,
  ...occurrenceOperations,
  ...questionOperations,
  ...bookOperations,
  ...runOperations,
  ...meOperations,
  ...calendarOperations,
  ...feedOperations,
  ...accessOperations,
];
