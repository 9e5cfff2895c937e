import assert from 'node:assert/strict';
import type { RegistrationRequest } from '@fiscalkit/client';
import { createAtol } from '@fiscalkit/client/atol';
import { checkReceipt } from '@fiscalkit/schemas';
import type { Dispatcher } from 'undici';
import { sealed } from '../harness/target.js';
import { providerOutcome, ScriptedDispatcher, type WireOutcome } from '../inputs/provider-outcome.js';
import { soundReceipts } from '../inputs/sound-documents.js';
import { assertSane, wasTurnedAway } from '../oracles/assert-verdict.js';

/** Transport that logs everybody in, and answers every other request with one outcome. */
class LoggedInDispatcher extends ScriptedDispatcher {
  override dispatch(request: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler): boolean {
    if (!String(request.path).endsWith('/getToken')) return super.dispatch(request, handler);
    const login = new ScriptedDispatcher();
    login.outcome = { kind: 'answered', status: 200, headers: {}, body: '{"error":null,"token":"token"}' };
    return login.dispatch(request, handler);
  }
}

const clock = () => new Date('2026-03-01T10:00:00Z');
const dispatcher = new LoggedInDispatcher();
const credentials = { login: 'login', password: 'password', groupCode: 'group' } as const;
const provider = createAtol({ ...credentials, version: 'v4', dispatcher, clock });

const uuid = '2ea26f17-0884-4f08-b120-306fc096a58f';
const reference = 'reference';
const around = { uuid, timestamp: '14.03.2026 12:05:36', group_code: 'group', external_id: reference };
const failure = (type: string, code: number) => ({ error_id: '1', type, code, text: 'Текст' });
const payload = {
  total: 200.01,
  fn_number: '9999078900006286',
  receipt_datetime: '14.03.2026 12:05:00',
  fiscal_document_number: 133,
  fiscal_document_attribute: 3449555941,
  ofd_receipt_url: 'https://consumer.1-ofd-test.ru/v1?fn=9999078900006286',
};

const answers = [
  { ...around, status: 'wait', error: null },
  { ...around, status: 'done', error: null, payload },
  { ...around, status: 'fail', error: failure('driver', 144), payload: null },
  { ...around, status: 'fail', error: failure('driver', 2), payload: null },
  { ...around, status: 'fail', error: failure('timeout', 1), payload: null },
  { uuid, status: 'wait', error: failure('system', 33) },
  ...[0, 1, 10, 11, 30, 32, 34, 50].map((code) => ({ status: 'fail', error: failure('system', code) })),
];

function frozen(): RegistrationRequest {
  const company = { inn: '7709364346', payment_address: 'shop.example' };
  const checked = checkReceipt({ ...soundReceipts[0], company }, { now: clock(), merchantId: '542088' });
  if (!checked.ok) throw new Error('the sound receipt has faults');
  const identity = { reference, businessTime: clock() };
  return provider.freeze({ operation: 'receipt', document: { ...checked.receipt } }, identity);
}

const request = frozen();

/** Members of an answer, read independently of the product. */
function membersIn(outcome: WireOutcome): Readonly<Record<string, unknown>> {
  try {
    return outcome.kind === 'answered' ? Object(JSON.parse(outcome.body)) : {};
  } catch {
    return {};
  }
}

/** Whether the answer refuses token, login, group or version: then nothing was taken. */
function refusesAccess(outcome: WireOutcome): boolean {
  const { type, code } = Object(membersIn(outcome).error);
  const isOfService = typeof type === 'string' && type.trim().toLowerCase() === 'system';
  return isOfService && [10, 11, 12, 14, 20, 21].includes(Number(code));
}

/** Target: no answer of ATOL throws, registers unless it says so, or sends again what has a uuid. */
export const atolAnswers = sealed({
  name: 'answers-atol',
  input: providerOutcome(answers),
  async check(outcome) {
    dispatcher.outcome = outcome;
    const submitted = await provider.submit(request);
    const polled = await provider.poll(request, uuid);
    for (const verdict of [submitted, polled]) assertSane(verdict);
    assert.notEqual(submitted.kind, 'registered');
    const { status, error = null, external_id } = membersIn(outcome);
    const word = (typeof status === 'string' ? status : '').trim().toLowerCase();
    if (polled.kind === 'registered') {
      assert.equal(word, 'done');
      assert.ok(error === null || Object.keys(Object(error)).length === 0, 'registered beside an error');
      assert.ok(
        external_id == null ||
          (typeof external_id === 'string' && external_id.trim() === reference) ||
          external_id === '',
      );
    }
    if (polled.kind === 'rejected') assert.equal(word, 'fail');
    if (submitted.kind === 'retry') {
      assert.ok(
        wasTurnedAway(outcome) || refusesAccess(outcome),
        'sent again although it may have been taken',
      );
    }
  },
});
