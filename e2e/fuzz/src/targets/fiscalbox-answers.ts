import assert from 'node:assert/strict';
import { createFiscalbox } from '@fiscalkit/client/fiscalbox';
import { type Wallet, wallets } from '@fiscalkit/schemas';
import fc from 'fast-check';
import { sealed } from '../harness/target.js';
import { providerOutcome, ScriptedDispatcher, type WireOutcome } from '../inputs/provider-outcome.js';
import { soliqLinks } from '../inputs/sound-documents.js';
import { assertSane, wasTurnedAway } from '../oracles/assert-verdict.js';
import { namesSuccess } from '../oracles/names-success.js';

const clock = () => new Date('2026-03-01T10:00:00Z');
const dispatcher = new ScriptedDispatcher();
const provider = createFiscalbox({ dispatcher, clock });

const link = soliqLinks[0] ?? '';

/** Payments that are confirmed, and the answers of each wallet. */
const payments: Readonly<Record<Wallet, { readonly id: string; readonly data: object }>> = {
  anor: {
    id: 'a12f',
    data: {
      message: 'Fiscalization completed successfully',
      error_code: 0,
      payment_id: 123456,
      transaction_id: 'a12f',
    },
  },
  click: {
    id: '4710103925',
    data: { payment_id: 4710103925, inn: null, qr_code: link, status: 'successfully', error: null },
  },
  payme: {
    id: '696e',
    data: {
      id: 123,
      result: { receipt: { _id: '696e', create_time: 1768816711011, pay_time: 1768816711555 } },
      error: null,
    },
  },
  uzum: {
    id: 'bb75',
    data: {
      payment_id: 'bb75',
      payment_status: 'SUCCESS',
      error_code: '0',
      error_message: null,
      client_phone_number: '998712565009',
    },
  },
};
const data = Object.values(payments).map((payment) => payment.data);

/** Values of other types in fields that report a failure. */
const oddMembers = [
  { error: -5017 },
  { error: { code: -1 } },
  { error_code: { code: 5 } },
  { errorCode: 17 },
  { Error: 'no' },
  { status: 'FAILED' },
  { payment_status: 'REVERSED' },
  { payment_status: 'PROCESSING', status: 'PROCESSING' },
  { payment_id: '999', transaction_id: '999' },
  { qr_code: soliqLinks[1] },
  { result: { receipt: { _id: '999' }, error: { code: -1 } } },
];
const failures = [
  { data: null, error: { code: 7, message: 'VALIDATION', data: null }, is_success: false },
  { data: null, error: { code: 105, message: 'BILLING_ERROR' }, is_success: false },
  { data: null, error: null, is_success: false },
  { status: 400, message: 'no', error_code: 104 },
];
const answers = [
  ...data.map((each) => ({ data: each, error: null, is_success: true })),
  ...data.map((each) => ({ result: { data: each, error: null, is_success: true } })),
  ...data.flatMap((each) =>
    oddMembers.map((odd) => ({ data: { ...each, ...odd }, error: null, is_success: true })),
  ),
  ...data.map((each) => ({ data: each, error: null, is_success: true, errorCode: 17 })),
  ...failures,
];

const names = Object.keys(wallets) as Wallet[];

const requestOf = (wallet: Wallet) =>
  provider.freeze(
    {
      operation: `confirmation.${wallet}`,
      document: { [wallets[wallet].key]: payments[wallet].id, qr_code: link },
    },
    { reference: 'reference', businessTime: clock() },
  );

/** Whether the answer names the success of this payment. */
function saysSuccess(wallet: Wallet, outcome: WireOutcome): boolean {
  const sent = { wallet, paymentId: payments[wallet].id, link };
  return outcome.kind === 'answered' && namesSuccess(sent, outcome.body);
}

/** Whether the answer is JSON that reports a failure in words: FiscalBox does so with HTTP 200 and 400. */
function reportsFailure(outcome: WireOutcome): boolean {
  if (outcome.kind !== 'answered' || !(outcome.status < 300 || outcome.status === 400)) return false;
  return /"(error|error_code|is_success|status|payment_status)"/.test(outcome.body);
}

/** Target: no answer of FiscalBox throws, registers without a named success, or resends without a failure. */
export const fiscalboxAnswers = sealed({
  name: 'answers-fiscalbox',
  input: fc.record({ wallet: fc.constantFrom(...names), outcome: providerOutcome(answers) }),
  async check({ wallet, outcome }) {
    dispatcher.outcome = outcome;
    const verdict = await provider.submit(requestOf(wallet));
    assertSane(verdict);
    assert.notEqual(verdict.kind, 'pending');
    if (verdict.kind === 'registered') {
      assert.ok(saysSuccess(wallet, outcome), 'registered, although the answer does not say so');
      const { details } = verdict.registration;
      assert.ok(
        !('client_phone_number' in details) || details.client_phone_number === null,
        'keeps a phone number',
      );
    }
    if (verdict.kind === 'retry') assert.ok(wasTurnedAway(outcome) || reportsFailure(outcome));
  },
});
