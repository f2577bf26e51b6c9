// Clears up after a run that may be killed at any moment: a process of its own, which waits for the end of the other end of a
// pipe and then ends what runs on data in the folder and removes the folder.

import { spawn } from 'node:child_process';
import { once } from 'node:events';

export type Watchdog = { end(): Promise<void> };

export function watchdog(folder: string): Watchdog {
  const dog = spawn('/bin/sh', ['-c', CLEAR_UP, 'watchdog', folder], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  return {
    async end() {
      dog.stdin.end();
      if (dog.exitCode === null) await once(dog, 'exit');
    },
  };
}

/** A PostgreSQL is known by the folder in its command line; disks are what tests mount under a name of `disk-…`. */
const CLEAR_UP = `
  cat >/dev/null
  soon() { tries=100; until "$@"; do [ $((tries -= 1)) -gt 0 ] || return; sleep 0.1; done; }
  gone() { ! kill -0 "$1"; }
  for file in $(find "$1" -name postmaster.pid); do
    pid=$(head -n 1 "$file")
    command=$(tr '\\0' ' ' <"/proc/$pid/cmdline" || ps -ww -o command= -p "$pid")
    case $command in *"-D $1/"*) kill -QUIT "$pid"; soon gone "$pid" ;; esac
  done
  for disk in "$1"/disk-*; do [ -d "$disk" ] && umount "$disk"; done
  soon rm -rf "$1"
`;
