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

/** Longest pause of what runs whether or not anything comes. */
const longestPauseMs = 1_000;

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

/** A source, and the functions of it by where they begin. */
type Ran = ReadonlyMap<string, ReadonlySet<number>>;

/** Returns the functions that run while the gateway does this. */
async function whatRunsDuring(work: () => Promise<unknown>): Promise<Ran> {
  await takeCoverage();
  await work();
  const scripts = await takeCoverage();
  return new Map(
    scripts
      .filter(({ url }) => url.startsWith(`file://${compiled}`))
      .map(({ url, functions }) => [sourceOf(url), new Set(functions.filter(hasRun).map(beginOf))]),
  );
}

/** Returns what the gateway's threads have run since the last time. */
async function takeCoverage(): Promise<Script[]> {
  process.kill(gateway.pid, 'SIGUSR2');
  const scripts = await until('coverage', readCoverage);
  for (const name of readdirSync(coverage)) rmSync(join(coverage, name));
  return scripts;
}

/**
 * Returns the sources, in order, of the functions that run each time the gateway does this, and not while it
 * does nothing for at least as long: its loops and timers run whether or not anything comes.
 */
async function sourcesOnTheWay(work: (turn: number) => Promise<unknown>): Promise<string[]> {
  const begunAt = performance.now();
  const turns: Ran[] = [];
  for (let turn = 0; turn < 3; turn += 1) turns.push(await whatRunsDuring(() => work(turn)));
  const elapsedMs = performance.now() - begunAt;
  const idle = await whatRunsDuring(() => delay(elapsedMs + longestPauseMs));
  const [first = new Map<string, Set<number>>(), ...others] = turns;
  return Array.from(first)
    .filter(([source, begins]) =>
      Array.from(begins).some(
        (begin) =>
          others.every((ran) => ran.get(source)?.has(begin)) && idle.get(source)?.has(begin) !== true,
      ),
    )
    .map(([source]) => source)
    .sort();
}

function sourceOf(url: string): string {
  const path = fileURLToPath(url).slice(compiled.length + 1);
  return path.replace('/dist/', '/src/').replace(/js$/, 'ts');
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
  readonly functions: readonly FunctionCoverage[];
}

interface FunctionCoverage {
  readonly functionName: string;
  readonly ranges: readonly { readonly startOffset: number; readonly count: number }[];
}

function beginOf({ ranges: [whole] }: FunctionCoverage): number {
  return whole?.startOffset ?? 0;
}

/** Whether a function has been called; the module itself is one, too, and has no name. */
function hasRun({ functionName, ranges: [whole] }: FunctionCoverage): boolean {
  return whole !== undefined && whole.count > 0 && (functionName !== '' || whole.startOffset > 0);
}

/** What many files would mean: nobody could tell from the tree what happens. `docs/decisions/0044` has the figures. */
const most = { arrival: 102, registration: 44, confirmation: 107 };

it('runs functions of few files', async () => {
  // What is under way takes all places until it times out, so that nothing more is claimed.
  await Promise.all(Array.from({ length: 40 }, (_, index) => askForReceipt(gateway.url, index + 1)));
  let last = '';
  const arrival = await sourcesOnTheWay(async (turn) => {
    last = (await askForReceipt(gateway.url, 100 + turn)).receipt_id;
  });

  await deafProvider.close();
  await startSandboxProgram({ port: deafProvider.port });
  expect((await readReceipt(gateway.url, last, 60_000)).status).toBe('registered');
  const registered = await sourcesOnTheWay(async (turn) => {
    await askForReceipt(gateway.url, 200 + turn);
    await delay(1_000);
  });
  const registration = registered.filter((source) => !arrival.includes(source));

  const confirmation = await sourcesOnTheWay(confirm);
  for (const [flow, sources] of Object.entries({ arrival, registration, confirmation })) {
    const counted = `${flow}: ${sources.length}`;
    expect
      .soft(sources.length, [counted, ...sources].join('\n'))
      .toBeLessThanOrEqual(most[flow as keyof typeof most]);
  }
}, 120_000);

/** Confirms a payment, another one each time. */
async function confirm(turn: number): Promise<void> {
  const response = await fetch(`${gateway.url}/payment/anor_confirm`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Authorization: 'Bearer demo-api-key' },
    body: JSON.stringify({
      transaction_id: `a12fc00f-5af5-65b8-adf8-74bff44680e${turn}`,
      qr_code: `https://ofd.soliq.uz/check?t=UZ170703100597&r=${2421 + turn}&c=20230104121801&s=514343190161`,
    }),
  });
  expect(response.status).toBe(200);
}
