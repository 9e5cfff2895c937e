import type { Benchmark } from '../benchmark.js';
import { runLoad } from '../load/run-load.js';
import { registrations, startSandbox, unreachableUrl } from '../programs.js';
import { formatNumber } from '../report.js';
import { asCandidate, availablePeers, gatewayOnSqlite, type Service } from '../services.js';

/** How much is drained. */
interface Amounts {
  /** Drained first, and not counted: the code of fresh processes is slow until it has run for a while. */
  readonly warmUp: number;
  readonly receipts: number;
}

const full = { amounts: { warmUp: 10_000, receipts: 20_000 }, rounds: 3 };
const quick = { amounts: { warmUp: 500, receipts: 500 }, rounds: 1 };

/** Measures how fast warm processes register what was accepted. */
export const deliver: Benchmark = {
  name: 'deliver',
  title: 'draining accepted receipts through an instant provider when warm, beside hand-made services',
  async measure({ quick: isQuick, onProgress }) {
    const { amounts, rounds } = isQuick ? quick : full;
    const peers = availablePeers(onProgress);
    const measured = [...peers, gatewayOnSqlite].map((service) => ({ service, samples: [] as number[] }));
    for (let round = 1; round <= rounds; round += 1) {
      for (const { service, samples } of measured) {
        const perSecond = await drain(service, amounts);
        onProgress(`round ${round}, ${service.name}, receipts/s: ${formatNumber(perSecond)}`);
        samples.push(perSecond);
      }
    }
    const { receipts, warmUp } = amounts;
    const to = peers.map(({ name }) => name);
    return [
      {
        what: `${formatNumber(receipts)} receipts after ${formatNumber(warmUp)} to warm up, instant provider`,
        unit: 'receipts/s',
        candidates: measured.map(({ service, samples }) => asCandidate(service, samples)),
        thresholds: [{ kind: 'at least', ratio: 3, of: gatewayOnSqlite.name, to }],
      },
    ];
  },
};

/** Accepts receipts, then delivers them. Returns the sandbox's registrations per second, once warm. */
async function drain(service: Service, { warmUp, receipts }: Amounts): Promise<number> {
  const all = warmUp + receipts;
  const store = await service.startStore();
  try {
    const api = await service.start({ role: 'api', storeUrl: store.url, providerUrl: unreachableUrl });
    await runLoad({ url: api.url, connections: 64, requests: all, firstPayment: 1 });
    await api.stop();

    const sandbox = await startSandbox(0);
    const worker = await service.start({ role: 'worker', storeUrl: store.url, providerUrl: sandbox.url });
    const times = [...(await registrations(sandbox.url, all)).values()].toSorted((a, b) => a - b);
    await worker.stop();
    await sandbox.stop();
    const [first = 0, last = 0] = [times.at(warmUp), times.at(-1)];
    return ((receipts - 1) * 1000) / (last - first);
  } finally {
    await store.stop();
  }
}
