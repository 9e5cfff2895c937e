import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

const lookEveryMs = 20;
const patienceMs = 30_000;

/** What a process holds, in bytes. */
export interface MemoryInUse {
  /** As the system sees it, before anything is collected. */
  readonly resident: number;
  /** Of JavaScript objects, after all that nobody reaches any more was collected. */
  readonly heap: number;
  /** Of buffers and of what the runtime itself holds for them, likewise. */
  readonly external: number;
}

/** Asks a process what memory it holds: a signal, on which it writes a file. */
export class MemoryProbe {
  readonly #answerFile: string;

  constructor(folder: string) {
    this.#answerFile = join(folder, 'memory.json');
  }

  /** Of the process, for it to understand the question. */
  get environment(): Readonly<Record<string, string>> {
    const program = `
      import { renameSync, writeFileSync } from 'node:fs';
      process.on('SIGUSR2', () => {
        const { rss } = process.memoryUsage();
        gc();
        // What buffers stand on is given back a turn after nobody reaches them.
        setImmediate(() => {
          gc();
          const { heapUsed, external } = process.memoryUsage();
          const file = ${JSON.stringify(this.#answerFile)};
          writeFileSync(file + '.new', JSON.stringify({ resident: rss, heap: heapUsed, external }));
          renameSync(file + '.new', file);
        });
      });`;
    return { NODE_OPTIONS: `--expose-gc --import=data:text/javascript,${encodeURIComponent(program)}` };
  }

  async ask(pid: number): Promise<MemoryInUse> {
    rmSync(this.#answerFile, { force: true });
    process.kill(pid, 'SIGUSR2');
    for (let waitedMs = 0; waitedMs < patienceMs; waitedMs += lookEveryMs) {
      if (existsSync(this.#answerFile)) return JSON.parse(readFileSync(this.#answerFile, 'utf8'));
      await delay(lookEveryMs);
    }
    throw new Error('the process did not say what memory it holds');
  }
}
