import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

const everyMs = 50;

/** Looks at a gateway, from the first look until `stop`. */
export interface Probe {
  /** How long each look took, in milliseconds, by path. */
  readonly latencyMs: Readonly<Record<string, readonly number[]>>;
  stop(): Promise<void>;
}

/** Asks the gateway for these paths, one after the other, again and again, as an orchestrator does. */
export function probe(url: string, paths: readonly string[]): Probe {
  const latencyMs = Object.fromEntries(paths.map((path) => [path, [] as number[]]));
  let going = true;
  const look = async () => {
    while (going) {
      for (const path of paths) {
        const startedAt = performance.now();
        const answer = await fetch(`${url}${path}`);
        await answer.text();
        if (!answer.ok) throw new Error(`${path} was answered with status ${answer.status}`);
        latencyMs[path]?.push(performance.now() - startedAt);
      }
      await delay(everyMs);
    }
  };
  const looking = look();
  // Whoever stops the probe is told.
  looking.catch(() => {});
  return {
    latencyMs,
    stop() {
      going = false;
      return looking;
    },
  };
}

/** The most memory that a process has held so far, in megabytes; Linux only. */
export function mostMemory(pid: number): number {
  const kibibytes = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return (Number(kibibytes) * 1024) / 1e6;
}
