// How long something takes on a machine that others keep busy as well.

/** Milliseconds that this process has computed. */
export function cpuTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}
