import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Outcome } from '../../transport/outcome.js';
import { verdictOfRegistration, verdictOfStatusQuestion } from './answer-to-verdict.js';
import {
  content,
  document,
  type RecordedAnswer,
  reference,
  registrations,
  statuses,
} from './answers.fixture.js';
import { questionRules, registrationRules } from './error-rules.js';

const circumstances = { now: new Date('2026-03-14T09:06:00Z'), reference, pollAfterMs: 2000, secrets: [] };

type Answer = Pick<RecordedAnswer, 'status' | 'body' | 'headers'>;

function answered({ status, body, headers = {} }: Answer): Outcome {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return { kind: 'answered', status, headers, body: Buffer.from(text) };
}

function registration(answer: Answer) {
  return verdictOfRegistration(answered(answer), circumstances);
}

function status(answer: Answer, hasPages = false) {
  return verdictOfStatusQuestion(answered(answer), {
    ...circumstances,
    inn: '7727401209',
    content,
    hasPages,
  });
}

const page = '<html>504 Gateway Time-out</html>';

/** Every documented answer to a registration (sheet, section 6), and what follows. */
const documentedRegistrations: readonly [string, Answer, object][] = [
  ['201', registrations.taken, { kind: 'pending', providerDocumentId: reference, pollAfterMs: 2000 }],
  [
    '400 with errors',
    registrations.invalid,
    {
      kind: 'rejected',
      reason: {
        code: 'provider.rejected',
        httpStatus: 400,
        providerMessage: "Не указан идентификатор документа 'Id'; Не указан ИНН организации",
      },
    },
  ],
  [
    '400 of the signature',
    registrations.signature,
    { kind: 'retry', reason: { code: 'provider.unauthorized' } },
  ],
  ['401', registrations.certificate, { kind: 'retry', reason: { code: 'provider.unauthorized' } }],
  ['409', registrations.exists, { kind: 'pending', providerDocumentId: reference, pollAfterMs: 0 }],
  [
    '503 with a time to come back',
    registrations.full,
    { kind: 'retry', retryAfterMs: 7000, reason: { code: 'provider.unavailable', outage: true } },
  ],
  ['503 without', { status: 503, body: '' }, { kind: 'unknown', reason: { code: 'provider.unavailable' } }],
  ['500', { status: 500, body: '' }, { kind: 'unknown', reason: { outage: true } }],
  ['502', { status: 502, body: page }, { kind: 'unknown' }],
  ['413', { status: 413, body: '' }, { kind: 'rejected' }],
  ['414', { status: 414, body: '' }, { kind: 'rejected' }],
  ['415', { status: 415, body: '' }, { kind: 'rejected' }],
];

/** Every documented answer to a question (sheet, section 7), and what follows. */
const documentedStatuses: readonly [string, Answer, object][] = [
  ['200', statuses.done, { kind: 'registered' }],
  ['202', statuses.queued, { kind: 'pending', providerDocumentId: reference, pollAfterMs: 2000 }],
  ['400', statuses.unknown, { kind: 'unknown', reason: { code: 'provider.not-found' } }],
  [
    '400 of the organisation',
    statuses.noOrganisation,
    { kind: 'unknown', reason: { code: 'provider.uncertain' } },
  ],
  ['401', statuses.certificate, { kind: 'retry', reason: { code: 'provider.unauthorized' } }],
  [
    '422 with a list',
    statuses.marks,
    { kind: 'rejected', providerDocumentId: reference, reason: { providerCode: 'mark.5', httpStatus: 422 } },
  ],
  [
    '422 with errors',
    statuses.marksAsErrors,
    { kind: 'rejected', reason: { providerMessage: 'Код маркировки не прошёл проверку' } },
  ],
  [
    '524',
    statuses.expired,
    {
      kind: 'rejected',
      reissue: true,
      providerDocumentId: reference,
      reason: { providerCode: '524', outage: true },
    },
  ],
];

describe('an answer to a registration', () => {
  it.each(documentedRegistrations)('%s is judged as documented', (_, answer, verdict) => {
    expect(registration(answer)).toMatchObject(verdict);
  });

  it('covers every rule', () => {
    const seen = new Set(documentedRegistrations.map(([, answer]) => answer.status));
    expect([...registrationRules.keys()].filter((code) => !seen.has(code))).toEqual([]);
  });

  it.each<[string, Answer, string]>([
    ['201 beside errors', { status: 201, body: { errors: ['Ошибка'] } }, 'unknown'],
    ['200', { status: 200, body: '' }, 'unknown'],
    ['202', { status: 202, body: '' }, 'unknown'],
    ['a page with 409', { status: 409, body: page }, 'unknown'],
    ['a page with 400', { status: 400, body: page }, 'unknown'],
    ['400 without errors', { status: 400, body: { errors: [] } }, 'unknown'],
    ['errors that are no texts', { status: 400, body: { errors: [{}] } }, 'unknown'],
    ['errors said twice', { status: 400, body: '{"errors":["a"],"errors":["b"]}' }, 'unknown'],
    ['524', { status: 524, body: '' }, 'unknown'],
    ['422', { status: 422, body: [] }, 'unknown'],
    [
      'the signature beside another error',
      {
        status: 400,
        body: { errors: ['Подпись не прошла проверку', 'Не указан ИНН'] },
      },
      'rejected',
    ],
  ])('%s is %#', (_, answer, kind) => {
    expect(registration(answer).kind).toBe(kind);
  });
});

describe('an answer to a question', () => {
  it.each(documentedStatuses)('%s is judged as documented', (_, answer, verdict) => {
    expect(status(answer)).toMatchObject(verdict);
  });

  it('covers every rule', () => {
    const seen = new Set(documentedStatuses.map(([, answer]) => answer.status));
    expect([...questionRules.keys()].filter((code) => !seen.has(code))).toEqual([]);
  });

  it('has the fiscal mark on the clock of Moscow', () => {
    expect(status(statuses.done)).toEqual({
      kind: 'registered',
      registration: {
        providerDocumentId: reference,
        mark: {
          country: 'ru',
          fiscal_storage_number: '9999078900001341',
          fiscal_document_number: '117',
          fiscal_attribute: '2364009522',
          registered_at: '2026-03-14T12:05:00+03:00',
        },
        link: null,
        details: {
          ecr_registration_number: '0000000400054952',
          device_code: '0000000000001358',
          ofd_inn: '7728699517',
          fns_site: 'www.nalog.ru',
          shift_number: 20,
          fiscal_receipt_number: 5,
          total: 100,
        },
      },
    });
    expect(status(statuses.done, true)).toMatchObject({
      registration: { link: `https://cheques-lk.orangedata.ru/7727401209/${reference}` },
    });
  });

  it('keeps the zeros of a fiscal attribute', () => {
    const answer = { status: 200, body: { ...document, fp: '0064009522' } };
    expect(status(answer)).toMatchObject({ registration: { mark: { fiscal_attribute: '0064009522' } } });
  });

  it.each(['fsNumber', 'documentNumber', 'fp', 'processedAt'])('without %s is still pending', (name) => {
    const answer = { status: 200, body: { ...document, [name]: undefined } };
    expect(status(answer)).toMatchObject({ kind: 'pending', reason: { code: 'provider.unreadable' } });
  });

  it.each<[string, object]>([
    ['another id', { id: 'another' }],
    ['another organisation', { companyINN: '7709364346' }],
  ])('of %s is no answer', (_, change) => {
    const answer = { status: 200, body: { ...document, ...change } };
    expect(status(answer)).toMatchObject({ kind: 'unknown', reason: { code: 'provider.mismatch' } });
  });

  it.each<[string, object, string[]]>([
    ['total', { totalSum: 99 }, ['total']],
    ['operation', { type: 2 }, ['operation_type']],
    ['price', { positions: [{ ...content.positions[0], price: 49 }] }, ['positions.price']],
    ['quantity', { positions: [{ ...content.positions[0], quantity: '3' }] }, ['positions.quantity']],
    ['number of positions', { positions: [] }, ['positions']],
  ])('with another %s is doubtful', (_, change, differs) => {
    const answer = { status: 200, body: { ...document, content: { ...content, ...change } } };
    expect(status(answer)).toMatchObject({ kind: 'doubtful', reason: { candidates: [{ differs }] } });
  });

  it('with rewritten texts, or without a content, is registered', () => {
    const positions = [{ ...content.positions[0], text: 'TEA?', price: '50.00' }];
    for (const shown of [{ ...content, positions }, null]) {
      expect(status({ status: 200, body: { ...document, content: shown } }).kind).toBe('registered');
    }
  });

  it.each<[string, Answer, string]>([
    ['a page with 524', { status: 524, body: page }, 'unknown'],
    ['a page with 422', { status: 422, body: page }, 'unknown'],
    ['422 with nothing in it', { status: 422, body: [] }, 'unknown'],
    ['a page with 200', { status: 200, body: page }, 'unknown'],
    ['200 beside errors', { status: 200, body: { ...document, errors: ['Ошибка'] } }, 'unknown'],
    ['200 without an id', { status: 200, body: { ...document, id: undefined } }, 'unknown'],
    [
      '200 with an id twice',
      { status: 200, body: `{"id":"a",${JSON.stringify(document).slice(1)}` },
      'unknown',
    ],
    ['404', { status: 404, body: '' }, 'unknown'],
    ['413', { status: 413, body: '' }, 'unknown'],
    ['500', { status: 500, body: '' }, 'unknown'],
    ['429', { status: 429, body: '', headers: { 'retry-after': '1' } }, 'retry'],
  ])('%s ends no document', (_, answer, kind) => {
    expect(status(answer).kind).toBe(kind);
  });

  it('never registers, and never sends under a new id, unless its status says so', () => {
    const anything = fc.oneof(fc.json(), fc.string(), fc.constant(JSON.stringify(document)));
    fc.assert(
      fc.property(fc.integer({ min: 200, max: 599 }), anything, (code, body) => {
        const verdict = status({ status: code, body });
        if (verdict.kind === 'registered') expect(code).toBe(200);
        if (verdict.kind === 'rejected') expect([422, 524]).toContain(code);
        if (verdict.kind === 'rejected' && verdict.reissue) expect([code, body.trim()]).toEqual([524, '']);
      }),
    );
  });
});
