// The commands around the service, each with its exit code.

import type { BackupArguments, LinkArguments, ServeArguments } from './adapters/terminal/arguments.ts';
import { screenOn } from './adapters/terminal/screen.ts';
import { DatabaseUnavailable, InvalidInput } from './domain/errors.ts';
import { type Line, lines, span } from './views/styled-text.ts';

export async function runCommandAround(
  typed: ServeArguments | BackupArguments | LinkArguments,
): Promise<number> {
  const screen = screenOn(process);
  try {
    switch (typed.command) {
      case 'doctor':
        return await runDoctor(screen);
      case 'backup': {
        const { backup } = await import('./backup-commands.ts');
        await backup(typed, screen.say);
        return 0;
      }
      case 'restore': {
        const { restore } = await import('./backup-commands.ts');
        await restore(typed, screen.say);
        return 0;
      }
      case 'sign-in-link': {
        const { signInLink } = await import('./sign-in-link.ts');
        process.stdout.write(`${await signInLink(typed.email, screen.say)}\n`);
        return 0;
      }
      case 'demo': {
        const { demonstrate } = await import('./demo.ts');
        return await demonstrate(screen.say);
      }
      default: {
        const { serve } = await import('./main.ts');
        return await serve();
      }
    }
  } catch (error) {
    if (!(error instanceof InvalidInput || error instanceof DatabaseUnavailable)) throw error;
    for (const line of error.message.split('\n')) screen.say(`wrong: ${error.where}: ${line}`);
    return 1;
  }
}

async function runDoctor(screen: ReturnType<typeof screenOn>): Promise<number> {
  const { examine } = await import('./doctor.ts');
  const findings = await examine(process.env);
  const marks = { well: span('well ', 'good'), note: span('note ', 'strong'), wrong: span('wrong', 'bad') };
  screen.show([
    lines(...findings.map(({ what, state, text }): Line => [marks[state], span(`  ${what}: ${text}`)])),
  ]);
  return findings.some(({ state }) => state === 'wrong') ? 2 : 0;
}
