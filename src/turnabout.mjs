// What npm starts: plain JavaScript, so that a Node too old to read TypeScript can still say what is wrong, and so that what was
// compiled before is found before anything is read.

const OLDEST = 24;

if (Number(process.versions.node.split('.')[0]) < OLDEST) {
  process.stderr.write(
    `Turnabout needs Node ${OLDEST} and this is ${process.versions.node}: run "npm ci" first (without --ignore-scripts), which brings it along.\n`,
  );
  process.exitCode = 1;
} else {
  const { enableCompileCache } = await import('node:module');
  enableCompileCache();
  await import('./cli.ts');
}
