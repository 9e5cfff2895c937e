import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { freePort } from '@fiscalkit/testing';

/** A Redis on the loopback interface. */
export interface RedisServer {
  readonly url: string;
  stop(): Promise<void>;
}

/** Starts a Redis that confirms writes once they are on disk and evicts nothing; its data end with it. */
export async function startRedis(): Promise<RedisServer> {
  const folder = mkdtempSync(join(tmpdir(), 'fiscalkit-redis-'));
  const port = await freePort();
  const settings = {
    bind: '127.0.0.1',
    port,
    dir: folder,
    save: '',
    appendonly: 'yes',
    appendfsync: 'always',
    // Rewriting the file takes a processor for a while, and would do so in some candidate's round.
    'auto-aof-rewrite-percentage': 0,
    'maxmemory-policy': 'noeviction',
  };
  const commandLine = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)]);
  const child = spawn('redis-server', commandLine, { stdio: ['ignore', 'pipe', 'inherit'] });
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  child.once('exit', () => process.off('exit', kill));
  await untilReady(child);
  return {
    url: `redis://127.0.0.1:${port}`,
    async stop() {
      const ended = once(child, 'exit');
      if (child.kill('SIGTERM')) await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Whether this machine has a `redis-server`. */
export function redisIsInstalled(): boolean {
  return spawnSync('redis-server', ['--version'], { stdio: 'ignore' }).status === 0;
}

async function untilReady({ stdout }: Pick<ChildProcess, 'stdout'>): Promise<void> {
  if (stdout) {
    for await (const line of createInterface(stdout)) {
      if (line.includes('Ready to accept connections')) {
        stdout.resume();
        return;
      }
    }
  }
  throw new Error('Redis ended before it was ready');
}
