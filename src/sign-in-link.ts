// `sign-in-link`: whoever runs the service lets in somebody who has an account and gets no mail.

import { accessDatabaseOver } from './adapters/database/stores/access.ts';
import { linksFrom } from './adapters/secrets/links.ts';
import { secretKeyOf, secretsOf } from './build-world.ts';
import { InvalidInput } from './domain/errors.ts';
import { instantOf } from './domain/time/instant.ts';
import { signInLinkFor } from './flows/access/request-sign-in.ts';
import { openDatabase } from './open-database.ts';
import { readSettings } from './settings.ts';

/** The address of the link. Throws InvalidInput where nobody has an account by that address. */
export async function signInLink(email: string, say: (sentence: string) => void): Promise<string> {
  const settings = readSettings(process.env);
  const open = await openDatabase(settings, say, 'beside');
  try {
    const access = accessDatabaseOver(open.connection);
    if (!(await access.people.byEmail(email)))
      throw new InvalidInput(email, 'nobody has an account by this address');
    const clock = () => instantOf(Date.now());
    const publicUrl = settings.PUBLIC_URL ?? new URL(`http://localhost:${settings.PORT}`);
    const links = linksFrom({ secretKey: await secretKeyOf(settings), publicUrl, clock });
    const secrets = await secretsOf(settings);
    return await signInLinkFor({ email }, { access, clock, links, secrets });
  } finally {
    await open.close();
  }
}
