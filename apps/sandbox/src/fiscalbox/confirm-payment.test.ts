import { afterEach, beforeEach, expect, test } from 'vitest';
import { Shop, soliqLink } from '../shop.fixture.js';
import { type Sandbox, startSandbox } from '../start-sandbox.js';

const transactionId = 'a12fc00f-5af5-65b8-adf8-74bff44680ee';
const otherLink = soliqLink.replace('r=2421', 'r=2422');
let sandbox: Sandbox;
let shop: Shop;

beforeEach(async () => {
  sandbox = await startSandbox({ clock: () => new Date('2023-01-04T08:00:00Z') });
  shop = new Shop(sandbox.url);
});

afterEach(async () => {
  await shop[Symbol.asyncDispose]();
  await sandbox.close();
});

test('anor is keyed by transaction_id and answers as documented', async () => {
  const reply = await shop.confirmAnor(transactionId);
  expect(reply.status).toBe(200);
  expect(reply.json()).toEqual({
    data: {
      message: 'Fiscalization completed successfully',
      error_code: 0,
      payment_id: expect.any(Number),
      transaction_id: transactionId,
    },
    error: null,
    is_success: true,
  });
});

test.each([
  ['click', { payment_id: 'p', inn: null, qr_code: soliqLink, status: 'successfully', error: null }],
  [
    'payme',
    {
      id: expect.any(Number),
      result: { receipt: { _id: 'p', create_time: 1672819200000, pay_time: 1672819200000 } },
      error: null,
    },
  ],
  [
    'uzum',
    {
      payment_id: 'p',
      payment_status: 'SUCCESS',
      error_code: '0',
      error_message: null,
      client_phone_number: null,
    },
  ],
])('%s is keyed by payment_id and answers as documented', async (wallet, data) => {
  const reply = await confirm(wallet, { payment_id: 'p', qr_code: soliqLink });
  expect(reply.json()).toEqual({ data, error: null, is_success: true });
});

test('the same link again gets the same answer and stays one confirmation', async () => {
  const first = await shop.confirmAnor(transactionId);
  const second = await shop.confirmAnor(transactionId);
  expect(second.text).toBe(first.text);
  expect(sandbox.journal().confirmations).toEqual([
    {
      wallet: 'anor',
      payment_id: transactionId,
      qr_code: soliqLink,
      at: '2023-01-04T08:00:00.000Z',
      repeats: 1,
    },
  ]);
});

test('another link for the same payment is a failure and changes nothing', async () => {
  await shop.confirmAnor(transactionId);
  const reply = await shop.confirmAnor(transactionId, otherLink);
  expect(reply.status).toBe(200);
  expect(reply.json()).toMatchObject({ data: null, error: { code: 104, data: null }, is_success: false });
  expect(sandbox.journal().confirmations).toMatchObject([{ qr_code: soliqLink, repeats: 0 }]);
});

test('equal ids of two wallets are two payments', async () => {
  await confirm('click', { payment_id: 'p', qr_code: soliqLink });
  await confirm('uzum', { payment_id: 'p', qr_code: otherLink });
  expect(sandbox.journal({ paymentId: 'p' }).confirmations).toHaveLength(2);
  expect(sandbox.journal({ paymentId: 'q' }).confirmations).toEqual([]);
});

test.each([
  ['no fields', {}, ['transaction_id', 'qr_code']],
  ['the other key', { payment_id: 'p', qr_code: soliqLink }, ['transaction_id', 'payment_id']],
  ['a link from elsewhere', { transaction_id: 'p', qr_code: 'https://example.com/check' }, ['qr_code']],
  ['no object', [], ['non_field_errors']],
])('%s: code 7 with a map from field to messages', async (_name, document, fields) => {
  const reply = await confirm('anor', document);
  expect(reply.status).toBe(200);
  expect(reply.json()).toMatchObject({ data: null, error: { code: 7, data: null }, is_success: false });
  const byField: Record<string, string[]> = JSON.parse(reply.error().message);
  expect(Object.keys(byField).sort()).toEqual(fields.sort());
  expect(sandbox.journal().confirmations).toEqual([]);
});

function confirm(wallet: string, document: unknown) {
  return shop.send({ target: `/payment/${wallet}_confirm`, document });
}
