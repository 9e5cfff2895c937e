import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { createSqliteStore } from '@fiscalkit/ledger';
import type { Comparison } from '../comparison/comparison.js';
import { percentile } from '../comparison/percentile.js';
import { addTemplate } from '../growth/add-template.js';
import { fillSqlite } from '../growth/fill-sqlite.js';
import { runLoad } from '../load/run-load.js';
import { startGateway } from '../programs/start-gateway.js';
import { startSandbox } from '../programs/start-sandbox.js';
import { demoMerchant } from '../receipts/demo-merchant.js';
import { formatNumber } from '../report/format-number.js';
import type { Circumstances, Row } from '../row.js';
import { listPaths } from './list-paths.js';
import type { ListLoad, ListLoadResult } from './lists/read-lists.js';
import { mostMemory, probe } from './probe.js';

const atOnce = 30;
const perSecond = 200;
const full = { receipts: 200_000, seconds: 30 };
const quick = { receipts: 5_000, seconds: 3 };

const listsMain = fileURLToPath(new URL('lists/main.js', import.meta.url));

/** What somebody meets who hands in receipts, or looks whether the gateway is well, while one merchant reads lists. */
export const readers: Row = {
  name: 'readers',
  title: `${atOnce} lists at once of one merchant's 200,000 receipts, beside ${perSecond} receipts/s`,
  async measure({ quick: isQuick, tell }) {
    const { receipts, seconds } = isQuick ? quick : full;
    const folder = mkdtempSync(join(tmpdir(), 'fiscalkit-readers-'));
    try {
      const path = join(folder, 'ledger.sqlite');
      await fill(path, receipts);
      tell(`${formatNumber(receipts)} receipts are in the ledger`);
      return await besideLists({ path, receipts, seconds, tell });
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
};

async function fill(path: string, receipts: number): Promise<void> {
  const empty = createSqliteStore({ path });
  await addTemplate(empty);
  await empty.close();
  await fillSqlite(path, receipts, demoMerchant.merchantId);
}

interface Course extends Pick<Circumstances, 'tell'> {
  readonly path: string;
  readonly receipts: number;
  readonly seconds: number;
}

async function besideLists({ path, receipts, seconds, tell }: Course): Promise<Comparison[]> {
  const sandbox = await startSandbox(0);
  const gateway = await startGateway({
    role: 'all',
    ledgerUrl: `sqlite:${path}`,
    providerUrl: sandbox.url,
  });
  const { url, pid } = gateway;
  const accept = (firstPayment: number, forSeconds: number) =>
    runLoad({ url, connections: 32, requests: perSecond * forSeconds, firstPayment, perSecond });
  await accept(2_000_000_000, 2);
  const quiet = await accept(3_000_000_000, Math.ceil(seconds / 3));
  const looks = probe(url, ['/health/ready', '/metrics']);
  const [busy, { answers }] = await Promise.all([
    accept(4_000_000_000, seconds),
    runLists({ url, atOnce, paths: listPaths(receipts), seconds }),
  ]);
  await looks.stop();
  const megabytes = mostMemory(pid);
  await gateway.stop();
  await sandbox.stop();
  const told = Object.entries(answers).map(([status, count]) => `${count} × ${status}`);
  tell(`lists answered: ${told.join(', ')}`);

  const alone = 'no lists';
  const beside = `${atOnce} lists at once`;
  const p99 = (path: string) => percentile(looks.latencyMs[path] ?? [], 0.99);
  return [
    {
      what: `POST /v5/receipts at ${perSecond}/s for ${seconds} s, p99`,
      unit: 'ms',
      contestants: [
        { name: alone, samples: [quiet.latencyMs.p99] },
        { name: beside, samples: [busy.latencyMs.p99] },
      ],
      bars: [{ kind: 'at most', value: 50, of: beside }],
    },
    ...['/health/ready', '/metrics'].map(
      (path): Comparison => ({
        what: `GET ${path}, p99`,
        unit: 'ms',
        contestants: [{ name: beside, samples: [p99(path)] }],
        bars: path === '/metrics' ? [] : [{ kind: 'at most', value: 20, of: beside }],
      }),
    ),
    {
      what: 'most memory of the gateway',
      unit: 'MB',
      contestants: [{ name: beside, samples: [megabytes] }],
      bars: [{ kind: 'at most', value: 1_000, of: beside }],
    },
    {
      what: 'lists answered',
      unit: 'lists/s',
      contestants: [{ name: beside, samples: [(answers['200'] ?? 0) / seconds] }],
      bars: [],
    },
  ];
}

async function runLists(load: ListLoad): Promise<ListLoadResult> {
  const { stdout } = await promisify(execFile)(process.execPath, [listsMain, JSON.stringify(load)]);
  return JSON.parse(stdout);
}
