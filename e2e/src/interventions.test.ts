import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPostgresServer } from '@fiscalkit/postgres-server';
import {
  askForReceipt,
  freePort,
  killPrograms,
  startGatewayProgram,
  startSandboxProgram,
} from '@fiscalkit/testing';
import { afterEach, expect, it } from 'vitest';
import { documentsPerPayment, readJournal } from './sandbox-journal.fixture.js';

const receipts = 500;
const reason = 'FreedomPay was away; its receipts are looked up.';
const request = { act: 'look-up', filter: { state: 'unknown' }, reason, limit: receipts };

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  await killPrograms();
  for (const close of closing.splice(0)) await close();
});

async function admin(url: string, path: string, body?: object) {
  const answer = await fetch(`${url}/admin${path}`, {
    headers: { Authorization: 'Bearer demo-admin-key', 'Content-Type': 'application/json' },
    ...(body && { method: 'POST', body: JSON.stringify(body) }),
  });
  return ((await answer.json()) as { data: ReturnType<typeof JSON.parse> }).data;
}

/** Asks for all receipts, some at a time. */
async function sellAll(url: string): Promise<string[]> {
  const ids: string[] = [];
  let next = 1;
  const client = async () => {
    for (let payment = next++; payment <= receipts; payment = next++)
      ids.push((await askForReceipt(url, payment)).receipt_id);
  };
  await Promise.all(Array.from({ length: 16 }, client));
  return ids;
}

it.each(['SQLite', 'PostgreSQL'])(
  '500 receipts that an outage left unknown are acted on by one call, which a kill cuts off and the same call ends, on %s',
  async (store) => {
    const folder = mkdtempSync(join(tmpdir(), 'fiscalkit-acts-'));
    const server = store === 'PostgreSQL' ? await startPostgresServer() : null;
    if (server) closing.push(() => server.stop());
    const ledgerUrl = server?.connectionString ?? `sqlite:${join(folder, 'ledger.sqlite')}`;
    const provider = { port: await freePort(), data: join(folder, 'sandbox.jsonl'), registrationDelayMs: 0 };
    const providersUrl = `http://127.0.0.1:${provider.port}`;
    // Every attempt outlasts the time until all are sent.
    const configuration = join(folder, 'gateway.json');
    writeFileSync(configuration, JSON.stringify({ merchants: [{ freedompay: { attemptMs: 120_000 } }] }));
    const start = (role: 'all' | 'api', onOutput = (_: string) => {}) =>
      startGatewayProgram({
        providersUrl,
        ledgerUrl,
        role,
        onOutput,
        environment: {
          FISCALKIT_CONFIG: configuration,
          FISCALKIT_CONCURRENCY: '512',
          FISCALKIT_MOST_CALLS: '2048',
        },
      });

    // All are at the provider when it goes, and none is answered.
    const delayed = { kind: 'delay', ms: 120_000, when: 'after' };
    const away = await startSandboxProgram({
      ...provider,
      faults: [{ endpoint: 'receipts.create', fault: delayed }],
    });
    const first = await start('all');
    const ids = await sellAll(first.url);
    const made = async () => (await readJournal(away.url)).receipts.length;
    await expect.poll(made, { timeout: 60_000 }).toBe(receipts);
    await away.kill();
    const reported = () => admin(first.url, '/acts', { ...request, dry_run: true });
    await expect.poll(async () => (await reported()).would_act.count, { timeout: 60_000 }).toBe(receipts);
    const { batch, would_act: wouldAct } = await reported();
    expect(wouldAct).toEqual({ count: receipts, states: { unknown: receipts } });
    await first.kill();

    // Killed as soon as it acts.
    let killed: Promise<void> | null = null;
    const second = await start('api', (text) => {
      if (text.includes('entry.intervened')) killed ??= second.kill();
    });
    await expect(admin(second.url, '/acts', request)).rejects.toThrow();
    await killed;

    const third = await start('api');
    const done = await admin(third.url, '/acts', request);
    expect(done).toMatchObject({ batch, complete: true, refused: [], left: { count: 0 } });
    expect(done.acted_before).toBeGreaterThan(0);
    expect(done.acted.count).toBeGreaterThan(0);
    expect(done.acted_before + done.acted.count).toBe(receipts);
    const again = await admin(third.url, '/acts', request);
    expect(again).toMatchObject({ batch, acted: { count: 0 }, acted_before: receipts, complete: true });
    for (const id of ids) {
      const { journal } = await admin(third.url, `/entries/${id}`);
      const interventions = journal.map((row: { details: object }) => row.details);
      expect(interventions.filter((details: object) => 'batch' in details)).toEqual([
        { action: 'look-up', batch, by: 'admin', reason },
      ]);
    }
    await third.kill();

    const back = await startSandboxProgram(provider);
    const last = await start('all');
    const all = { act: 'park', filter: { all: true }, reason, dry_run: true };
    await expect
      .poll(async () => (await admin(last.url, '/acts', all)).refused, { timeout: 120_000, interval: 500 })
      .toMatchObject([{ state: 'registered', code: 'entry.state', count: receipts }]);
    const documents = documentsPerPayment(await readJournal(back.url));
    expect([documents.size, new Set(documents.values())]).toEqual([receipts, new Set([1])]);
  },
  300_000,
);
