import { installPackages } from './install-packages.js';
import { isPresent } from './is-present.js';
import type { Judge } from './judge.js';
import { judges } from './judges.js';

/** How judges are called together. */
export interface Calling {
  /** Whether those that are missing are installed first, where that can be. */
  readonly install: boolean;
  readonly print: (line: string) => void;
}

/** The judges that are on this machine. Says in one line why each other one is left out. */
export async function presentJudges({ install, print }: Calling): Promise<Judge[]> {
  const before = await divided(judges);
  if (before.missing.length === 0 || !install) return leavingOut(before, print);
  const trouble = await installPackages([...new Set(before.missing.flatMap(({ packages }) => packages))]);
  return leavingOut(await divided(judges), print, trouble);
}

interface Divided {
  readonly present: Judge[];
  readonly missing: Judge[];
}

async function divided(all: readonly Judge[]): Promise<Divided> {
  const presence = await Promise.all(all.map(isPresent));
  return {
    present: all.filter((_, index) => presence[index]),
    missing: all.filter((_, index) => !presence[index]),
  };
}

function leavingOut({ present, missing }: Divided, print: Calling['print'], trouble?: string): Judge[] {
  for (const { name, packages } of missing) {
    print(`○ ${name} left out: needs Debian's ${packages.join(' and ')}${trouble ? ` (${trouble})` : ''}`);
  }
  return present;
}
