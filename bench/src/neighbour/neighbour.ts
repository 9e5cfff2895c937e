import type { Comparison } from '../comparison/comparison.js';
import { percentile } from '../comparison/percentile.js';
import { startSandbox } from '../programs/start-sandbox.js';
import { formatNumber } from '../report/format-number.js';
import type { Circumstances, Row } from '../row.js';
import { type Trouble, troubles } from './troubles.js';
import { type Delivered, startTwoTenants, type TwoTenants } from './two-tenants.js';

const providerMs = 5;
const full = { turns: 5, seconds: 10, warmUpSeconds: 8 };
const quick = { turns: 1, seconds: 2, warmUpSeconds: 1 };

/** What the neighbour in trouble is asked for, and what the one that is well. */
const ofFirst = { perSecond: 10, waitMs: 0 };
const ofSecond = { perSecond: 20, waitMs: 5_000 };

const promptMs = 1_000;
const well = 'beside one that is well';

/** How a tenant fares while the provider of another is out of order. */
export const neighbour: Row = {
  name: 'neighbour',
  title: 'from the request to the registration of one tenant, beside another whose provider is out of order',
  async measure({ quick: isQuick, tell }) {
    const comparisons: Comparison[] = [];
    for (const trouble of troubles) {
      comparisons.push(...(await compare(trouble, { ...(isQuick ? quick : full), tell })));
    }
    return comparisons;
  },
};

interface Course extends Pick<Circumstances, 'tell'> {
  readonly turns: number;
  readonly seconds: number;
  /** In which the first tenant's trouble begins, and a backlog grows; not measured. */
  readonly warmUpSeconds: number;
}

/** Turns with and without trouble, one after the other: each in a gateway of its own, with a provider for each tenant. */
async function compare(trouble: Trouble, course: Course): Promise<Comparison[]> {
  const [sandbox, healthy] = [await startSandbox(providerMs), await startSandbox(providerMs)];
  const troubled = await trouble.start();
  const beside = `beside one that ${trouble.name}`;
  const gateways = [
    { name: well, gateway: await startTwoTenants({ first: healthy.url, second: sandbox.url }) },
    { name: beside, gateway: await startTwoTenants({ first: troubled.url, second: sandbox.url }) },
  ].map((each) => ({ ...each, turns: [] as Delivered[][] }));
  for (const { gateway } of gateways) await take(gateway, course.warmUpSeconds);
  for (let turn = 1; turn <= course.turns; turn += 1) {
    for (const { name, gateway, turns } of gateways) {
      const delivered = await take(gateway, course.seconds);
      course.tell(`turn ${turn}, ${name}: p99 ${formatNumber(p99(delivered))} ms`);
      turns.push(delivered);
    }
  }
  for (const { gateway } of gateways) await gateway.stop();
  await Promise.all([sandbox.stop(), healthy.stop(), troubled.stop()]);

  const contestants = (sample: (delivered: readonly Delivered[]) => number) =>
    gateways.map(({ name, turns }) => ({ name, samples: turns.map(sample) }));
  const baseline = percentile(gateways[0]?.turns.map(p99) ?? [], 0.5);
  const what = `${ofSecond.perSecond} receipts/s of one tenant`;
  return [
    {
      what: `${what}, accepted to registered, p99`,
      unit: 'ms',
      contestants: contestants(p99),
      bars: [{ kind: 'at most', value: Math.max(1.2 * baseline, baseline + 10), of: beside }],
    },
    {
      what: `${what}, registered within a second`,
      unit: '%',
      contestants: contestants(prompt),
      bars: [{ kind: 'at least', value: 99, of: beside }],
    },
  ];
}

/** Hands in receipts of both tenants; answers what became of those of the second. */
async function take(gateway: TwoTenants, seconds: number): Promise<Delivered[]> {
  const [, delivered] = await Promise.all([
    gateway.handIn('first', { ...ofFirst, seconds }),
    gateway.handIn('second', { ...ofSecond, seconds }),
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
