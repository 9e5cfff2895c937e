import { signDetached } from '@fiscalkit/client/jws';
import { type Sandbox, startSandbox } from '@fiscalkit/sandbox';
import { demoMerchant, sampleSale } from '@fiscalkit/testing';
import type { DynamicModule } from '@nestjs/common';
import { expect, test, vi } from 'vitest';
import { redisIsInstalled } from '../redis.js';
import { bullmqService, pgBossService, type Service, type Store } from '../services.js';
import { bullmqModule } from './bullmq/bullmq.js';
import { pgBossModule } from './pg-boss/pg-boss.js';
import { type RunningService, type Settings, startService } from './service.js';

const path = '/v5/receipts';

/** Runs a hand-made service in this process, with a store and a provider of its own. */
async function open(kind: Pick<Service, 'startStore'>, moduleOf: (settings: Settings) => DynamicModule) {
  const store: Store = await kind.startStore();
  const sandbox: Sandbox = await startSandbox({ registrationDelayMs: 0 });
  const service: RunningService = await startService(
    moduleOf({
      delivers: true,
      notifies: true,
      providerUrl: sandbox.url,
      storeUrl: store.url,
      merchant: demoMerchant,
    }),
  );
  return {
    sandbox,
    async ask(document: unknown, secretKey: string = demoMerchant.secretKey) {
      const body = JSON.stringify(document);
      const { merchantId } = demoMerchant;
      const signature = signDetached({
        method: 'POST',
        path,
        body: Buffer.from(body),
        merchantId,
        secretKey,
      });
      const headers = { 'Content-Type': 'application/json', 'X-JWS-Signature': signature };
      const response = await fetch(`${service.url}${path}`, { method: 'POST', headers, body });
      return { status: response.status, answer: await response.json() };
    },
    async [Symbol.asyncDispose]() {
      await service.close();
      await sandbox.close();
      await store.stop();
    },
  };
}

const sound = sampleSale(1);

const kinds = [
  { name: 'BullMQ', kind: bullmqService, moduleOf: bullmqModule, installed: redisIsInstalled() },
  { name: 'pg-boss', kind: pgBossService, moduleOf: pgBossModule, installed: true },
].filter(({ installed }) => installed);

test.each(kinds)(
  '$name: takes what is signed and sound, and has it registered',
  async ({ kind, moduleOf }) => {
    await using handmade = await open(kind, moduleOf);
    const { ask, sandbox } = handmade;
    const registered = (paymentId: number) => sandbox.journal({ paymentId: String(paymentId) }).receipts;

    const first = await ask(sound);
    expect(first).toMatchObject({ status: 200, answer: { data: { status: 'pending' } } });
    expect(await ask(sound)).toEqual(first);
    expect((await ask(sampleSale(2))).answer).not.toEqual(first.answer);

    expect((await ask(sampleSale(3), 'guessed')).status).toBe(401);
    expect((await ask({ ...sampleSale(3), surprise: 1 })).status).toBe(400);
    expect((await ask({ ...sampleSale(3), merchant_id: 1 })).status).toBe(400);
    expect((await ask({ ...sampleSale(3), settlements: [{ type: 'cashless', sum: 199.99 }] })).status).toBe(
      400,
    );
    const [position] = sound.positions;
    expect((await ask({ ...sampleSale(3), positions: [{ ...position, vat_code: 'vat_23' }] })).status).toBe(
      400,
    );
    expect((await ask({ ...sampleSale(3), positions: [{ ...position, extra: 1 }] })).status).toBe(400);

    // Their weaker guarantee, as the table says: an answer that is lost makes a second receipt.
    sandbox.faults.add({
      endpoint: 'receipts.create',
      paymentId: '4',
      times: 1,
      fault: { kind: 'drop-after' },
    });
    await ask(sampleSale(4));
    await vi.waitFor(() => expect(registered(4)).toHaveLength(2), { timeout: 15_000 });
    for (const paymentId of [1, 2]) expect(registered(paymentId)).toMatchObject([{ status: 'registered' }]);
    expect(registered(3)).toEqual([]);
  },
);
