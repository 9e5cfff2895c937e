import { createAtolClient } from '@fiscalkit/client/atol';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Shop } from '../shop.fixture.js';
import { type Sandbox, startSandbox } from '../start-sandbox.js';
import { sampleAtolGroups } from './group.js';

let time: number;
let sandbox: Sandbox;
let shop: Shop;

beforeEach(async () => {
  time = Date.parse('2026-03-14T09:05:31Z');
  sandbox = await startSandbox({ clock: () => new Date(time), registrationDelayMs: 300 });
  shop = new Shop(sandbox.url);
});

afterEach(async () => {
  await shop[Symbol.asyncDispose]();
  await sandbox.close();
});

interface Body {
  readonly token?: string;
  readonly uuid?: string;
  readonly error?: { readonly code: number; readonly text: string } | null;
}

async function call(target: string, sent?: object, token = ''): Promise<{ status: number; body: Body }> {
  const reply = await shop.send({
    target: `/possystem/${target}`,
    ...(sent && { document: sent }),
    headers: { token },
  });
  return { status: reply.status, body: reply.json() as Body };
}

/** Registers the correction of a version. */
async function register(version: 'v4' | 'v5', correction: object, operation = 'sell_correction') {
  const { code } = sampleAtolGroups.find((group) => group.version === version) ?? { code: '' };
  const login = { login: `${version}-online-atol-ru`, pass: 'sandbox' };
  const { body } = await call(`${version}/getToken`, login);
  const sent = { external_id: `${Math.random()}`, timestamp: '14.03.2026 12:05:31', correction };
  return call(`${version}/${code}/${operation}`, sent, body.token);
}

const info = { type: 'self', base_date: '13.03.2026' };
const seller = { inn: '5544332219', sno: 'osn', payment_address: 'shop.example' };
const plain = {
  company: seller,
  correction_info: { ...info, base_number: '0' },
  payments: [{ type: 1, sum: 100 }],
  vats: [{ type: 'vat22', sum: 18.03 }],
};
const item = { name: 'Tea', price: 100, quantity: 1, sum: 100, payment_method: 'full_payment' };
const marked = {
  company: { ...seller, email: 'shop@example.org' },
  correction_info: info,
  items: [{ ...item, measure: 0, payment_object: 1, vat: { type: 'vat22' } }],
  payments: [{ type: 1, sum: 100 }],
  total: 100,
};

describe('corrections of the emulated ATOL Online', () => {
  it.each([
    ['v4', plain, 'sell_correction'],
    ['v4', plain, 'buy_correction'],
    ['v5', marked, 'sell_correction'],
    ['v5', marked, 'buy_refund_correction'],
    [
      'v5',
      { ...marked, correction_info: { ...info, type: 'instruction', base_number: '1' } },
      'buy_correction',
    ],
  ] as const)('takes one of %s %#, and its books show it', async (version, correction, operation) => {
    const { status, body } = await register(version, correction, operation);
    expect({ status, error: body.error }).toEqual({ status: 200, error: null });
    time += 1_000;
    expect(sandbox.journal().atol).toMatchObject([
      { operation, total: 100, status: 'done', correction_info: correction.correction_info },
    ]);
    expect(sandbox.journal().atol[0]?.mark).not.toBeNull();
  });

  it.each([
    ['v4 without a number', 'v4', { ...plain, correction_info: info }],
    ['v4 without VAT', 'v4', { ...plain, vats: [] }],
    ['v4 with seven rates', 'v4', { ...plain, vats: Array.from({ length: 7 }, () => plain.vats[0]) }],
    ['v4 on the internet without a buyer', 'v4', { ...plain, internet: true }],
    ['v4 with a phone without its plus sign', 'v4', { ...plain, client: { phone: '79161234567' } }],
    ['v4 without sums', 'v4', { ...plain, payments: [] }],
    ['v5 with a number of its own', 'v5', { ...marked, correction_info: { ...info, base_number: '0' } }],
    ['v5 by order without one', 'v5', { ...marked, correction_info: { ...info, type: 'instruction' } }],
    ['v5 without items', 'v5', { ...marked, items: [] }],
    ['v5 with an unknown member', 'v5', { ...marked, vats: plain.vats, colour: 'red' }],
    [
      'v5 with another form of date',
      'v5',
      { ...marked, correction_info: { ...info, base_date: '2026-03-13' } },
    ],
  ] as const)('refuses one of %s', async (_, version, correction) => {
    expect(await register(version, correction)).toMatchObject({ status: 400, body: { error: { code: 32 } } });
    expect(sandbox.journal().atol).toEqual([]);
  });

  it('knows no corrections of refunds in v4, and no receipt where a correction belongs', async () => {
    expect(await register('v4', plain, 'sell_refund_correction')).toMatchObject({
      body: { error: { code: 31 } },
    });
    expect(await register('v4', plain, 'sell')).toMatchObject({ body: { error: { code: 32 } } });
  });

  it('registers what the client without a ledger sends, once', async () => {
    const settings = { version: 'v4', login: 'v4-online-atol-ru', password: 'sandbox', pollMs: 10 } as const;
    const client = createAtolClient({
      ...settings,
      groupCode: sampleAtolGroups[0]?.code ?? '',
      baseUrl: `${sandbox.url}/possystem`,
      clock: () => new Date(time),
    });
    const correction = {
      receipt_format: 'ru_1_05',
      merchant_id: 'shop',
      operation_type: 'sell_correction',
      correction_info: { type: 'self', base_date: '2026-03-13' },
      company: { inn: '5544332219', tax_system: 'osn', payment_address: 'shop.example' },
      vat_totals: [{ vat_code: 'vat_22', turnover: 100 }],
      settlements: [{ type: 'cash', sum: 100 }],
    } as const;
    const created = () => client.corrections.create(correction as never, { externalId: 'one' });
    const { uuid } = await created();
    expect(await created()).toMatchObject({ uuid });
    time += 1_000;
    expect(await client.receipts.waitFor(uuid)).toMatchObject({ status: 'registered' });
    await expect(client.corrections.create({ ...correction, vat_totals: [] } as never)).rejects.toThrow(
      expect.objectContaining({ code: 'correction.invalid' }),
    );
    await client.close();
  });
});
