import { expect, test } from 'vitest';
import { russianReceipt, Shop, uzbekReceipt } from './shop.fixture.js';
import { startSandbox } from './start-sandbox.js';

async function runWith(seed: number) {
  let ids = 0;
  await using sandbox = await startSandbox({
    seed,
    registrationDelayMs: 0,
    clock: () => new Date('2026-11-22T09:00:00Z'),
    createId: () => `id-${++ids}`,
    faults: [{ endpoint: 'receipts.create', on: { probability: 0.5 }, fault: { kind: 'drop-before' } }],
  });
  await using shop = new Shop(sandbox.url);
  const outcomes: string[] = [];
  for (let call = 0; call < 20; call += 1) {
    const document = call % 2 === 0 ? russianReceipt : uzbekReceipt;
    outcomes.push(
      await shop.create(document).then(
        ({ text }) => text,
        () => 'dropped',
      ),
    );
  }
  return { outcomes, journal: sandbox.journal() };
}

test('the same seed and the same calls give the same run, another seed another one', async () => {
  const run = await runWith(7);
  expect(run.outcomes).toContain('dropped');
  expect(run.journal.receipts.length).toBeGreaterThan(0);
  expect(await runWith(7)).toEqual(run);
  expect(await runWith(8)).not.toEqual(run);
});
