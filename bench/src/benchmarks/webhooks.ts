import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Program, until } from '@fiscalkit/testing';
import type { Benchmark } from '../benchmark.js';
import { runLoad } from '../load/run-load.js';
import { processorTime } from '../process-usage.js';
import { startGateway, startSandbox, untilDelivered } from '../programs.js';
import { formatNumber } from '../report.js';
import { gatewayOnPostgres, gatewayOnSqlite, type Service } from '../services.js';

const full = { receipts: 5_000, warmUp: 2_000, rounds: 3 };
const quick = { receipts: 200, warmUp: 100, rounds: 1 };

/** How events leave the gateway: not at all, into the feed, or to an endpoint as well. */
const ways = ['feed off', 'feed on', 'feed and one endpoint'] as const;
type Way = (typeof ways)[number];

/** Events of a receipt: accepted and registered. */
const eventsEach = 2;
const administrator = { Authorization: 'Bearer demo-admin-key', 'Content-Type': 'application/json' };

/** Measures what events cost, and how fast they are delivered. */
export const webhooks: Benchmark = {
  name: 'webhooks',
  title: 'deliveries of webhooks a second, their processor time, and what events cost a receipt',
  async measure({ quick: isQuick, onProgress }) {
    const { receipts, warmUp, rounds } = isQuick ? quick : full;
    const services = [gatewayOnSqlite, gatewayOnPostgres];
    const figures = new Map<string, Figures[]>();
    for (let round = 1; round <= rounds; round += 1) {
      for (const service of services) {
        for (const way of ways) {
          const measured = await measureWay(service, way, { receipts, warmUp });
          const name = `${service.name}, ${way}`;
          figures.set(name, [...(figures.get(name) ?? []), measured]);
          onProgress(`round ${round}, ${name}, µs/receipt: ${formatNumber(measured.receiptUs)}`);
        }
      }
    }
    const candidates = (figure: keyof Figures) =>
      Array.from(figures, ([name, all]) => ({
        name,
        samples: all.flatMap((measured) => measured[figure] ?? []),
      })).filter(({ samples }) => samples.length > 0);
    const again = `${formatNumber((receipts + warmUp) * eventsEach)} events sent again to one endpoint`;
    return [
      {
        what: `${formatNumber(receipts)} receipts accepted and registered, the gateway's processor time`,
        unit: 'µs/receipt',
        candidates: candidates('receiptUs'),
        thresholds: [],
      },
      { what: again, unit: 'deliveries/s', candidates: candidates('perSecond'), thresholds: [] },
      { what: again, unit: 'µs/delivery', candidates: candidates('deliveryUs'), thresholds: [] },
    ];
  },
};

interface Figures {
  readonly receiptUs: number;
  /** Of an endpoint alone. */
  readonly perSecond?: number;
  readonly deliveryUs?: number;
}

async function measureWay(
  service: Service,
  way: Way,
  { receipts, warmUp }: { readonly receipts: number; readonly warmUp: number },
): Promise<Figures> {
  await using receiver = await openReceiver();
  const store = await service.startStore();
  const sandbox = await startSandbox(0);
  const gateway = await startGateway({
    role: 'all',
    ledgerUrl: store.url,
    providerUrl: sandbox.url,
    concurrency: 64,
    environment: environmentOf(way, receiver.url),
  });
  const hasEndpoint = way === 'feed and one endpoint';
  const load = async (requests: number, firstPayment: number) => {
    await runLoad({ url: gateway.url, connections: 64, requests, firstPayment });
    await untilDelivered(gateway.url);
    if (hasEndpoint) await receiver.until((requests + firstPayment - 1) * eventsEach);
  };
  try {
    if (hasEndpoint) await endpointBegun(gateway);
    await load(warmUp, 1);
    const receiptUs = await timed(gateway, receipts, () => load(receipts, warmUp + 1));
    if (!hasEndpoint) return { receiptUs };
    const deliveries = (receipts + warmUp) * eventsEach;
    receiver.reset();
    const deliveryUs = await timed(gateway, deliveries, async () => {
      await sendAllAgain(gateway);
      await receiver.until(deliveries);
    });
    return { receiptUs, deliveryUs, perSecond: receiver.perSecond };
  } finally {
    await gateway.stop();
    await sandbox.stop();
    await store.stop();
  }
}

/** Returns the processor time of the gateway for each of so many, in microseconds. */
async function timed(gateway: Program, count: number, work: () => Promise<void>): Promise<number> {
  const before = processorTime(gateway.pid) ?? 0;
  await work();
  return ((processorTime(gateway.pid) ?? 0) - before) / count;
}

function environmentOf(way: Way, url: string): Record<string, string> {
  if (way === 'feed off') return { FISCALKIT_EVENTS_KEPT_DAYS: '0' };
  if (way === 'feed on') return {};
  const secret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
  return { FISCALKIT_WEBHOOK_URL: url, FISCALKIT_WEBHOOK_SECRET: secret };
}

async function endpointBegun(gateway: Program): Promise<void> {
  await until('the endpoint has begun', async () => {
    const listed = await fetch(`${gateway.url}/admin/webhooks`, { headers: administrator });
    return (await listed.text()).includes('"active"') || null;
  });
}

async function sendAllAgain(gateway: Program): Promise<void> {
  const body = JSON.stringify({ from: new Date(0).toISOString() });
  const path = '/admin/webhooks/542088/default/send-again';
  await fetch(`${gateway.url}${path}`, { method: 'POST', headers: administrator, body });
}

/** Opens a receiver that takes everything, in this process. */
async function openReceiver() {
  let [count, firstAt, lastAt] = [0, 0, 0];
  const server = createServer((request, response) => {
    request.resume().once('end', () => {
      lastAt = performance.now();
      if (count === 0) firstAt = lastAt;
      count += 1;
      response.writeHead(204).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    get perSecond() {
      return ((count - 1) * 1_000) / (lastAt - firstAt);
    },
    reset() {
      count = 0;
    },
    async until(wanted: number) {
      await until(`${wanted} events were taken`, () => (count >= wanted ? true : null), { intervalMs: 20 });
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
