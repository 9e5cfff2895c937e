import { afterEach, expect, it } from 'vitest';
import { type Harness, openHarness } from '../gateway.fixture.js';

let harness: Harness;
afterEach(() => harness.close());

const receipt = {
  receipt_format: 'ru_1_2',
  merchant_id: 542088,
  payment_id: 764239789,
  operation_type: 'sell',
  customer: { email: 'buyer@example.com' },
  positions: [
    {
      name: 'Tea',
      price: 50,
      quantity: 2,
      vat_code: 'vat_22',
      payment_method: 'full_payment',
      payment_object: 'goods',
    },
  ],
  settlements: [{ type: 'cashless', sum: 100 }],
};

/** Opens a gateway whose merchant registers through the emulated ATOL Online. */
async function openWithAtol(): Promise<Harness> {
  const environment = {
    FISCALKIT_PROVIDER: 'atol',
    FISCALKIT_ATOL_VERSION: 'v5',
    FISCALKIT_ATOL_GROUP_CODE: 'v5-online-atol-ru_5179',
    FISCALKIT_ATOL_LOGIN: 'v5-online-atol-ru',
    FISCALKIT_ATOL_PASSWORD: 'sandbox',
    FISCALKIT_ATOL_POLL_MS: '20',
  };
  return openHarness((url) => ({ ...environment, FISCALKIT_ATOL_URL: `${url}/possystem` }));
}

it('a merchant registers receipts through ATOL Online, and a lost answer makes no second one', async () => {
  harness = await openWithAtol();
  harness.sandbox.faults.add({ endpoint: 'atol.register', times: 1, fault: { kind: 'drop-after' } });
  const body = JSON.stringify(receipt);
  const { status, body: answer } = await harness.signed({
    method: 'POST',
    path: '/v5/receipts?wait=20000',
    body,
  });
  expect(status).toBe(200);
  expect(answer.data).toMatchObject({ status: 'registered', fiscal_document_number: '1' });
  expect(harness.sandbox.journal().atol).toMatchObject([{ status: 'done', operation: 'sell' }]);
});

it('a receipt that ATOL can not carry is refused at once, with the path of its field', async () => {
  harness = await openWithAtol();
  const { status, body } = await harness.signed({
    method: 'POST',
    body: JSON.stringify({ ...receipt, receipt_method: 'together' }),
  });
  expect(status).toBe(422);
  expect(body.error).toMatchObject({
    code: 'provider.unsupported',
    faults: [{ code: 'provider.unsupported', path: '$.receipt_method' }],
  });
  expect(harness.sandbox.journal().requests['atol.register']).toBe(0);
});
