import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Benchmark, BenchmarkOptions, Comparison } from '../../benchmark.js';
import { percentile } from '../../percentile.js';
import { unreachableUrl } from '../../programs.js';
import { formatNumber } from '../../report.js';
import { compareAccounts } from './many-accounts.js';
import { type Delivered, startProvider, startTenants, type Tenants } from './tenants.js';

const providerMs = 5;
const full = { rounds: 5, seconds: 10, warmUpSeconds: 8 };
const quick = { rounds: 1, seconds: 2, warmUpSeconds: 1 };

/** Load of the neighbour in trouble. */
const ofFirst = { perSecond: 10, waitMs: 0 };
/** Load of the tenant that is measured. */
const ofSecond = { perSecond: 20, waitMs: 5_000 };

const promptMs = 1_000;
const well = 'beside one that is well';

/** Measures the latency of a tenant while the provider of another is out of order. */
export const neighbour: Benchmark = {
  name: 'neighbour',
  title: 'from the request to the registration of one tenant, beside another whose provider is out of order',
  async measure(options) {
    const { quick: isQuick, onProgress } = options;
    const comparisons: Comparison[] = [];
    for (const trouble of troubles) {
      comparisons.push(...(await compare(trouble, { ...(isQuick ? quick : full), onProgress })));
    }
    const hanging = await startAnswering(null);
    comparisons.push(await compareAccounts(hanging.url, options));
    await hanging.stop();
    return comparisons;
  },
};

/** A provider that is out of order. */
interface TroubledProvider {
  readonly url: string;
  stop(): Promise<void>;
}

/** A way in which a provider can be out of order. */
interface Trouble {
  /** `refuses connections` */
  readonly name: string;
  readonly start: () => Promise<TroubledProvider>;
}

const troubles: readonly Trouble[] = [
  { name: 'refuses connections', start: async () => ({ url: unreachableUrl, stop: async () => {} }) },
  { name: 'hangs', start: () => startAnswering(null) },
  { name: 'answers 500', start: () => startAnswering({ status: 500 }) },
  {
    name: 'answers 429 with 600 s',
    start: () => startAnswering({ status: 429, headers: { 'Retry-After': '600' } }),
  },
];

interface Reply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Starts a provider with the same reply to everything, or with none. */
async function startAnswering(reply: Reply | null): Promise<TroubledProvider> {
  const server = createServer((_, response) => {
    if (reply) response.writeHead(reply.status, reply.headers).end('{}');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async stop() {
      server.closeAllConnections();
      server.close();
    },
  };
}

interface Effort extends Pick<BenchmarkOptions, 'onProgress'> {
  readonly rounds: number;
  readonly seconds: number;
  /** The first tenant's trouble begins, and a backlog grows; not measured. */
  readonly warmUpSeconds: number;
}

/** Interleaves rounds with and without trouble, each in a gateway of its own with two providers. */
async function compare(trouble: Trouble, effort: Effort): Promise<Comparison[]> {
  const [sandbox, healthy] = [await startProvider(2, providerMs), await startProvider(2, providerMs)];
  const troubled = await trouble.start();
  const beside = `beside one that ${trouble.name}`;
  const gateways = [
    { name: well, gateway: await startTenants([healthy.url, sandbox.url]) },
    { name: beside, gateway: await startTenants([troubled.url, sandbox.url]) },
  ].map((each) => ({ ...each, rounds: [] as Delivered[][] }));
  for (const { gateway } of gateways) await submit(gateway, effort.warmUpSeconds);
  for (let round = 1; round <= effort.rounds; round += 1) {
    for (const { name, gateway, rounds } of gateways) {
      const delivered = await submit(gateway, effort.seconds);
      effort.onProgress(`round ${round}, ${name}: p99 ${formatNumber(p99(delivered))} ms`);
      rounds.push(delivered);
    }
  }
  for (const { gateway } of gateways) await gateway.stop();
  await Promise.all([sandbox.stop(), healthy.stop(), troubled.stop()]);

  const candidatesOf = (sample: (delivered: readonly Delivered[]) => number) =>
    gateways.map(({ name, rounds }) => ({ name, samples: rounds.map(sample) }));
  const baseline = percentile(gateways[0]?.rounds.map(p99) ?? [], 0.5);
  const what = `${ofSecond.perSecond} receipts/s of one tenant`;
  return [
    {
      what: `${what}, accepted to registered, p99`,
      unit: 'ms',
      candidates: candidatesOf(p99),
      thresholds: [{ kind: 'at most', value: Math.max(1.2 * baseline, baseline + 10), of: beside }],
    },
    {
      what: `${what}, registered within a second`,
      unit: '%',
      candidates: candidatesOf(prompt),
      thresholds: [{ kind: 'at least', value: 99, of: beside }],
    },
  ];
}

/** Submits receipts of both tenants, and returns the outcomes of the second's. */
async function submit(gateway: Tenants, seconds: number): Promise<Delivered[]> {
  const [, delivered] = await Promise.all([
    gateway.submit(0, { ...ofFirst, seconds }),
    gateway.submit(1, { ...ofSecond, seconds }),
  ]);
  return delivered;
}

function p99(delivered: readonly Delivered[]): number {
  return percentile(
    delivered.map(({ milliseconds }) => milliseconds),
    0.99,
  );
}

function prompt(delivered: readonly Delivered[]): number {
  const inTime = delivered.filter(({ registered, milliseconds }) => registered && milliseconds <= promptMs);
  return (100 * inTime.length) / delivered.length;
}
