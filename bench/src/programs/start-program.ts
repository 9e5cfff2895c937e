import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** One of our programs, running as a process of its own. */
export interface Program {
  readonly url: string;
  /** Asks it to end, and waits until it has. */
  stop(): Promise<void>;
}

export interface ProgramOptions {
  readonly commandLine?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
}

/** Starts the program of the package whose entry this is; resolves when it says where it listens. */
export async function startProgram(
  packageEntry: string,
  { commandLine = [], environment = {} }: ProgramOptions,
): Promise<Program> {
  const main = fileURLToPath(new URL('main.js', packageEntry));
  const child = spawn(process.execPath, [main, ...commandLine], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  child.once('exit', () => process.off('exit', kill));
  return {
    url: await untilListening(main, child),
    async stop() {
      const ended = once(child, 'exit');
      if (child.kill('SIGTERM')) await ended;
    },
  };
}

/** Reads what the program prints until a line names where it listens. */
async function untilListening(program: string, { stdout }: Pick<ChildProcess, 'stdout'>): Promise<string> {
  if (stdout) {
    for await (const line of createInterface(stdout)) {
      const url = /http:\/\/127\.0\.0\.1:\d+/.exec(line)?.[0];
      if (url) {
        stdout.resume();
        return url;
      }
    }
  }
  throw new Error(`${program} ended before it listened`);
}
