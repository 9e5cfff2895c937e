import { createFiscalbox } from '@fiscalkit/client/fiscalbox';
import { type Wallet, wallets } from '@fiscalkit/schemas';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Shop, soliqLink } from '../shop.fixture.js';
import { type Sandbox, startSandbox } from '../start-sandbox.js';
import { type OddConfirmation, oddConfirmationNames, oddConfirmations } from './odd-confirmations.js';

const walletNames = Object.keys(wallets) as Wallet[];
const paymentId = '4710103925';
const otherLink = soliqLink.replace('r=2421', 'r=2422');

/** Answers that report success for this payment and this link, in whatever form. */
const believed: readonly OddConfirmation[] = ['success-recased', 'result-around'];

let sandbox: Sandbox;
let shop: Shop;
beforeAll(async () => {
  sandbox = await startSandbox();
  shop = new Shop(sandbox.url);
});
afterEach(() => {
  sandbox.faults.clear();
  sandbox.reset();
});
afterAll(async () => {
  await shop[Symbol.asyncDispose]();
  await sandbox.close();
});

function answerAs(as: OddConfirmation) {
  sandbox.faults.add({ endpoint: 'payments.*', times: 1, fault: { kind: 'confirm-as', as } });
}

function documentOf(wallet: Wallet) {
  return { [wallets[wallet].key]: paymentId, qr_code: soliqLink };
}

async function answerTo(wallet: Wallet, as: OddConfirmation) {
  answerAs(as);
  return (await shop.send({ target: `/payment/${wallet}_confirm`, document: documentOf(wallet) })).json();
}

describe.each(walletNames)('a confirmation of %s', (wallet) => {
  it.each(oddConfirmationNames)('answered as %s is registered only if success is reported', async (as) => {
    const provider = createFiscalbox({ baseUrl: sandbox.url, allowPrivateAddresses: true });
    const request = provider.freeze(
      { operation: `confirmation.${wallet}`, document: documentOf(wallet) },
      { reference: 'r', businessTime: new Date() },
    );
    answerAs(as);
    const { kind } = await provider.submit(request);
    if (believed.includes(as)) expect(kind).toBe('registered');
    else expect(['retry', 'unknown']).toContain(kind);
    expect(sandbox.journal().confirmations).toHaveLength(oddConfirmations[as].attached ? 1 : 0);

    expect(await provider.submit(request)).toMatchObject({ kind: 'registered' });
    expect(sandbox.journal().confirmations).toHaveLength(1);
    await provider.close();
  });
});

it('a failure comes in the type, the spelling and the place of the fault', async () => {
  expect(await answerTo('click', 'error-number')).toMatchObject({ data: { error: -5017 }, is_success: true });
  expect(await answerTo('anor', 'error-object')).toMatchObject({ data: { error_code: { code: -5017 } } });
  expect(await answerTo('payme', 'error-list')).toMatchObject({ data: { error: [-5017] } });
  expect(await answerTo('uzum', 'error-flag')).toMatchObject({ data: { error_code: true } });
  expect(await answerTo('anor', 'error-renamed')).toMatchObject({
    data: { error_code: 0, errorCode: -5017 },
  });
  expect(await answerTo('anor', 'error-recased')).toMatchObject({ data: { ERROR_CODE: -5017 } });
  expect(await answerTo('payme', 'error-nested')).toMatchObject({
    data: { result: { error: { code: -5017 }, receipt: { _id: paymentId } } },
  });
  expect(await answerTo('click', 'error-beside')).toMatchObject({ error: -5017, is_success: true });
  expect(await answerTo('uzum', 'word-recased')).toMatchObject({ data: { payment_status: 'failed' } });
  expect(await answerTo('click', 'word-recased')).toMatchObject({ data: { status: 'FAILED' } });
  expect(await answerTo('uzum', 'data-empty')).toEqual({ data: {}, error: null, is_success: true });
  expect(sandbox.journal().confirmations).toEqual([]);
});

it('an answer can be about another payment or link although this one is confirmed', async () => {
  expect(await answerTo('uzum', 'other-payment')).toMatchObject({ data: { payment_id: `${paymentId}9` } });
  expect(await answerTo('click', 'other-link')).toMatchObject({ data: { qr_code: otherLink } });
  expect(sandbox.journal().confirmations).toMatchObject([
    { wallet: 'uzum', payment_id: paymentId, qr_code: soliqLink },
    { wallet: 'click', payment_id: paymentId, qr_code: soliqLink },
  ]);
});

it('the fault does not apply to receipts', () => {
  expect(() =>
    sandbox.faults.add({ endpoint: 'receipts.*', fault: { kind: 'confirm-as', as: 'error-number' } }),
  ).toThrow(expect.objectContaining({ code: 'sandbox.fault.invalid' }));
});
