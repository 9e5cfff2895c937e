import { withServer } from '../postgres/with-server.js';
import { formatNumber } from '../report/format-number.js';
import type { Row } from '../row.js';
import { runWorkers } from './run-workers.js';
import { prepareWaitingLedgers } from './waiting-ledgers.js';

const full = { receipts: 2_000, rounds: 3 };
const quick = { receipts: 200, rounds: 1 };

const latencyMs = 50;
/** Few enough that the calls, not the processors, are the limit of every worker. */
const concurrency = 4;
const bar = { kind: 'at least', ratio: 3.2, of: '4 workers', to: ['1 worker'] } as const;

/** What more workers on one PostgreSQL bring. */
export const scaleOut: Row = {
  name: 'scale-out',
  title: `1, 2 and 4 workers on one PostgreSQL, provider's latency ${latencyMs} ms`,
  measure: (circumstances) =>
    withServer(async (connectionString) => {
      const { receipts, rounds } = circumstances.quick ? quick : full;
      circumstances.tell(`accepting ${formatNumber(receipts)} receipts`);
      const makeLedger = await prepareWaitingLedgers(connectionString, receipts);

      const measured = [1, 2, 4].map((workers) => ({ workers, samples: [] as number[] }));
      for (let round = 1; round <= rounds; round += 1) {
        for (const { workers, samples } of measured) {
          const ledgerUrl = await makeLedger(`round_${round}_workers_${workers}`);
          const perSecond = await runWorkers({ ledgerUrl, workers, concurrency, latencyMs });
          circumstances.tell(`round ${round}, workers: ${workers}, receipts/s: ${formatNumber(perSecond)}`);
          samples.push(perSecond);
        }
      }
      const contestants = measured.map(({ workers, samples }) => ({
        name: `${workers} worker${workers === 1 ? '' : 's'}`,
        samples,
      }));
      return [
        { what: `PostgreSQL, provider at ${latencyMs} ms`, unit: 'receipts/s', contestants, bars: [bar] },
      ];
    }),
};
