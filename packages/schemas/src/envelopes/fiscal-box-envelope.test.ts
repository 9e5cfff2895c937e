import { describe, expect, it } from 'vitest';
import { documentedAnswer } from '../examples/confirmations.js';
import { fiscalBoxEnvelopeSchema, fiscalBoxFailure, fiscalBoxSuccess } from './fiscal-box-envelope.js';

const failure = (code: string | null, message: string | null) => ({
  data: null,
  error: { code, message },
  is_success: false,
});

describe('fiscalBoxEnvelopeSchema', () => {
  it.each([
    ['the documented answer', documentedAnswer, documentedAnswer],
    [
      'a success without data',
      { is_success: true, error: null },
      { data: null, error: null, is_success: true },
    ],
    ['a wrapped success', { result: documentedAnswer }, documentedAnswer],
    [
      'a wrapped failure',
      { result: fiscalBoxFailure({ code: 7, message: 'no', data: [] }) },
      failure('7', 'no'),
    ],
    [
      'a failure',
      fiscalBoxFailure({ code: 104, message: 'BILLING_ERROR', data: null }),
      failure('104', 'BILLING_ERROR'),
    ],
    ['a failure in words', { data: null, error: 'no', is_success: false }, failure(null, 'no')],
    ['a success with an empty error', { ...documentedAnswer, error: '' }, documentedAnswer],
    ['a success with the error 0', { ...documentedAnswer, error: 0 }, documentedAnswer],
    [
      'a success with an error that is true',
      { ...documentedAnswer, error: true },
      { ...documentedAnswer, error: { code: null, message: null } },
    ],
    ['a failure of other shape', { data: null, error: {}, is_success: false }, failure(null, null)],
    ['a flat failure', { status: 'failed', message: 'no', error_code: -31001 }, failure('-31001', 'no')],
    [
      'a failure that has data and no error',
      { data: { status: 3 }, error: null, is_success: false },
      { data: { status: 3 }, error: null, is_success: false },
    ],
  ])('reads %s', (_name, answer, read) => {
    expect(fiscalBoxEnvelopeSchema.parse(answer)).toEqual(read);
  });

  it.each([
    [{}],
    [null],
    ['OK'],
    [{ is_success: 'true' }],
    [{ result: {} }],
    [{ error_code: 0 }],
    [{ error_code: '' }],
    [{ is_success: 1, data: documentedAnswer.data }],
    [{ data: {} }],
  ])('refuses %j', (answer) => {
    expect(fiscalBoxEnvelopeSchema.safeParse(answer).success).toBe(false);
  });
});

it('envelopes are built in the documented order of keys', () => {
  expect(JSON.stringify(fiscalBoxSuccess(documentedAnswer.data))).toBe(JSON.stringify(documentedAnswer));
  expect(JSON.stringify(fiscalBoxFailure({ message: 'no', data: null, code: 7 }))).toBe(
    '{"data":null,"error":{"code":7,"message":"no","data":null},"is_success":false}',
  );
});
