import { once } from 'node:events';
import { existsSync, mkdirSync, openSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { openSqliteAudit } from '@fiscalkit/ledger';
import { requireFreePort, type Service, startService } from './service.js';
import { type DemoSettings, help, providerEnvironment, readSettings } from './settings.js';
import { confirmPayment, fiscalizeReceipt } from './steps.js';
import { tryIt } from './try-it.js';

const started: Service[] = [];

let stopping = false;

async function stopAll(): Promise<void> {
  stopping = true;
  for (const service of started.reverse()) await service.stop();
}

async function startBoth({
  dataFolder,
  provider,
  port,
  sandboxPort,
}: DemoSettings): Promise<{ gateway: Service; sandbox: Service }> {
  await requireFreePort(port, 'PORT');
  await requireFreePort(sandboxPort, 'SANDBOX_PORT');
  mkdirSync(dataFolder, { recursive: true });
  const ledger = join(dataFolder, 'ledger.sqlite');
  await moveAsideUnpublished(ledger);
  const log = openSync(join(dataFolder, 'demo.log'), 'a');
  const sandbox = await startService({
    name: 'the sandbox',
    entry: import.meta.resolve('@fiscalkit/sandbox'),
    url: `http://127.0.0.1:${sandboxPort}`,
    readyPath: '/_sandbox/health',
    programArguments: ['--port', String(sandboxPort), '--data', join(dataFolder, 'sandbox.jsonl')],
    log,
  });
  started.push(sandbox);
  const gateway = await startService({
    name: 'the gateway',
    entry: import.meta.resolve('@fiscalkit/gateway'),
    url: `http://127.0.0.1:${port}`,
    readyPath: '/health/live',
    environment: {
      FISCALKIT_DEMO: '1',
      ...providerEnvironment(provider, sandbox.url),
      FISCALKIT_FISCALBOX_URL: sandbox.url,
      FISCALKIT_LEDGER_URL: `sqlite:${ledger}`,
      HOST: '127.0.0.1',
      PORT: String(port),
    },
    log,
  });
  started.push(gateway);
  return { gateway, sandbox };
}

/** Moves a ledger of before the first release aside, which no release reads, and says so. */
async function moveAsideUnpublished(ledger: string): Promise<void> {
  if (!existsSync(ledger)) return;
  try {
    await openSqliteAudit(ledger).close();
  } catch (error) {
    if (Object(error).code !== 'ledger.unpublished') return;
    const aside = `${ledger}.before-${new Date().toISOString().replaceAll(':', '-')}`;
    for (const suffix of ['', '-wal', '-shm']) {
      if (existsSync(ledger + suffix)) renameSync(ledger + suffix, aside + suffix);
    }
    console.log(`   The ledger in ${ledger} is of before the first release, and none can read it.`);
    console.log(`   It is kept in ${aside}; this run begins with a new one.\n`);
  }
}

/** Sends the two samples, and says how to go on from there. */
async function show(gateway: Service, sandbox: Service): Promise<string> {
  const receiptId = await fiscalizeReceipt(gateway.url);
  await confirmPayment(gateway.url);
  return tryIt({ gatewayUrl: gateway.url, sandboxUrl: sandbox.url, receiptId });
}

async function run(settings: DemoSettings): Promise<void> {
  console.log('fiscalkit: a paid order becomes exactly one fiscal receipt\n');
  const { gateway, sandbox } = await startBoth(settings);
  console.log(`   gateway      ${gateway.url}`);
  console.log(`   sandbox      ${sandbox.url}  (the providers, emulated)`);
  console.log(`   data, log    ${settings.dataFolder}`);
  if (settings.once) {
    await show(gateway, sandbox);
    console.log('\nBoth are done.');
    return;
  }
  console.log(await show(gateway, sandbox).catch(explain));
  console.log('Serving until Ctrl-C.');
  await served(gateway, sandbox);
}

/** Ends on Ctrl-C, or with the gateway; that goes on accepting without the sandbox, as without a provider. */
async function served(gateway: Service, sandbox: Service): Promise<void> {
  sandbox.ended.then((how) => {
    if (!stopping) console.log(`The sandbox has ended (${how}). What comes in waits in the ledger.`);
  });
  if (!interruption.signal.aborted) await Promise.race([once(interruption.signal, 'abort'), gateway.ended]);
  if (!interruption.signal.aborted) {
    throw new Error(
      `the gateway has ended (${await gateway.ended}); what it accepted goes on at the next start`,
    );
  }
  console.log('\nStopping; what is under way is finished first.');
}

function explain(error: unknown): string {
  return `\nfiscalkit: ${error instanceof Error ? error.message : error}`;
}

const interruption = new AbortController();

function interrupt(): void {
  stopping = true;
  interruption.abort();
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, interrupt);

try {
  const settings = readSettings(process.argv.slice(2));
  if (settings) await run(settings);
  else console.log(help);
} catch (error) {
  console.error(explain(error));
  process.exitCode = 1;
} finally {
  await stopAll();
}
