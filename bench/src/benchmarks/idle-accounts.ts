import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { demoMerchant, type Program, startGatewayProgram } from '@fiscalkit/testing';
import type { Benchmark, BenchmarkOptions, Comparison } from '../benchmark.js';
import { withClient, withServer } from '../postgres.js';
import { processorTime } from '../process-usage.js';
import { unreachableUrl } from '../programs.js';
import { formatNumber } from '../report.js';

const full = { accounts: 10_000, rounds: 5, seconds: 20 };
const quick = { accounts: 500, rounds: 1, seconds: 3 };
/** Time after the start until nothing of it is left to do. */
const restMs = 5_000;

/** Measures what a gateway costs whose accounts have nothing to deliver. */
export const idleAccounts: Benchmark = {
  name: 'idle-accounts',
  title: 'a gateway with 10,000 accounts of ATOL and nothing to deliver, against one with one account',
  async measure({ quick: isQuick, onProgress }) {
    const effort = { ...(isQuick ? quick : full), onProgress };
    const folder = mkdtempSync(join(tmpdir(), 'fiscalkit-idle-'));
    try {
      const onSqlite = await compare('SQLite', folder, {
        ...effort,
        ledgerUrl: `sqlite:${join(folder, 'ledger.sqlite')}`,
        transactions: null,
      });
      const onPostgres = await withServer((ledgerUrl) =>
        compare('PostgreSQL', folder, {
          ...effort,
          ledgerUrl,
          transactions: () => transactionsOf(ledgerUrl),
        }),
      );
      return [...onSqlite, ...onPostgres];
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
};

interface IdleLedger extends Pick<BenchmarkOptions, 'onProgress'> {
  readonly ledgerUrl: string;
  /** Returns the number of transactions of the server so far; `null` where there is no server. */
  readonly transactions: (() => Promise<number>) | null;
  readonly accounts: number;
  readonly rounds: number;
  readonly seconds: number;
}

/** What a gateway took in each round. */
interface Usage {
  readonly name: string;
  readonly megabytes: readonly number[];
  readonly processorUs: readonly number[];
  readonly transactions: readonly number[];
}

/** Compares gateways with one account and with all, one after the other, on the same ledger. */
async function compare(store: string, folder: string, ledger: IdleLedger): Promise<Comparison[]> {
  const usages: Usage[] = [];
  for (const accounts of [1, ledger.accounts]) usages.push(await usageOf(accounts, folder, ledger));
  const comparison = (what: string, unit: string, samplesOf: (usage: Usage) => readonly number[]) => ({
    what: `idle on ${store}: ${what}`,
    unit,
    candidates: usages.map((usage) => ({ name: usage.name, samples: samplesOf(usage) })),
    thresholds: [],
  });
  return [
    comparison('resident memory', 'MB', ({ megabytes }) => megabytes),
    comparison('processor time', 'µs/s', ({ processorUs }) => processorUs),
    ...(ledger.transactions
      ? [comparison('transactions', 'per second', ({ transactions }) => transactions)]
      : []),
  ];
}

async function usageOf(
  accounts: number,
  folder: string,
  { ledgerUrl, transactions, rounds, seconds, onProgress }: IdleLedger,
): Promise<Usage> {
  const name = accounts === 1 ? 'one account' : `${formatNumber(accounts)} accounts`;
  const gateway = await startWith(accounts, folder, ledgerUrl);
  await delay(restMs);
  const megabytes: number[] = [];
  const processorUs: number[] = [];
  const ofServer: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const [transactionsBefore, usedBefore] = [await transactions?.(), processorTime(gateway.pid) ?? 0];
    await delay(seconds * 1_000);
    processorUs.push(((processorTime(gateway.pid) ?? 0) - usedBefore) / seconds);
    megabytes.push(residentMemory(gateway.pid));
    if (transactions) ofServer.push(((await transactions()) - (transactionsBefore ?? 0)) / seconds);
  }
  onProgress(`${name}: ${formatNumber(megabytes.at(-1) ?? 0)} MB`);
  await gateway.stop();
  return { name, megabytes, processorUs, transactions: ofServer };
}

/** Starts a gateway whose merchants have an account each, at a provider that is never called. */
function startWith(accounts: number, folder: string, ledgerUrl: string): Promise<Program> {
  const secret = { env: 'TENANT_SECRET' };
  const merchants = Array.from({ length: accounts }, (_, index) => ({
    id: String(100_000 + index),
    secretKey: secret,
    company: { inn: '5544332219', email: 'shop@example.com', tax_system: 'osn', payment_address: 'shop.ru' },
    // The gateway of the demo refuses addresses of other machines, also where they are not used.
    freedompay: { baseUrl: unreachableUrl },
    fiscalbox: { baseUrl: unreachableUrl },
    provider: 'atol',
    atol: {
      version: 'v5',
      groupCode: `group_${index}`,
      login: `shop-${index}`,
      password: secret,
      baseUrl: `${unreachableUrl}/possystem`,
    },
  }));
  const file = join(folder, 'gateway.json');
  writeFileSync(file, JSON.stringify({ merchants }));
  return startGatewayProgram({
    providersUrl: unreachableUrl,
    ledgerUrl,
    environment: { FISCALKIT_CONFIG: file, TENANT_SECRET: demoMerchant.secretKey },
  });
}

/** Returns the memory of a process now, in megabytes; Linux only. */
function residentMemory(pid: number): number {
  const kibibytes = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return (Number(kibibytes) * 1024) / 1e6;
}

function transactionsOf(connectionString: string): Promise<number> {
  return withClient(connectionString, async (client) => {
    const { rows } = await client.query<{ count: string }>(
      'SELECT sum(xact_commit + xact_rollback) AS count FROM pg_stat_database',
    );
    return Number(rows[0]?.count);
  });
}
