import type { Benchmark, Comparison, Threshold } from '../../benchmark.js';
import { withServer } from '../../postgres.js';
import { formatNumber } from '../../report.js';
import { WaitingLedgers } from './waiting-ledgers.js';
import { runWorkers, type WorkersRun } from './workers.js';

/** How busy workers are kept. */
interface Load {
  /** Concurrent calls of each worker. */
  readonly concurrency: number;
  readonly receiptsPerWorker: number;
  readonly rounds: number;
}

const latencyMs = 100;
const workerNumbers = [1, 2, 4] as const;

/** So few calls that they, not the processors, are the limit of every worker; each works ten seconds. */
const light: Load = { concurrency: 4, receiptsPerWorker: 400, rounds: 3 };
/** As many calls as a worker makes by default: the processors are the limit. */
const full: Load = { concurrency: 32, receiptsPerWorker: 2_500, rounds: 2 };

const linear: readonly Threshold[] = [
  { kind: 'at least', ratio: 1.8, of: '2 workers', to: ['1 worker'] },
  { kind: 'at least', ratio: 3.6, of: '4 workers', to: ['1 worker'] },
];

/** Measures the gain of more workers on one PostgreSQL, and where it stops. */
export const scaleOut: Benchmark = {
  name: 'scale-out',
  title: `1, 2 and 4 workers on one PostgreSQL, provider's latency ${latencyMs} ms`,
  measure: ({ quick, onProgress }) =>
    withServer(async (connectionString) => {
      const ledgers = new WaitingLedgers(connectionString);
      const measure = async (load: Load) => {
        const requested = quick ? { ...load, receiptsPerWorker: load.concurrency * 10, rounds: 1 } : load;
        return measureWorkers(ledgers, requested, onProgress);
      };
      const lightRuns = await measure(light);
      const fullRuns = await measure(full);
      return [
        compare(`${light.concurrency} calls at a time`, 'receipts/s', lightRuns, speed, linear),
        compare(`${full.concurrency} calls at a time`, 'receipts/s', fullRuns, speed),
        compare(
          `${full.concurrency} calls at a time, processors at work`,
          '',
          fullRuns,
          ({ processors }) => processors,
        ),
        compareUse(fullRuns),
      ];
    }),
};

interface MeasuredWorkers {
  readonly name: string;
  readonly runs: readonly WorkersRun[];
}

async function measureWorkers(
  ledgers: WaitingLedgers,
  { concurrency, receiptsPerWorker, rounds }: Load,
  onProgress: (what: string) => void,
): Promise<readonly MeasuredWorkers[]> {
  const measured = workerNumbers.map((workers) => ({
    workers,
    name: `${workers} worker${workers === 1 ? '' : 's'}`,
    runs: [] as WorkersRun[],
  }));
  for (let round = 1; round <= rounds; round += 1) {
    for (const { workers, name, runs } of measured) {
      const ledgerUrl = await ledgers.make(workers * receiptsPerWorker);
      const run = await runWorkers({ ledgerUrl, workers, concurrency, latencyMs });
      const speed = formatNumber(run.receiptsPerSecond);
      onProgress(`round ${round}, ${name} of ${concurrency} calls at a time, receipts/s: ${speed}`);
      runs.push(run);
    }
  }
  return measured;
}

const speed = ({ receiptsPerSecond }: WorkersRun) => receiptsPerSecond;

function compare(
  what: string,
  unit: string,
  measured: readonly MeasuredWorkers[],
  figure: (run: WorkersRun) => number,
  thresholds: readonly Threshold[] = [],
): Comparison {
  const candidates = measured.map(({ name, runs }) => ({ name, samples: runs.map(figure) }));
  return { what: `PostgreSQL, ${what}`, unit, candidates, thresholds };
}

/** Compares the processor time of the programs, where the processors are the limit. */
function compareUse(measured: readonly MeasuredWorkers[]): Comparison {
  const uses = (measured.at(-1)?.runs ?? []).map(({ use }) => use);
  return {
    what: 'PostgreSQL, processor time per delivered receipt',
    unit: 'µs',
    candidates: [
      { name: 'workers', samples: uses.map(({ workers }) => workers) },
      { name: 'PostgreSQL', samples: uses.map(({ postgres }) => postgres) },
      { name: 'sandbox', samples: uses.map(({ sandbox }) => sandbox) },
    ],
    thresholds: [],
  };
}
