import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, expect, it } from 'vitest';
import { type DeliveryHarness, sharedAccount, startDelivery, until } from './delivery-harness.fixture.js';
import { RefusedKeys } from './refused-keys.js';
import { ScriptedProvider } from './scripted-provider.fixture.js';

let harness: DeliveryHarness | null = null;

afterEach(() => harness?.stop());

const reported = () => harness?.events.filter(({ type }) => type === 'key');

/** Two merchants with one account, of which one has a wrong key. */
function start(): { wrong: ScriptedProvider; harness: DeliveryHarness } {
  const [wrong, right] = [new ScriptedProvider(), new ScriptedProvider()];
  for (const provider of [wrong, right]) provider.account = { address: 'memory:', merchantId: 'company' };
  wrong.usually = { kind: 'unauthorized' };
  const started = startDelivery({ providers: [], merchants: { wrong, right } });
  started.dispatcher.start(['memory']);
  harness = started;
  return { wrong, harness: started };
}

it('tells once of a key that is refused, shows it until a success, and holds up nobody else', async () => {
  const { wrong, harness } = start();
  for (let sale = 0; sale < 5; sale += 1) await harness.accept({ merchant: 'wrong', account: sharedAccount });
  await until(() => wrong.calls.length > 20);
  const about = { provider: 'memory', account: sharedAccount, merchant: 'wrong' };
  expect(reported()).toEqual([{ type: 'key', ...about, state: 'refused' }]);
  expect(harness.dispatcher.troubledAccounts()).toEqual([
    { provider: 'memory', account: sharedAccount, breaker: 'closed', pausedMs: 0, refusedKeysOf: ['wrong'] },
  ]);
  const id = await harness.accept({ merchant: 'right', account: sharedAccount });
  await until(async () => (await harness.store.get('right', id))?.state === 'registered');
  expect(harness.dispatcher.troubledAccounts()).toHaveLength(1);

  wrong.usually = { kind: 'register' };
  await until(() => reported()?.length === 2);
  expect(reported()?.at(-1)).toEqual({ type: 'key', ...about, state: 'accepted' });
  expect(harness.dispatcher.troubledAccounts()).toEqual([]);
});

it('takes neither trouble on the way nor a refusal of the document for a success', async () => {
  const { wrong, harness } = start();
  await harness.accept({ merchant: 'wrong', account: sharedAccount });
  await until(() => reported()?.length === 1);
  wrong.usually = { kind: 'refuse' };
  await harness.accept({ merchant: 'wrong', account: sharedAccount });
  await until(() => harness.events.some((event) => event.type === 'attempt' && event.verdict === 'rejected'));
  await delay(5);
  expect(harness.dispatcher.troubledAccounts()).toHaveLength(1);
});

it('tells of a key that is refused and taken in turn once a minute', () => {
  const keys = new RefusedKeys();
  const name = { account: 'a', merchant: 'shop' };
  const refused = {
    kind: 'retry' as const,
    reason: { code: 'provider.unauthorized', message: '' },
    pauseMs: null,
  };
  const registered = { kind: 'registered' as const, reason: null, pauseMs: null };
  const heard = [0, 1, 59, 60].flatMap((second) => [
    keys.learn(name, refused, second * 1_000),
    keys.learn(name, registered, second * 1_000),
  ]);
  expect(heard).toEqual(['refused', 'accepted', null, null, null, null, 'refused', 'accepted']);
});
