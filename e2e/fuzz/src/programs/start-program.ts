import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** One of our programs as a process of its own. */
export interface RunningProgram extends AsyncDisposable {
  readonly name: string;
  readonly port: number;
  readonly processId: number;
  /** Whether it still runs. */
  isAlive(): boolean;
  /** The last lines that it wrote. */
  lastWords(): string;
}

export interface ProgramStart {
  readonly commandLine?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
}

const linesKept = 20;

/** Starts the program of a package, and waits until it says where it listens. */
export async function startProgram(
  name: string,
  packageEntry: string,
  { commandLine = [], environment = {} }: ProgramStart,
): Promise<RunningProgram> {
  const main = fileURLToPath(new URL('main.js', packageEntry));
  const child = spawn(process.execPath, [main, ...commandLine], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const words: string[] = [];
  const remember = (line: string) => {
    words.push(line);
    if (words.length > linesKept) words.shift();
  };
  const exited = once(child, 'exit');
  const listening = Promise.withResolvers<number>();
  createInterface(child.stderr).on('line', remember);
  createInterface(child.stdout).on('line', (line) => {
    remember(line);
    const port = /http:\/\/127\.0\.0\.1:(\d+)/.exec(line)?.[1];
    if (port) listening.resolve(Number(port));
  });
  exited.then(() =>
    listening.reject(new Error(`the ${name} ended before it listened:\n${words.join('\n')}`)),
  );
  const port = await listening.promise;
  const isAlive = () => child.exitCode === null && child.signalCode === null;
  return {
    name,
    port,
    processId: child.pid ?? 0,
    isAlive,
    lastWords: () => words.join('\n'),
    [Symbol.asyncDispose]: async () => {
      if (isAlive()) child.kill('SIGTERM');
      await exited;
    },
  };
}
