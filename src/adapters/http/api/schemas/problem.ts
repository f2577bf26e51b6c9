// What a refusal looks like (RFC 9457).

import { z } from 'zod';

export const problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string().meta({ description: 'What is wrong, and what to do.' }),
    errors: z
      .array(z.object({ path: z.string(), message: z.string() }))
      .optional()
      .meta({ description: 'What is wrong with which field, as a path such as "partners[1].zone".' }),
    reference: z.string().optional().meta({ description: 'By it who runs the service finds it in the log.' }),
  })
  .meta({ id: 'Problem', description: 'Why a request was refused.' });
