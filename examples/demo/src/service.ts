import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';

/** One of the two programs that the demo runs, as a process of its own. */
export interface Service {
  readonly url: string;
  /** Resolves when the process has ended, with how. */
  readonly ended: Promise<string>;
  stop(): Promise<void>;
}

export interface ServiceOptions {
  readonly name: string;
  /** Where the entry of its package is; the program is beside it. */
  readonly entry: string;
  readonly url: string;
  /** Path that answers 200 once the service can be used. */
  readonly readyPath: string;
  readonly programArguments?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  /** Where the program's log goes. */
  readonly log: number;
}

const startLimitMs = 20_000;

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(1000) })).ok;
  } catch {
    return false;
  }
}

async function untilReady(url: string, child: ChildProcess): Promise<void> {
  for (const deadline = Date.now() + startLimitMs; Date.now() < deadline; ) {
    if (child.exitCode !== null || child.signalCode !== null) throw new Error('it ended before it was ready');
    if (await answers(url)) return;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error(`it did not answer at ${url} within ${startLimitMs / 1000} s`);
}

async function howItEnded(child: ChildProcess): Promise<string> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  return child.signalCode ?? `exit status ${child.exitCode}`;
}

/** Starts a program and waits until it answers. Its errors are shown; its log goes to the file. */
export async function startService(options: ServiceOptions): Promise<Service> {
  const program = fileURLToPath(options.entry).replace(/index\.js$/, 'main.js');
  const child = spawn(process.execPath, [program, ...(options.programArguments ?? [])], {
    env: { ...process.env, ...options.environment },
    stdio: ['ignore', options.log, 'inherit'],
  });
  const ended = howItEnded(child);
  const stop = async () => {
    child.kill('SIGTERM');
    await ended;
  };
  try {
    await untilReady(`${options.url}${options.readyPath}`, child);
  } catch (error) {
    await stop();
    throw new Error(`${options.name} did not start: ${error instanceof Error ? error.message : error}`);
  }
  return { url: options.url, ended, stop };
}

/** Throws when something else listens on the port already; `variable` names the setting for another one. */
export async function requireFreePort(port: number, variable: string): Promise<void> {
  const probe = createServer();
  try {
    await once(probe.listen(port, '127.0.0.1'), 'listening');
  } catch {
    throw new Error(
      `port ${port} is taken; set ${variable} to a free one, for example ${variable}=${port + 100} npm start`,
    );
  }
  probe.close();
  await once(probe, 'close');
}
