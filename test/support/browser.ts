// Chromium, as Debian brings it, for what only a browser can show.

import { type Browser, type CDPSession, chromium, type Page } from 'playwright-core';
import { available, type Peer } from './peers.ts';

const PATH = '/usr/bin/chromium';

export const CHROMIUM: Peer = {
  name: 'chromium',
  probe: [PATH, '--version'],
  install: 'apt-get install chromium',
};

export const hasBrowser = available(CHROMIUM);

/** `args` are added to those without which it does not run as root in a container. */
export function launchBrowser(args: readonly string[] = []): Promise<Browser> {
  return chromium.launch({
    executablePath: PATH,
    args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu', ...args],
  });
}

/** What the page complained about: refused scripts and styles, errors, failed requests. */
export function complaintsOf(page: Page): readonly string[] {
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  return complaints;
}

/** A device that verifies its owner and keeps passkeys (W3C Web Authentication 3, 11). */
export async function virtualAuthenticator(
  page: Page,
): Promise<{ readonly cdp: CDPSession; readonly authenticator: string }> {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('WebAuthn.enable');
  const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return { cdp, authenticator: authenticatorId };
}
