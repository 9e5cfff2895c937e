import assert from 'node:assert/strict';
import type { RegistrationRequest } from '@fiscalkit/client';
import { createFreedompay } from '@fiscalkit/client/freedompay';
import { checkReceipt } from '@fiscalkit/schemas';
import { sealed } from '../harness/target.js';
import { providerOutcome, ScriptedDispatcher, type WireOutcome } from '../inputs/provider-outcome.js';
import { soundReceipts } from '../inputs/sound-documents.js';
import { assertSane, wasTurnedAway } from '../oracles/assert-verdict.js';

const clock = () => new Date('2026-03-01T10:00:00Z');
const dispatcher = new ScriptedDispatcher();
const settings = { merchantId: '542088', secretKey: 'secret_key', dispatcher, clock };
const provider = createFreedompay(settings);

const receiptId = 'adec9d48-be2a-4bf4-8ca1-3432fd8920c5';

const shown = {
  merchant_id: '542088',
  receipt_id: receiptId,
  operation_type: 'sell',
  receipt_format: 'ru_1_05',
  status: 'registered',
  fiscal_document_number: 10605,
  fiscal_storage_number: '9999078900006286',
  fiscal_attribute: 923085333,
  registered_at: '29.03.2023 17:37:00',
  created_at: '01.03.2026 15:00:00',
  fiscal_provider_id: '5e402526-0c20-41c3-b30a-b52e7f903922',
  positions: soundReceipts[0]?.positions,
  total: 200.01,
  settlements: [{ type: 'cashless', sum: 200.01 }],
  error: null,
  link: 'https: //consumer.1-ofd-test.ru/v1?fn=9999078900006286&fp=923085333&i=10605&t=20230329T173700&s=7&n=2',
  payment_id: '764239790',
};
const pending = { ...shown, status: 'pending', fiscal_document_number: '', registered_at: null, link: null };

const answers = [
  { data: shown },
  { data: pending },
  { data: { ...shown, status: 'failed', error: { code: 'ofd.refused', message: 'no' } } },
  { data: [shown, { ...pending, receipt_id: 'b' }] },
  { data: [] },
  { error: { message: 'invalid', code: 'positions', errors: { positions: ['required'] } } },
  { error: { message: 'invalid', code: `${'a'.repeat(40)}!` } },
];

function frozen(): RegistrationRequest {
  const checked = checkReceipt(soundReceipts[0], { now: clock(), merchantId: '542088' });
  if (!checked.ok) throw new Error('the sound receipt has faults');
  const identity = { reference: 'reference', businessTime: clock() };
  return provider.freeze({ operation: 'receipt', document: { ...checked.receipt } }, identity);
}

const request = frozen();

/** Facts of an answer about one receipt, read independently of the product. */
function statusIn(outcome: WireOutcome): unknown {
  if (outcome.kind !== 'answered') return undefined;
  try {
    const status = JSON.parse(outcome.body)?.data?.status;
    return typeof status === 'string' ? status.trim().toLowerCase() : undefined;
  } catch {
    return undefined;
  }
}

/** Whether the answer names a receipt, as a refusal may; a success may be only an id. */
function mayNameAReceipt(outcome: WireOutcome): boolean {
  if (outcome.kind !== 'answered') return false;
  const isSuccess = outcome.status >= 200 && outcome.status < 300;
  return /id/i.test(outcome.body) || (isSuccess && /\d/.test(outcome.body));
}

/** Target: no answer of the receipts API throws, registers unless it says so, or resends what was processe */
export const freedompayAnswers = sealed({
  name: 'answers-freedompay',
  input: providerOutcome(answers),
  async check(outcome) {
    dispatcher.outcome = outcome;
    const submitted = await provider.submit(request);
    const polled = await provider.poll(request, receiptId);
    const found = await provider.find(request, { since: clock(), boundDocumentIds: new Set() });
    for (const verdict of [submitted, polled, found]) assertSane(verdict);
    for (const { kind } of [submitted, polled]) {
      if (kind === 'registered') assert.equal(statusIn(outcome), 'registered');
    }
    if (polled.kind === 'pending') assert.match(String(statusIn(outcome)), /^(registered|pending)$/);
    if (submitted.kind === 'pending' || submitted.kind === 'doubtful') assert.ok(mayNameAReceipt(outcome));
    if (submitted.kind === 'retry')
      assert.ok(wasTurnedAway(outcome), 'sent again although it may have been processed');
    assert.notEqual(polled.kind, 'retry');
    if (found.kind === 'absent') assert.ok(outcome.kind === 'answered' && outcome.status === 200);
  },
});
