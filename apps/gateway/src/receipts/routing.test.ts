import { afterEach, expect, it } from 'vitest';
import { type Harness, openHarness } from '../gateway.fixture.js';
import { sale } from '../receipt.fixture.js';

let harness: Harness;
afterEach(() => harness.close());

/** Opens a gateway whose merchant prefers ATOL, protocol v5, and has FreedomPay as well. */
async function open(given: Record<string, string> = {}): Promise<Harness> {
  harness = await openHarness((url) => ({
    FISCALKIT_PROVIDER: 'atol, freedompay',
    FISCALKIT_ATOL_VERSION: 'v5',
    FISCALKIT_ATOL_GROUP_CODE: 'v5-online-atol-ru_5179',
    FISCALKIT_ATOL_LOGIN: 'v5-online-atol-ru',
    FISCALKIT_ATOL_PASSWORD: 'sandbox',
    FISCALKIT_ATOL_POLL_MS: '20',
    FISCALKIT_ATOL_URL: `${url}/possystem`,
    ...given,
  }));
  return harness;
}

async function create(format: 'ru_1_05' | 'ru_1_2', waitMs = 20_000) {
  const receipt = sale({ receipt_format: format, payment_id: format });
  const path = `/v5/receipts?wait=${waitMs}`;
  return (await harness.signed({ method: 'POST', path, body: JSON.stringify(receipt) })).body.data;
}

function admin(path: string, body?: object) {
  return harness.send(`/admin/entries${path}`, {
    method: body ? 'POST' : 'GET',
    headers: { 'content-type': 'application/json', authorization: 'Bearer demo-admin-key' },
    ...(body && { body: JSON.stringify(body) }),
  });
}

it('a receipt goes to the first provider that takes its format', async () => {
  const { sandbox } = await open();
  expect(await create('ru_1_2')).toMatchObject({ status: 'registered' });
  expect(await create('ru_1_05')).toMatchObject({ status: 'registered' });
  const { atol, receipts } = sandbox.journal();
  expect([atol.length, receipts.map(({ payment_id }) => payment_id)]).toEqual([1, ['ru_1_05']]);
});

it('a receipt that waits goes elsewhere by an act of an administrator, and only there', async () => {
  const { sandbox } = await open({ FISCALKIT_ATOL_PASSWORD: 'wrong' });
  const { receipt_id } = await create('ru_1_2', 300);
  const reason = 'The password is being changed.';
  const unknown = await admin(`/${receipt_id}/move`, { reason, account: 'nobody' });
  expect([unknown.status, unknown.body.error.code]).toEqual([409, 'account.unknown']);
  const moved = await admin(`/${receipt_id}/move`, { reason, account: `542088@${sandbox.url}` });
  expect([moved.status, moved.body.data.provider]).toEqual([200, 'freedompay']);
  expect(await create('ru_1_2')).toMatchObject({ status: 'registered', receipt_id: moved.body.data.id });
  const { atol, receipts } = sandbox.journal();
  expect([atol.length, receipts.length]).toEqual([0, 1]);
  const { body } = await admin(`/${receipt_id}`);
  expect(body.data).toMatchObject({ state: 'rejected', superseded_by: moved.body.data.id });
  expect(body.data.journal.at(-2).details).toMatchObject({ action: 'resolve', by: 'admin', reason });
});
