import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import {
  askForReceipt,
  killPrograms,
  type Program,
  readReceipt,
  startGatewayProgram,
  startSandboxProgram,
  until,
} from '@fiscalkit/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { removeTemporaryFolders, temporaryFolder } from '../temporary-folder.fixture.js';
import { compileSources } from './compile-sources.js';

/** The requests' thread, and the ledger's. */
const threads = 2;

const folder = temporaryFolder('flows');
const compiled = join(folder, 'compiled');
const coverage = join(folder, 'coverage');
let deafProvider: DeafProvider;
let gateway: Program;

beforeAll(async () => {
  const entry = compileSources(compiled);
  mkdirSync(coverage);
  deafProvider = await startDeafProvider();
  gateway = await startGatewayProgram({
    entry,
    providersUrl: `http://127.0.0.1:${deafProvider.port}`,
    ledgerUrl: `sqlite:${join(folder, 'ledger.sqlite')}`,
    environment: {
      NODE_V8_COVERAGE: coverage,
      NODE_OPTIONS: `--import ${new URL('take-coverage.mjs', import.meta.url).href}`,
    },
  });
}, 120_000);
afterAll(async () => {
  await killPrograms();
  removeTemporaryFolders();
});

/** Takes every call, and answers none. */
interface DeafProvider {
  readonly port: number;
  close(): Promise<void>;
}

async function startDeafProvider(): Promise<DeafProvider> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => void sockets.add(socket)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Returns the sources in which a function has run since the last time, in order. */
async function sourcesThatRan(): Promise<string[]> {
  process.kill(gateway.pid, 'SIGUSR2');
  const scripts = await until('coverage', readCoverage);
  for (const name of readdirSync(coverage)) rmSync(join(coverage, name));
  const ran = scripts.filter(
    ({ url, functions }) => url.startsWith(`file://${compiled}`) && functions.some(hasRun),
  );
  const sources = ran.map(({ url }) => fileURLToPath(url).slice(compiled.length + 1));
  return Array.from(new Set(sources), (path) => path.replace('/dist/', '/src/').replace(/js$/, 'ts')).sort();
}

/** Returns what all threads have written; `null` while one still writes. */
function readCoverage(): Script[] | null {
  const texts = readdirSync(coverage).map((name) => readFileSync(join(coverage, name), 'utf8'));
  if (texts.length < threads || texts.some((text) => !text.trimEnd().endsWith('}'))) return null;
  return texts.flatMap((text) => JSON.parse(text).result);
}

/** What V8 tells of one script. */
interface Script {
  readonly url: string;
  readonly functions: readonly {
    readonly functionName: string;
    readonly ranges: readonly { readonly startOffset: number; readonly count: number }[];
  }[];
}

/** Whether a function has been called; the module itself is one, too, and has no name. */
function hasRun({ functionName, ranges: [whole] }: Script['functions'][number]): boolean {
  return whole !== undefined && whole.count > 0 && (functionName !== '' || whole.startOffset > 0);
}

/** What many files would mean: nobody could tell from the tree what happens. `docs/decisions/0044` has the figures. */
const most = { arrival: 110, registration: 40, confirmation: 110 };

it('runs functions of few files', async () => {
  // What is under way takes all places until it times out, so that nothing more is claimed.
  await Promise.all(Array.from({ length: 40 }, (_, index) => askForReceipt(gateway.url, index + 1)));
  await sourcesThatRan();
  const { receipt_id } = await askForReceipt(gateway.url, 100);
  const arrival = await sourcesThatRan();

  await deafProvider.close();
  await startSandboxProgram({ port: deafProvider.port });
  expect((await readReceipt(gateway.url, receipt_id, 60_000)).status).toBe('registered');
  await sourcesThatRan();
  await askForReceipt(gateway.url, 101);
  await delay(1_000);
  const registration = (await sourcesThatRan()).filter((source) => !arrival.includes(source));

  await confirm();
  const confirmation = await sourcesThatRan();
  for (const [flow, sources] of Object.entries({ arrival, registration, confirmation }))
    expect(sources.length, sources.join('\n')).toBeLessThanOrEqual(most[flow as keyof typeof most]);
}, 120_000);

async function confirm(): Promise<void> {
  const response = await fetch(`${gateway.url}/payment/anor_confirm`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Authorization: 'Bearer demo-api-key' },
    body: JSON.stringify({
      transaction_id: 'a12fc00f-5af5-65b8-adf8-74bff44680ee',
      qr_code: 'https://ofd.soliq.uz/check?t=UZ170703100597&r=2421&c=20230104121801&s=514343190161',
    }),
  });
  expect(response.status).toBe(200);
}
