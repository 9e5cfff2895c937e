import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AnswerHeaders, Outcome } from '../../transport/outcome.js';
import { verdictOfCreation, verdictOfQuestion } from './answer-to-verdict.js';
import { freezeReceipt } from './freeze.js';
import { checkedReceipt, documentedReceipt, registeredFields } from './receipt.fixture.js';

const now = new Date('2023-04-10T12:00:00Z');
const company = { inn: '5544332219', tax_system: 'osn', payment_address: 'shop.example' };
const body = freezeReceipt({ operation: 'receipt', document: checkedReceipt({ company }) }, '542088');
const receiptId = 'adec9d48-be2a-4bf4-8ca1-3432fd8920c5';

function answered(status: number, body: unknown, headers: AnswerHeaders = {}): Outcome {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return { kind: 'answered', status, headers, body: new TextEncoder().encode(text) };
}

function creation(status: number, answer: unknown) {
  return verdictOfCreation(answered(status, answer), body, now);
}

function shown(changes: Record<string, unknown>) {
  return creation(200, { data: documentedReceipt(changes) });
}

/** Returns the documented positions, with the same change in each. */
function documentedPositions(change: Record<string, unknown>) {
  return (documentedReceipt().positions as Record<string, unknown>[]).map((position) => ({
    ...position,
    ...change,
  }));
}

const link =
  'https://consumer.1-ofd-test.ru/v1?fn=9999078900006286&fp=923085333&i=10605&t=20230329T173700&s=7&n=2';
const registered = {
  kind: 'registered',
  registration: {
    providerDocumentId: receiptId,
    mark: {
      country: 'ru',
      fiscal_storage_number: '9999078900006286',
      fiscal_document_number: '10605',
      fiscal_attribute: '923085333',
      registered_at: '2023-03-29T17:37:00+03:00',
    },
    link,
    details: { fiscal_provider_id: '5e402526-0c20-41c3-b30a-b52e7f903922' },
  },
};

describe('a receipt that the provider shows', () => {
  it('is pending as printed', () => {
    expect(shown({})).toEqual({ kind: 'pending', providerDocumentId: receiptId });
  });

  it('is registered as printed, with the mark on the clock of the register', () => {
    expect(shown(registeredFields)).toEqual(registered);
    expect(creation(201, { data: documentedReceipt(registeredFields) })).toEqual(registered);
    expect(shown({ ...registeredFields, registered_at: '29.03.202317:37:00' })).toEqual(registered);
  });

  it('takes the mark from the link when its fields are not there', () => {
    const { status } = registeredFields;
    expect(shown({ status, link: registeredFields.link })).toMatchObject({
      kind: 'registered',
      registration: { mark: registered.registration.mark },
    });
  });

  it('reads an Uzbek mark on the Uzbek clock', () => {
    const uzbek = {
      receipt_format: 'uz_1_0',
      fiscal_storage_number: 'UZ170703100597',
      fiscal_document_number: '2421',
      fiscal_attribute: '025561534771',
      link: null,
    };
    expect(shown({ ...registeredFields, ...uzbek })).toMatchObject({
      registration: {
        mark: {
          country: 'uz',
          terminal_id: 'UZ170703100597',
          receipt_number: '2421',
          fiscal_sign: '025561534771',
          registered_at: '2023-03-29T17:37:00+05:00',
        },
        link: null,
      },
    });
  });

  it.each([
    ['no mark', { status: 'registered' }],
    ['a mark that is none', { ...registeredFields, link: null, fiscal_attribute: '<b>ok</b>' }],
    ['an impossible time', { ...registeredFields, registered_at: '31.02.2023 17:37:00', link: null }],
    ['a link of somebody else', { status: 'registered', link: 'https://example.com/check' }],
    ['an impossible ISO time', { ...registeredFields, registered_at: '2023-02-31T17:37:00Z', link: null }],
  ])('stays pending, and says why, while it is called registered but has %s', (_, changes) => {
    expect(shown(changes)).toEqual({
      kind: 'pending',
      providerDocumentId: receiptId,
      reason: { code: 'provider.unreadable', message: expect.any(String) },
    });
  });

  it.each([
    { receipt_format: 'RU_1_05' },
    { receipt_format: 'ru-1.05' },
    { registered_at: '2023-03-29T17:37:00+03:00' },
    { registered_at: '2023-03-29T14:37:00Z' },
    { registered_at: '2023-03-29T14:37:00.000Z' },
    { registered_at: '2023-03-29T19:37:00+0500' },
    { registered_at: '2023-03-29T17:37:00' },
    { registered_at: '2023-03-29 17:37:00' },
  ])('is registered with a mark that is spelled otherwise: %j', (changes) => {
    const verdict = shown({ ...registeredFields, link: null, ...changes });
    expect(verdict).toMatchObject({ registration: { mark: registered.registration.mark } });
  });

  it.each(['rejected', 'failed', 'canceled', 'error'])('is rejected when its status is %s', (status) => {
    expect(shown({ status, error: { code: 68, message: 'Смена превысила 24 часа' } })).toEqual({
      kind: 'rejected',
      reason: {
        code: 'provider.rejected',
        message: expect.any(String),
        providerCode: '68',
        providerMessage: 'Смена превысила 24 часа',
      },
      providerDocumentId: receiptId,
    });
  });

  it.each([
    ['another payment', { payment_id: '1' }],
    ['another operation', { operation_type: 'sell_refund' }],
    ['a status that nobody knows', { status: 'sleeping' }],
    ['a payment that is not told', { payment_id: null }],
    ['a payment that is not told, and rejected', { payment_id: '', status: 'failed' }],
  ])('is asked for by its id when it is of %s', (_, changes) => {
    expect(shown({ ...registeredFields, ...changes })).toEqual({
      kind: 'pending',
      providerDocumentId: receiptId,
    });
  });

  it.each([
    ['a number for the id', { payment_id: 764239789 }],
    ['zeros before the id', { payment_id: '000764239789' }],
    ['an exponent', { payment_id: '7.64239789e8' }],
    ['zeros before the merchant', { merchant_id: '0000542088' }],
    ['a number for the tax number', { company: { inn: 5544332219 } }],
    ['a hidden tax number', { company: { inn: '55*******9' } }],
    ['the operation in capitals', { operation_type: 'SELL' }],
    ['an operation that nobody knows', { operation_type: 'income' }],
  ])('is registered in spite of %s', (_, changes) => {
    expect(shown({ ...registeredFields, ...changes })).toEqual(registered);
  });

  it.each([
    ['merchant_id', { merchant_id: 542089 }],
    ['company.inn', { company: { inn: '7707083893' } }],
    ['positions.payment_method', { positions: documentedPositions({ payment_method: 'full_prepayment' }) }],
    ['positions.payment_object', { positions: documentedPositions({ payment_object: 'service' }) }],
    ['positions.vat_code', { positions: documentedPositions({ vat_code: 'vat_120' }) }],
    ['positions.quantity', { positions: documentedPositions({ quantity: 3 }) }],
  ])('is doubtful, and keeps the id, when it is of another %s', (field, changes) => {
    for (const fields of [{}, registeredFields, { status: 'failed' }]) {
      expect(shown({ ...fields, ...changes })).toEqual({
        kind: 'doubtful',
        providerDocumentId: receiptId,
        reason: {
          code: 'provider.doubtful',
          message: expect.any(String),
          candidates: [{ providerDocumentId: receiptId, differs: [field] }],
        },
      });
    }
  });

  it('is registered when its payment comes as a number of more digits than a double holds', () => {
    const frozen = freezeReceipt(
      { operation: 'receipt', document: checkedReceipt({ payment_id: '90071992547409931' }) },
      '542088',
    );
    const answer = JSON.stringify({
      data: documentedReceipt({ ...registeredFields, payment_id: 'PAYMENT' }),
    });
    const text = answer.replace('"PAYMENT"', '90071992547409931');
    expect(verdictOfCreation(answered(200, text), frozen, now)).toEqual(registered);
  });

  it('is unreadable without an id', () => {
    expect(shown({ receipt_id: null })).toMatchObject({
      kind: 'unknown',
      reason: { code: 'provider.unreadable' },
    });
  });

  it.each([
    ['an id that would lead elsewhere', { data: documentedReceipt({ receipt_id: '../merchants' }) }],
    ['two receipts', { data: [documentedReceipt(), documentedReceipt({ receipt_id: 'other' })] }],
  ])('is doubtful with %s: it is not sent again', (_, answer) => {
    expect(creation(201, answer)).toEqual({
      kind: 'doubtful',
      reason: { code: 'provider.doubtful', message: expect.any(String) },
    });
  });

  it.each([
    ['without an envelope', JSON.stringify({ receipt_id: 'the-id', status: 'pending' })],
    ['in a list', JSON.stringify({ data: [{ receipt_id: 'the-id' }] })],
    ['one object deeper', JSON.stringify({ data: { receipt: { receipt_id: 'the-id' } } })],
    ['in another envelope', JSON.stringify({ result: { receiptId: 'the-id' } })],
    ['called id at the top', JSON.stringify({ id: 'the-id' })],
    ['called id beside one of the request', JSON.stringify({ id: 'request', data: { id: 'the-id' } })],
    ['called id, one object deeper', JSON.stringify({ data: { receipt: { id: 'the-id' } } })],
    ['called id in a list', JSON.stringify({ data: [{ id: 'the-id' }] })],
    ['called id', JSON.stringify({ data: { id: 'the-id', state: 'queued' } })],
    ['in JSON that breaks off', '{"data":{"receipt_id":"the-id","positions":[{"name":"'],
  ])('is asked for when its id stands %s', (_, answer) => {
    expect(creation(200, answer)).toEqual({ kind: 'pending', providerDocumentId: 'the-id' });
  });

  it.each(['data', 'result', 'receipt'])('is asked for when %s is nothing but its id', (member) => {
    expect(creation(200, { [member]: receiptId })).toEqual({
      kind: 'pending',
      providerDocumentId: receiptId,
    });
    expect(creation(200, { [member]: 'accepted' }).kind).toBe('unknown');
  });

  it.each([200, 201, 202, 204, 302, 303, 409, 500, 502])('is asked for when %i leads to it', (status) => {
    for (const location of ['/v5/receipts/the-id', 'https://api.example.com/v5/receipts/the-id/?utc=5']) {
      const outcome = answered(status, '', { location });
      expect(verdictOfCreation(outcome, body, now)).toEqual({
        kind: 'pending',
        providerDocumentId: 'the-id',
      });
    }
    const elsewhere = answered(status, '', { location: 'https://example.com/v5/receipts' });
    expect(verdictOfCreation(elsewhere, body, now).kind).toBe('unknown');
  });

  it.each([302, 409, 418, 500, 503])('is asked for when %i names it', (status) => {
    const pending = { kind: 'pending', providerDocumentId: 'the-id' };
    expect(creation(status, { error: { message: 'It exists.', receipt_id: 'the-id' } })).toEqual(pending);
    expect(creation(status, { data: { receipt_id: 'the-id' } })).toEqual(pending);
    expect(creation(status, { id: 'trace-1', error: { id: 'error-1' } }).kind).toBe('unknown');
    expect(creation(status, { data: [{ receipt_id: 'one' }, { receipt_id: 'other' }] }).kind).toBe(
      'doubtful',
    );
  });

  it('is asked for by a number with all of its digits', () => {
    const answer = '{"data":{"receipt_id":12345678901234567890,"status":"queued"}}';
    expect(creation(200, answer)).toEqual({ kind: 'pending', providerDocumentId: '12345678901234567890' });
  });
});

describe('a creation that the provider refuses', () => {
  const error = {
    message: 'Error validating transmitted data.',
    errors: { name: ['The field is required.'] },
  };

  it.each([400, 422])('is rejected by %i with the body of an error', (status) => {
    expect(creation(status, { error: { ...error, code: 100101 } })).toEqual({
      kind: 'rejected',
      reason: {
        code: 'provider.rejected',
        message: expect.any(String),
        httpStatus: status,
        providerCode: '100101',
        providerMessage: error.message,
      },
    });
    expect(creation(status, { error })).toMatchObject({ kind: 'rejected' });
  });

  it.each([400, 422])('is unknown by %i without one', (status) => {
    for (const body of ['<html>', '', '[]', 'null', { error: null }, { error: 'bad' }]) {
      expect(creation(status, body)).toMatchObject({ kind: 'unknown' });
    }
  });

  it('is not rejected by a server that fails, whatever its body says', () => {
    expect(creation(500, { error })).toMatchObject({ kind: 'unknown' });
  });
});

describe('a question about a receipt', () => {
  const question = (outcome: Outcome) => verdictOfQuestion(outcome, { receiptId, body, now });

  it('brings the state of the receipt', () => {
    expect(question(answered(200, { data: documentedReceipt() })).kind).toBe('pending');
    expect(question(answered(200, { data: documentedReceipt(registeredFields) }))).toEqual(registered);
    expect(question(answered(200, { data: documentedReceipt({ status: 'failed' }) })).kind).toBe('rejected');
  });

  it.each([400, 401, 403, 404, 409, 413, 415, 422, 429, 500, 503])('learns nothing from %i', (status) => {
    expect(question(answered(status, { error: { message: 'x' } })).kind).toBe('unknown');
  });

  it.each([
    ['payment_id', { payment_id: '1' }],
    ['operation_type', { operation_type: 'sell_refund' }],
    ['positions.payment_method', { positions: documentedPositions({ payment_method: 'full_prepayment' }) }],
    ['positions.vat_code', { positions: documentedPositions({ vat_code: 'vat_120' }) }],
    ['positions.quantity', { positions: documentedPositions({ quantity: 3 }) }],
  ])('is doubtful, and keeps the id, when the receipt is of another %s', (field, changes) => {
    expect(question(answered(200, { data: documentedReceipt({ ...registeredFields, ...changes }) }))).toEqual(
      {
        kind: 'doubtful',
        providerDocumentId: receiptId,
        reason: {
          code: 'provider.doubtful',
          message: expect.any(String),
          candidates: [{ providerDocumentId: receiptId, differs: [field] }],
        },
      },
    );
  });

  it.each([
    ['null', { data: null }],
    ['an empty list', { data: [] }],
  ])('learns from %s that the id is not known', (_, answer) => {
    expect(question(answered(200, answer))).toMatchObject({
      kind: 'unknown',
      reason: { code: 'provider.not-found' },
    });
  });

  it('learns nothing from silence or from another receipt', () => {
    expect(question({ kind: 'refused', code: 'provider.refused' }).kind).toBe('unknown');
    expect(question({ kind: 'interrupted', code: 'provider.timeout' }).kind).toBe('unknown');
    expect(question(answered(200, { data: documentedReceipt({ receipt_id: 'other' }) }))).toMatchObject({
      kind: 'unknown',
      reason: { code: 'provider.mismatch' },
    });
  });
});

describe('whatever a provider sends', () => {
  it('gets a verdict, and never more than the provider said', () => {
    const receipts = fc.record(
      { receipt_id: fc.string(), status: fc.string(), link: fc.string(), payment_id: fc.jsonValue() },
      { requiredKeys: [] },
    );
    const bodies = fc.oneof(
      fc.jsonValue(),
      fc.record({ data: receipts }),
      fc.record({ error: fc.jsonValue() }),
    );
    fc.assert(
      fc.property(fc.integer({ min: 200, max: 599 }), bodies, (status, answer) => {
        expect(creation(status, answer).kind).not.toBe('registered');
        expect(verdictOfQuestion(answered(status, answer), { receiptId, body, now }).kind).not.toBe(
          'registered',
        );
      }),
    );
  });
});
