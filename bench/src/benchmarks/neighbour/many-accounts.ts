import type { BenchmarkOptions, Comparison } from '../../benchmark.js';
import { percentile } from '../../percentile.js';
import { unreachableUrl } from '../../programs.js';
import { formatNumber } from '../../report.js';
import { type Delivered, startProvider, startTenants, type Tenants } from './tenants.js';

const providerMs = 5;
const accounts = 22;
/** Load of each account. */
const load = { perSecond: 2, waitMs: 5_000 };
const full = { rounds: 5, seconds: 10, warmUpSeconds: 8 };
const quick = { rounds: 1, seconds: 2, warmUpSeconds: 1 };

const well = 'beside two that are well';
const troubled = 'beside one that hangs and one that is refused';

/** Compares 20 accounts of a provider beside two that are well, and beside one that hangs and one that is refused. */
export async function compareAccounts(
  hangingUrl: string,
  { quick: isQuick, onProgress }: BenchmarkOptions,
): Promise<Comparison> {
  const { rounds, seconds, warmUpSeconds } = isQuick ? quick : full;
  const provider = await startProvider(accounts, providerMs);
  const twenty = Array.from({ length: accounts - 2 }, () => provider.url);
  const gateways = [
    { name: well, tenants: await startTenants([provider.url, provider.url, ...twenty]) },
    { name: troubled, tenants: await startTenants([hangingUrl, unreachableUrl, ...twenty]) },
  ].map((each) => ({ ...each, samples: [] as number[] }));
  for (const { tenants } of gateways) await submit(tenants, warmUpSeconds);
  for (let round = 1; round <= rounds; round += 1) {
    for (const { name, tenants, samples } of gateways) {
      samples.push(p99(await submit(tenants, seconds)));
      onProgress(`round ${round}, 20 accounts ${name}: p99 ${formatNumber(samples.at(-1) ?? 0)} ms`);
    }
  }
  for (const { tenants } of gateways) await tenants.stop();
  await provider.stop();
  const baseline = percentile(gateways[0]?.samples ?? [], 0.5);
  return {
    what: `${load.perSecond} receipts/s of each of 20 accounts of one provider, accepted to registered, p99`,
    unit: 'ms',
    candidates: gateways.map(({ name, samples }) => ({ name, samples })),
    thresholds: [{ kind: 'at most', value: Math.max(1.2 * baseline, baseline + 5), of: troubled }],
  };
}

/** Submits receipts of all accounts, and returns the outcomes of those that are well in both gateways. */
async function submit(tenants: Tenants, seconds: number): Promise<Delivered[]> {
  const all = Array.from({ length: accounts }, (_, tenant) => {
    // A receipt of the others is not waited for.
    const isWell = tenant > 1;
    const delivered = tenants.submit(tenant, { ...load, seconds, waitMs: isWell ? load.waitMs : 0 });
    return delivered.then((receipts) => (isWell ? receipts : []));
  });
  return (await Promise.all(all)).flat();
}

function p99(delivered: readonly Delivered[]): number {
  return percentile(
    delivered.map(({ milliseconds }) => milliseconds),
    0.99,
  );
}
