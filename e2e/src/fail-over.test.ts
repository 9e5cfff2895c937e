import { createFreedompay } from '@fiscalkit/client/freedompay';
import { createLedger, type Ledger } from '@fiscalkit/ledger';
import { createPostgresStore } from '@fiscalkit/ledger/postgres';
import { startPostgresServer, startPostgresStandby } from '@fiscalkit/postgres-server';
import { type Sandbox, sampleMerchant, startSandbox } from '@fiscalkit/sandbox';
import { sampleSale } from '@fiscalkit/testing';
import { expect, it, onTestFinished } from 'vitest';

const { id: merchant, secretKey } = sampleMerchant;

/** A ledger in this database, which is closed after the test. */
async function openLedger(connectionString: string, { url: baseUrl }: Sandbox): Promise<Ledger> {
  const store = await createPostgresStore({ connectionString });
  const provider = createFreedompay({ merchantId: merchant, secretKey, baseUrl });
  const ledger = createLedger({ store, merchants: [{ id: merchant, providers: [provider] }] });
  onTestFinished(async () => {
    await ledger.stop({ graceMs: 0 });
    await provider.close();
    await store.close();
  });
  return ledger;
}

it('a standby that lagged is promoted, and what the primary had sent is not sent again', async () => {
  const sandbox = await startSandbox({ registrationDelayMs: 0 });
  onTestFinished(() => sandbox.close());
  const primary = await startPostgresServer({ inMemory: true });
  onTestFinished(() => primary.stop());
  const before = await openLedger(primary.connectionString, sandbox);
  const standby = await startPostgresStandby(primary);
  onTestFinished(() => standby.stop());

  // The checkpoint after the promotion has all these pages to write, and takes its time.
  await primary.run("CREATE TABLE ballast AS SELECT repeat('x', 900) AS text FROM generate_series(1, 30000)");
  const accepted = await before.receipts.create({ merchant, receipt: sampleSale('1') });
  const id = accepted.receipt.receipt_id;
  const [{ lsn } = {}] = await primary.run('SELECT pg_current_wal_lsn() AS lsn');
  const replayed = async () => {
    const [answer] = await standby.run(`SELECT pg_last_wal_replay_lsn() >= '${lsn}' AS replayed`);
    return answer?.replayed;
  };
  await expect.poll(replayed, { timeout: 20_000 }).toBe(true);
  await standby.run("ALTER SYSTEM SET primary_conninfo = ''");
  await standby.run('SELECT pg_reload_conf()');
  const streams = async () => (await primary.run('SELECT FROM pg_stat_replication')).length;
  await expect.poll(streams, { timeout: 10_000 }).toBe(0);

  await before.start();
  const registered = () => sandbox.journal().receipts.length;
  await expect.poll(registered, { timeout: 10_000 }).toBe(1);
  await before.receipts.waitFor({ merchant, id, timeoutMs: 10_000 });
  await before.stop({ graceMs: 0 });
  await primary.crash();

  const after = await openLedger(standby.connectionString, sandbox);
  const signals: string[] = [];
  after.observe(({ type }) => signals.push(type));
  await standby.run('SELECT pg_promote(wait => true)');
  const promotedAt = performance.now();
  await after.start();
  await expect.poll(() => signals, { timeout: 5_000 }).toContain('restored');
  expect(performance.now() - promotedAt).toBeLessThan(1_000);
  const [checkpoint] = await standby.run('SELECT timeline_id FROM pg_control_checkpoint()');
  expect(checkpoint, 'the checkpoint still tells the old timeline').toEqual({ timeline_id: 1 });

  const receipt = await after.receipts.waitFor({ merchant, id, timeoutMs: 20_000 });
  expect(receipt).toMatchObject({ status: 'registered' });
  expect(registered()).toBe(1);
  const repeated = await after.receipts.create({ merchant, receipt: sampleSale('1') });
  expect(repeated).toMatchObject({ receipt: { receipt_id: id }, replayed: true });
  expect(registered()).toBe(1);
}, 60_000);
