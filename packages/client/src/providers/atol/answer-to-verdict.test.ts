import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Outcome } from '../../transport/outcome.js';
import { verdictOfRegistration, verdictOfReport } from './answer-to-verdict.js';
import {
  failed,
  payload,
  type RecordedAnswer,
  reference,
  registrations,
  reports,
  uuid,
} from './answers.fixture.js';
import { errorRules } from './error-rules.js';

const circumstances = {
  now: new Date('2026-04-12T03:15:06Z'),
  isTokenNew: false,
  pollAfterMs: 2000,
  secrets: [],
};

function answered({ status, body }: Pick<RecordedAnswer, 'status' | 'body'>): Outcome {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return { kind: 'answered', status, headers: {}, body: Buffer.from(text) };
}

function registration(answer: Pick<RecordedAnswer, 'status' | 'body'>, isTokenNew = false) {
  return verdictOfRegistration(answered(answer), { ...circumstances, isTokenNew });
}

function report(answer: Pick<RecordedAnswer, 'status' | 'body'>, total = 100) {
  return verdictOfReport(answered(answer), { ...circumstances, uuid, reference, total });
}

function refusal(type: string, code: number, text = 'Текст') {
  return { error: { code, error_id: '1', text, type }, timestamp: '12.04.2026 06:15:06' };
}

/** Errors of the documents by type: what follows in an answer to a registration, and to a report. */
const documentedErrors: readonly [string, readonly number[], number, string, string][] = [
  ['unknown', [0], 400, 'unknown', 'unknown'],
  ['system', [1], 400, 'unknown', 'unknown'],
  ['system', [10, 11], 401, 'retry', 'retry'],
  ['system', [12, 20, 21], 401, 'retry', 'retry'],
  ['system', [13], 400, 'rejected', 'unknown'],
  ['system', [14], 403, 'retry', 'retry'],
  ['system', [30], 400, 'unknown', 'unknown'],
  ['system', [31, 32, 40], 400, 'rejected', 'unknown'],
  ['system', [33], 400, 'unknown', 'unknown'],
  ['system', [34], 200, 'unknown', 'pending'],
  ['system', [41], 415, 'rejected', 'unknown'],
  ['system', [50], 500, 'unknown', 'unknown'],
];

/** Failures of the documents by type: what follows in a report of a failed document. */
const documentedFailures: readonly [string, readonly number[], 'rejected' | 'reissue' | 'doubtful'][] = [
  ['timeout', [1, -1], 'reissue'],
  ['agent', [2003, 2004, 2005, 2006, 2007, 2009], 'rejected'],
  ['system', [2004, 2005, -2146233033], 'rejected'],
  ['system', [13, 31, 32, 40, 41], 'rejected'],
  ['system', [1, 10, 11, 12, 14, 20, 21, 30, 33, 50], 'doubtful'],
  ['unknown', [0], 'doubtful'],
  [
    'driver',
    [
      13, 16, 17, 23, 24, 27, 41, 48, 52, 53, 60, 66, 98, 110, 128, 143, 144, 145, 147, 161, 163, 193, 215,
      216, 217, 228, 231, 243, 244, 261, 265, 405, 408, 409, 412,
    ],
    'rejected',
  ],
  ['driver', [36, 40, 421], 'reissue'],
  ['driver', [38, 43, 57, 58, 63, 80, 134, 146], 'rejected'],
  ['driver', [68, 141], 'rejected'],
  ['driver', [402, 407, 411, 420], 'rejected'],
  ['driver', [2, 5, 104, 115, 116, 165, 177, 241, 262], 'doubtful'],
  // Every other code of the driver is a failure of the register.
  ['driver', [1, 3, 10, 11, 32, 33, 34, 50, 100, 501, 502], 'rejected'],
];

describe('an answer to a registration', () => {
  it('that takes the document is pending under its uuid', () => {
    expect(registration(registrations.taken)).toEqual({
      kind: 'pending',
      providerDocumentId: uuid,
      pollAfterMs: 2000,
    });
  });

  it('that knows the external id is pending under the first uuid', () => {
    expect(registration(registrations.duplicate)).toMatchObject({
      kind: 'pending',
      providerDocumentId: '4434f091-7a3c-4e1b-9a39-1a4ed6ef4d4f',
    });
  });

  it('that refuses the document is a rejection with its words', () => {
    const verdict = registration(registrations.invalid);
    expect(verdict).toEqual({
      kind: 'rejected',
      reason: {
        code: 'provider.rejected',
        message: 'The provider refuses the document.',
        httpStatus: 400,
        providerCode: 'system.32',
        providerMessage: 'Ошибка валидации входного чека. Ошибочные поля : #/receipt/items',
      },
    });
  });

  it('that refuses an aged token leads to a repeat at once, a new one is a refused log-in', () => {
    expect(registration(registrations.expired)).toMatchObject({
      kind: 'retry',
      retryAfterMs: 0,
      reason: { code: 'provider.failed', providerCode: 'system.11' },
    });
    const refused = registration(registrations.expired, true);
    expect(refused).toMatchObject({ kind: 'retry', reason: { code: 'provider.unauthorized' } });
    expect(refused).not.toHaveProperty('retryAfterMs');
  });

  it('that tells a fault of the server is unknown', () => {
    expect(registration(registrations.broken)).toMatchObject({
      kind: 'unknown',
      reason: { code: 'provider.uncertain', providerCode: 'system.50', outage: true },
    });
  });

  it.each(documentedErrors)('of type %s and codes %j is judged by both', (type, codes, status, kind) => {
    for (const code of codes) {
      expect(registration({ status, body: refusal(type, code) }).kind, String(code)).toBe(kind);
      // Code and type decide, whatever the status.
      expect(registration({ status: 200, body: refusal(type, code) }).kind, String(code)).toBe(kind);
    }
  });

  it('that names a uuid is never followed by another sending', () => {
    for (const [type, codes, status] of documentedErrors) {
      for (const code of codes) {
        const { kind } = registration({ status, body: { uuid, ...refusal(type, code) } });
        expect(['pending', 'rejected'], `${type} ${code}`).toContain(kind);
      }
    }
    const odd = 'a–b/c d';
    expect(registration({ status: 200, body: { uuid: odd, error: null, status: 'wait' } })).toMatchObject({
      kind: 'pending',
      providerDocumentId: odd,
    });
  });

  it.each([
    ['an undocumented code', 400, refusal('system', 99)],
    ['an undocumented type', 400, refusal('network', 1)],
    ['a code of the driver', 400, refusal('drive', 32)],
    ['no type', 400, { error: { code: 32 } }],
    ['an error in another form', 200, { uuid: '', error: 'broken', status: 'wait' }],
    ['no uuid', 200, { error: null, status: 'wait' }],
    ['done without a uuid', 200, { error: null, status: 'done' }],
    ['a refusal on the way', 502, '<html>'],
  ])('with %s is unknown', (_, status, body) => {
    expect(registration({ status, body }).kind).toBe('unknown');
  });

  it.each(['wait', 'done'])('that refuses a document, and says %s of it, is no refusal', (status) => {
    const refused = { ...refusal('system', 32), status };
    expect(registration({ status: 400, body: refused })).toMatchObject({
      kind: 'unknown',
      reason: { code: 'provider.uncertain', providerCode: 'system.32' },
    });
    expect(registration({ status: 400, body: { ...refused, uuid } })).toMatchObject({ kind: 'pending' });
  });

  it.each([
    ['is too long to ask for', 'a'.repeat(129)],
    ['no store takes', 'a\u0000b'],
    ['is half a character', 'a\ud800'],
  ])('with a uuid that %s names none', (_, odd) => {
    expect(registration({ status: 200, body: { uuid: odd, error: null, status: 'wait' } }).kind).toBe(
      'unknown',
    );
    expect(registration({ status: 400, body: { uuid: odd, ...refusal('system', 33) } }).kind).toBe('unknown');
  });

  it('that says two things in one member says nothing', () => {
    const text = JSON.stringify(registrations.invalid.body);
    const body = text.replace('"code":32', '"code":33,"code":32');
    expect(body).not.toBe(text);
    expect(registration({ status: 400, body }).kind).toBe('unknown');
  });

  it('that is a refusal of another status is judged by the status', () => {
    expect(registration({ status: 429, body: '' })).toMatchObject({ kind: 'retry' });
    expect(registration({ status: 503, body: refusal('system', 32) }).kind).toBe('unknown');
  });
});

describe('a report', () => {
  it('of a document that is done is its registration', () => {
    const verdict = report(reports.done);
    expect(verdict).toEqual({
      kind: 'registered',
      registration: {
        providerDocumentId: uuid,
        mark: {
          country: 'ru',
          fiscal_storage_number: '9999078900006286',
          fiscal_document_number: '133',
          fiscal_attribute: '3449555941',
          registered_at: '2026-03-14T12:05:00+03:00',
        },
        link: payload.ofd_receipt_url,
        details: {
          ecr_registration_number: '0000111118041361',
          ofd_inn: '7709364346',
          fns_site: 'www.nalog.ru',
          shift_number: 23,
          fiscal_receipt_number: 6,
          total: 100,
          device_code: 'KSR13.00-1-11',
        },
      },
    });
  });

  it('has no detail that is longer than any name of a register, and no link that is none', () => {
    const { device_code: _code, ...body } = reports.done.body;
    const long = report({ status: 200, body: { ...body, device_code: 'K'.repeat(65) } });
    expect(long).toMatchObject({ kind: 'registered' });
    expect(JSON.stringify(long)).not.toContain('KK');
    const link = `${payload.ofd_receipt_url}\u0000`;
    expect(
      report({ status: 200, body: { ...body, payload: { ...payload, ofd_receipt_url: link } } }),
    ).toMatchObject({
      registration: { link: null },
    });
  });

  it('has the results of mark codes without the codes, and no link of other operators', () => {
    const { ofd_receipt_url: _link, ...withoutLink } = reports.doneMarked.body.payload;
    const verdict = report({ status: 200, body: { ...reports.doneMarked.body, payload: withoutLink } });
    expect(verdict).toMatchObject({
      registration: { link: null, details: { marks_result: [{ position: 0, result: 15 }] } },
    });
    expect(JSON.stringify(verdict)).not.toContain('MDEwNDYz');
  });

  it.each([
    ['waiting', reports.waiting],
    ['not found yet', reports.notYet],
  ])('of a document that is %s is pending', (_, answer) => {
    expect(report(answer)).toEqual({ kind: 'pending', providerDocumentId: uuid, pollAfterMs: 2000 });
  });

  it('of a uuid that ATOL does not know is no answer, and a doubt later', () => {
    expect(report(reports.gone)).toMatchObject({
      kind: 'unknown',
      reason: { code: 'provider.not-found', providerCode: 'system.30' },
    });
  });

  it('of a failed document is a rejection with its uuid and its words', () => {
    expect(report(reports.otherInn)).toMatchObject({
      kind: 'rejected',
      providerDocumentId: uuid,
      reason: {
        code: 'provider.rejected',
        providerCode: 'agent.2009',
        providerMessage: expect.stringMatching(/^ИНН/),
      },
    });
  });

  it.each(documentedErrors)(
    'that fails with type %s and codes %j is judged by both',
    (type, codes, status, _, kind) => {
      for (const code of codes) {
        expect(report({ status, body: refusal(type, code) }).kind, String(code)).toBe(kind);
      }
    },
  );

  it.each(documentedFailures)(
    'of a document that failed with type %s and codes %j',
    (type, codes, expected) => {
      for (const code of codes) {
        const verdict = report(failed({ type, code, text: 'Текст' }));
        const shown = 'reissue' in verdict && verdict.reissue ? 'reissue' : verdict.kind;
        expect(shown, `${type} ${code}`).toBe(expected);
        expect(verdict).toMatchObject({
          providerDocumentId: uuid,
          reason: { providerCode: `${type}.${code}` },
        });
      }
    },
  );

  it('has a rule for every documented code, and for no other', () => {
    const documented = new Set(
      [...documentedErrors, ...documentedFailures].flatMap(([type, codes]) =>
        codes.map((code) => `${type} ${code}`),
      ),
    );
    const ruled = Object.entries(errorRules).flatMap(([type, rules]) =>
      [...rules.keys()].map((code) => `${type} ${code}`),
    );
    expect(ruled.filter((name) => !documented.has(name))).toEqual([]);
  });

  it.each([
    ['number', { fiscal_document_number: 133 }],
    ['attribute', { fiscal_document_attribute: '3449555941' }],
    ['number in the shift', { fiscal_receipt_number: 6 }],
    ['time', { receipt_datetime: '14.03.2026 12:05:00' }],
    ['link', { ofd_receipt_url: payload.ofd_receipt_url }],
    ['mark', payload],
  ])('of a failed document that shows the %s of a receipt is doubtful', (_, shown) => {
    for (const error of [
      { type: 'timeout', code: 1 },
      { type: 'driver', code: 421 },
      { type: 'agent', code: 2009 },
    ]) {
      const { body } = failed(error);
      expect(report({ status: 200, body: { ...Object(body), payload: shown } })).toMatchObject({
        kind: 'doubtful',
        providerDocumentId: uuid,
        reason: { candidates: [{ providerDocumentId: uuid, differs: ['status'] }] },
      });
    }
  });

  it('of a failed document that shows no receipt is its failure, whatever the form', () => {
    const { body } = failed({ type: 'timeout', code: 1 });
    for (const shown of [null, undefined, {}, [], { fiscal_document_number: null, ofd_receipt_url: '' }]) {
      expect(report({ status: 200, body: { ...Object(body), payload: shown } })).toHaveProperty(
        'reissue',
        true,
      );
    }
  });

  it('that does not say whose it is proves nothing: no other reference follows', () => {
    const { body } = failed({ type: 'timeout', code: 1 });
    const { uuid: _uuid, external_id: _id, ...nobodys } = Object(body);
    expect(report({ status: 200, body: nobodys })).toMatchObject({ kind: 'doubtful' });
    expect(report({ status: 200, body: { ...nobodys, uuid } })).toHaveProperty('reissue', true);
    expect(report({ status: 200, body: { ...nobodys, external_id: reference } })).toHaveProperty(
      'reissue',
      true,
    );
  });

  it.each([
    ['an error beside its success', 200, { ...reports.done.body, error: { type: 'system', code: 50 } }],
    ['a success under the status of a failure', 500, reports.done.body],
  ])('with %s is no answer, and remembered', (_, status, body) => {
    expect(report({ status, body })).toMatchObject({ kind: 'unknown', reason: { calledDone: true } });
  });

  it.each([
    ['no error', null],
    ['the error of a document that is not known yet', reports.notYet.body.error],
  ])('that lets a document wait with the mark of a receipt, and %s, says that it is done', (_, error) => {
    expect(report({ status: 200, body: { ...reports.waiting.body, error, payload } })).toMatchObject({
      kind: 'pending',
      reason: { code: 'provider.unreadable' },
    });
  });

  it('that says two things in one member is no answer', () => {
    const text = JSON.stringify(failed({ type: 'timeout', code: 1 }).body);
    for (const [once, twice] of [
      ['"status":"fail"', '"status":"done","status":"fail"'],
      ['"code":1', '"code":165,"code":1'],
      ['"payload":null', `"payload":${JSON.stringify(payload)},"payload":null`],
      ['"status":"fail"', '"fn":9999078900006286,"st\\u0061tus":"done","status":"fail"'],
    ] as const) {
      const body = text.replace(once, twice);
      expect(body).not.toBe(text);
      expect(report({ status: 200, body }), twice).toMatchObject({ kind: 'unknown' });
    }
  });

  it.each(['registration', 'report'])(
    'hides what ATOL may quote of the log-in from its words: a %s',
    (of) => {
      const secrets = ['canary-token', 'canary-pass 1234567890', 'canary/login'];
      const text = `Токен ${secrets[0]}, (${secrets[1]}), ${secrets[2]?.toUpperCase()}${'.'.repeat(280)}canary-token`;
      const given = { ...circumstances, secrets, uuid, reference, total: 100 };
      const verdict =
        of === 'report'
          ? verdictOfReport(answered(failed({ type: 'driver', code: 16, text })), given)
          : verdictOfRegistration(answered({ status: 400, body: refusal('system', 32, text) }), given);
      expect(verdict).toMatchObject({
        kind: 'rejected',
        reason: { providerMessage: expect.stringMatching(/^Токен/) },
      });
      expect(JSON.stringify(verdict)).not.toMatch(/canar/i);
    },
  );

  it('of a failed document without a documented reason is doubtful', () => {
    for (const error of [
      null,
      {},
      'broken',
      { code: 421 },
      { type: 'driver', code: 503 },
      { type: 'agent', code: 1 },
    ]) {
      expect(report(failed(error)), JSON.stringify(error)).toMatchObject({
        kind: 'doubtful',
        providerDocumentId: uuid,
      });
    }
  });

  it.each([
    ['another uuid', { uuid: '00000000-0000-4000-8000-000000000000' }],
    ['another external id', { external_id: 'another' }],
    ['an external id that is no text', { external_id: {} }],
    ['a uuid that is no text', { uuid: [uuid] }],
  ])('of %s is no answer', (_, change) => {
    expect(report({ status: 200, body: { ...reports.done.body, ...change } })).toMatchObject({
      kind: 'unknown',
      reason: { code: 'provider.mismatch' },
    });
  });

  it('of another total is doubtful; a rounded one is not', () => {
    expect(report(reports.done, 100.99).kind).toBe('registered');
    expect(report(reports.done, 101)).toMatchObject({
      kind: 'doubtful',
      reason: { candidates: [{ providerDocumentId: uuid, differs: ['total'] }] },
    });
  });

  it.each([
    ['no payload', null],
    ['a storage number that is none', { ...payload, fn_number: '123' }],
    ['no document number', { ...payload, fiscal_document_number: null }],
    ['an attribute that is too large', { ...payload, fiscal_document_attribute: 4294967296 }],
    ['a time that is none', { ...payload, receipt_datetime: '2026-03-14' }],
  ])('that calls a document done with %s leaves it pending', (_, shown) => {
    expect(report({ status: 200, body: { ...reports.done.body, payload: shown } })).toMatchObject({
      kind: 'pending',
      reason: { code: 'provider.unreadable' },
    });
  });

  it.each([
    ['an error beside its success', 200, { ...reports.done.body, error: { type: 'system', code: 50 } }],
    ['an unknown word', 200, { ...reports.done.body, status: 'processed' }],
    ['no word', 200, { ...reports.done.body, status: undefined }],
    ['a success under the status of a failure', 500, reports.done.body],
    ['a page of a proxy', 200, '<html>'],
    ['a page that is not found', 404, '<html>'],
    ['a refused body', 413, ''],
  ])('with %s is no answer', (_, status, body) => {
    expect(report({ status, body }).kind).toBe('unknown');
  });

  it('that asks for fewer questions is asked again later', () => {
    expect(report({ status: 429, body: '' })).toMatchObject({ kind: 'retry' });
  });
});

describe('whatever ATOL answers', () => {
  const words = fc.constantFrom('wait', 'done', 'fail', 'DONE', 'ok', '', null, undefined, 1);
  const errors = fc.oneof(
    fc.constantFrom(null, undefined, {}, [], 'none', 0),
    fc.record({
      type: fc.constantFrom('system', 'driver', 'agent', 'timeout', 'unknown', 'none', '__proto__', null),
      code: fc.oneof(fc.integer({ min: -2, max: 510 }), fc.constantFrom('32', null, -2146233033, 2009)),
      text: fc.string(),
    }),
  );
  const payloads = fc.oneof(
    fc.constant(payload),
    fc.jsonValue(),
    fc.jsonValue().map((fn_number) => ({ ...payload, fn_number })),
  );
  const bodies = fc.oneof(
    fc.jsonValue(),
    fc.record(
      {
        uuid: fc.constantFrom(uuid, 'other', '', null),
        status: words,
        error: errors,
        payload: payloads,
        external_id: fc.constantFrom(reference, 'other', null),
      },
      { requiredKeys: [] },
    ),
  );
  const statuses = fc.constantFrom(200, 201, 302, 400, 401, 403, 404, 409, 413, 415, 429, 500, 502, 503);

  it('a registration is no success by itself, and one that names a uuid is not sent again', () => {
    fc.assert(
      fc.property(statuses, bodies, (status, body) => {
        const verdict = registration({ status, body });
        expect(verdict.kind).not.toBe('registered');
        const named = Object(body).uuid === uuid && [200, 400, 401, 403, 415, 500].includes(status);
        if (named) expect(['pending', 'rejected']).toContain(verdict.kind);
      }),
      { numRuns: 1_000 },
    );
  });

  it('a report is a success only if it says so, of this document, without an error and with a mark', () => {
    fc.assert(
      fc.property(statuses, bodies, (status, body) => {
        const verdict = report({ status, body });
        if (verdict.kind === 'rejected') expect(Object(body).status).toBe('fail');
        if (verdict.kind !== 'registered') return;
        const { status: word, error, external_id, uuid: shown } = Object(body);
        expect(String(word).toLowerCase()).toBe('done');
        expect([null, undefined, '{}']).toContain(error === Object(error) ? JSON.stringify(error) : error);
        expect([reference, null, undefined]).toContain(external_id);
        expect([uuid, '', null, undefined]).toContain(shown);
        expect(verdict.registration.mark?.country).toBe('ru');
      }),
      { numRuns: 1_000 },
    );
  });
});
