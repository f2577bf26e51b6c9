// The command line. What a command needs is loaded when it is known which one, so that the first word comes at once.

const { readArguments } = await import('./adapters/terminal/arguments.ts');

for (const stream of [process.stdout, process.stderr]) stream.on('error', endQuietly);

const asked = readArguments(process.argv.slice(2));
process.exitCode = await answer();

async function answer(): Promise<number> {
  if (asked.kind === 'help') {
    const { helpPage } = await import('./adapters/terminal/help.ts');
    process.stdout.write(helpPage(asked.command));
    return 0;
  }
  if (asked.kind === 'version') {
    const { readFileSync } = await import('node:fs');
    const manifest = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
    process.stdout.write(`turnabout ${manifest.version}\n`);
    return 0;
  }
  if (asked.kind === 'wrong') {
    const page = asked.command === undefined ? '--help' : `${asked.command} --help`;
    process.stderr.write(`wrong: ${asked.problem}\n\nExamples are in: npm run -s turnabout -- ${page}\n`);
    return 1;
  }
  const { run } = asked;
  switch (run.command) {
    case 'plan':
    case 'check':
    case 'busy': {
      // The address of a calendar is a secret.
      process.stderr.write(`Reading ${run.command === 'busy' ? 'the calendar' : run.file}\n`);
      const { runCommand } = await import('./wiring.ts');
      return runCommand(run);
    }
    case 'serve': {
      const { serve } = await import('./main.ts');
      return serve();
    }
    default: {
      const { runCommandAround } = await import('./commands.ts');
      return runCommandAround(run);
    }
  }
}

/** Who reads our output may have seen enough (`| head`): that is no error. */
function endQuietly(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
  process.exit(process.exitCode ?? 0);
}
