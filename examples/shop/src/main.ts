import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '@fiscalkit/postgres-server';
import { startSandbox } from '@fiscalkit/sandbox';
import {
  help,
  type ProgramSettings,
  readProgramSettings,
  requireFreePort,
} from './program/program-settings.js';
import { showSession } from './program/show-session.js';
import { startDatabase } from './program/start-database.js';
import { sampleMerchant } from './shop-settings.js';
import { startShop } from './start-shop.js';

const interruption = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => interruption.abort());

async function run(settings: ProgramSettings): Promise<void> {
  const { dataFolder } = settings;
  const port = settings.port || (await freePort());
  await requireFreePort(port);
  mkdirSync(dataFolder, { recursive: true });
  await using running = new AsyncDisposableStack();
  const database = running.adopt(await startDatabase(join(dataFolder, 'postgres')), (server) =>
    server.stop(),
  );
  const sandbox = running.use(
    await startSandbox({ merchants: [sampleMerchant], dataFile: join(dataFolder, 'sandbox.jsonl') }),
  );
  const mailFile = join(dataFolder, 'mails.jsonl');
  const { connectionString: databaseUrl } = database;
  running.adopt(
    await startShop({ databaseUrl, providerUrl: sandbox.url, merchant: sampleMerchant, mailFile }, port),
    (shop) => shop.close(),
  );
  const shopUrl = `http://127.0.0.1:${port}`;
  console.log(`   shop         ${shopUrl}`);
  console.log(`   sandbox      ${sandbox.url}  (both providers, emulated)`);
  console.log(`   data         ${dataFolder}`);
  if (!interruption.signal.aborted) await show(shopUrl, mailFile, settings);
}

async function show(shopUrl: string, mailFile: string, settings: ProgramSettings): Promise<void> {
  if (settings.once) {
    await showSession(shopUrl, mailFile);
    console.log('\nAll of it is done.');
    return;
  }
  const { signal } = interruption;
  const interrupted = once(signal, 'abort');
  const story = showSession(shopUrl, mailFile).catch((error) => signal.aborted || complain(error));
  await Promise.race([story, interrupted]);
  if (!signal.aborted) console.log('\nServing until Ctrl-C.');
  await interrupted;
  console.log('\nStopping; what is under way is finished first.');
}

function complain(error: unknown): void {
  console.error(`\nshop: ${error instanceof Error ? error.message : error}`);
}

try {
  const settings = readProgramSettings(process.argv.slice(2));
  console.log(settings ? 'shop: orders and their receipts in one transaction\n' : help);
  if (settings) await run(settings);
} catch (error) {
  complain(error);
  process.exitCode = 1;
}
