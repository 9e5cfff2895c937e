import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { ContestantName } from './contestants.js';
import type { Turn } from './turn.js';

/** A contestant in a process of its own. */
export interface StartedContestant {
  readonly name: ContestantName;
  takeTurn(calls: number): Promise<Turn>;
  stop(): void;
}

/** Starts a contestant that calls the API at an address. */
export function startContestant(name: ContestantName, baseUrl: string): StartedContestant {
  const child = fork(fileURLToPath(new URL('main.js', import.meta.url)), [name, baseUrl]);
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  const ended = once(child, 'exit').then((): never => {
    throw new Error(`the process of ${name} ended early`);
  });
  ended.catch(() => process.off('exit', kill));
  return {
    name,
    takeTurn: async (calls) => {
      const answer = once(child, 'message');
      child.send(calls);
      const [turn] = await Promise.race([answer, ended]);
      return turn;
    },
    stop: kill,
  };
}
