import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { until } from '@fiscalkit/testing';
import type { Benchmark, BenchmarkOptions, Comparison, Threshold } from '../benchmark.js';
import { runLoad } from '../load/run-load.js';
import { startGateway, startSandbox, untilDelivered } from '../programs.js';
import { formatNumber } from '../report.js';

const connections = 64;
const restMs = 1_000;
const megabyte = 1_000_000;

/**
 * Receipts of each stage: an hour at 28 receipts a second. They are sent in portions, as fast as they are
 * accepted, each when the one before it is delivered.
 */
const full = { stage: 100_000, portion: 10_000 };
const quick = { stage: 1_000, portion: 500 };

/**
 * Allowed growth after any number of receipts since the start, in megabytes. Unreachable memory is collected
 * when the runtime likes, and makes up most of what the system sees: resident memory has a wide limit, and
 * what is in use the narrow one.
 */
const growthLimits = { resident: 512, inUse: 16 };

/** Measures what a gateway holds of the receipts that it has finished: nothing. */
export const memory: Benchmark = {
  name: 'memory',
  title:
    'memory of a gateway after its start, after 100,000 receipts delivered, and after an hour more, compressed',
  async measure(options) {
    const folder = mkdtempSync(join(tmpdir(), 'fiscalkit-memory-'));
    try {
      return compare(await stages(folder, options));
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
};

interface Stage {
  readonly name: string;
  readonly inUse: MemoryInUse;
}

/** Lets one gateway deliver more and more receipts, and reads its memory when nothing is in flight. */
async function stages(folder: string, { quick: isQuick, onProgress }: BenchmarkOptions): Promise<Stage[]> {
  const { stage, portion } = isQuick ? quick : full;
  const probe = new MemoryProbe(folder);
  const sandbox = await startSandbox(0);
  const ledgerUrl = `sqlite:${join(folder, 'ledger.sqlite')}`;
  const { environment } = probe;
  const gateway = await startGateway({ role: 'all', ledgerUrl, providerUrl: sandbox.url, environment });
  const found: Stage[] = [];
  let delivered = 0;
  for (const end of [0, stage, 2 * stage]) {
    for (; delivered < end; delivered += portion) {
      await runLoad({
        url: gateway.url,
        connections,
        requests: portion,
        firstPayment: 1_000_000 + delivered,
      });
      await untilDelivered(gateway.url);
    }
    await delay(restMs);
    const inUse = await probe.read(gateway.pid);
    found.push({ name: end === 0 ? 'after the start' : `after ${formatNumber(end)} receipts`, inUse });
    onProgress(
      `${formatNumber(delivered)} receipts delivered, ${formatNumber(inUse.resident / megabyte)} MB`,
    );
  }
  await gateway.stop();
  await sandbox.stop();
  return found;
}

function compare(found: readonly Stage[]): Comparison[] {
  const comparison = (what: string, sizeOf: (inUse: MemoryInUse) => number, limitMegabytes: number) => {
    const candidates = found.map(({ name, inUse }) => ({ name, samples: [sizeOf(inUse) / megabyte] }));
    return { what, unit: 'MB', candidates, thresholds: thresholdsFor(candidates, limitMegabytes) };
  };
  return [
    comparison('resident memory of the gateway', ({ resident }) => resident, growthLimits.resident),
    comparison('JavaScript objects in use', ({ heap }) => heap, growthLimits.inUse),
    comparison('buffers in use', ({ external }) => external, growthLimits.inUse),
  ];
}

/** No later stage may hold more than the first and the limit, nor the last much more than the second. */
function thresholdsFor(
  [start, middle, last]: readonly { readonly name: string; readonly samples: readonly number[] }[],
  limitMegabytes: number,
): Threshold[] {
  if (!start || !middle || !last) return [];
  const value = (start.samples[0] ?? 0) + limitMegabytes;
  return [
    { kind: 'at most', value, of: middle.name },
    { kind: 'at most', value, of: last.name },
    { kind: 'at most', ratio: 1.1, of: last.name, to: [middle.name] },
  ];
}

/** Memory of a process, in bytes. */
interface MemoryInUse {
  /** As the system sees it, before anything is collected. */
  readonly resident: number;
  /** Of JavaScript objects, after a collection. */
  readonly heap: number;
  /** Of buffers and of what the runtime itself holds for them, likewise. */
  readonly external: number;
}

/** Reads the memory of another process, which writes it to a file on a signal. */
class MemoryProbe {
  readonly #answerFile: string;

  constructor(folder: string) {
    this.#answerFile = join(folder, 'memory.json');
  }

  /** Variables with which that process must be started. */
  get environment(): Readonly<Record<string, string>> {
    const program = `
      import { renameSync, writeFileSync } from 'node:fs';
      process.on('SIGUSR2', () => {
        const { rss } = process.memoryUsage();
        gc();
        // The memory of buffers is given back one tick of the event loop after they became unreachable.
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

  async read(pid: number): Promise<MemoryInUse> {
    rmSync(this.#answerFile, { force: true });
    process.kill(pid, 'SIGUSR2');
    const read = () => (existsSync(this.#answerFile) ? readFileSync(this.#answerFile, 'utf8') : null);
    const limits = { intervalMs: 20, limitMs: 30_000 };
    return JSON.parse(await until('the process has written its memory', read, limits));
  }
}
