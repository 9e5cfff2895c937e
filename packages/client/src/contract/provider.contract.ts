import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  type AsideBehaviour,
  answering,
  type Behaviour,
  dropping,
  flooding,
  garbling,
  hanging,
  type LoopbackServer,
  startLoopbackServer,
  truncating,
  unusedOrigin,
} from '../transport/loopback-server.fixture.js';
import { unknownPlan } from './capabilities.js';
import { withoutLateFields } from './late-field.js';
import type { Provider, RegistrationDocument, RegistrationRequest } from './provider.js';

/** Provider under test, with its expected behaviour. */
export interface ProviderUnderTest {
  readonly name: string;
  create(baseUrl: string, settings: { attemptMs: number; clock?: () => Date }): Provider;
  /** Supported document. */
  readonly document: RegistrationDocument;
  /** Unsupported documents. */
  readonly unsupported: readonly RegistrationDocument[];
  /** Method and path of `submit`, behind the base URL. */
  readonly target: string;
  /** Body that the document freezes to, with the placeholders of late fields. */
  readonly body: string;
  /** Headers that every `submit` sends. */
  readonly headers: Readonly<Record<string, unknown>>;
  /** Answer that makes `submit` registered, or pending where a provider registers later. */
  readonly success: unknown;
  /** Status of that answer; 200 by default. */
  readonly successStatus?: number;
  /** `registered` by default. */
  readonly successKind?: 'registered' | 'pending';
  /** Returns the part of the frozen bytes that is the body; all of them by default. */
  readonly bodyOf?: (frozen: Uint8Array) => Uint8Array;
  /** Log-ins, which belong to no single call. */
  readonly session?: AsideBehaviour;
  /** Texts planted in document and settings, which must not come out again. */
  readonly secrets: readonly string[];
}

/** Contract of every provider, run against a real server that behaves as told. */
export function describeProvider(subject: ProviderUnderTest): void {
  const {
    successKind = 'registered',
    successStatus = 200,
    bodyOf = (frozen: Uint8Array) => frozen,
  } = subject;
  describe(`${subject.name} keeps the contract of providers`, () => {
    let server: LoopbackServer;
    let provider: Provider;
    let request: RegistrationRequest;
    const identity = { reference: '5c4b7b1e-8d0a-4a53-9d0e-3f6a9f6e5f10', businessTime: new Date(0) };

    beforeAll(async () => {
      server = await startLoopbackServer(subject.session);
      provider = subject.create(`${server.origin}/base`, { attemptMs: 2000 });
    });
    beforeEach(() => {
      server.behave(answering(successStatus, subject.success));
      request = provider.freeze(subject.document, identity);
    });
    afterAll(async () => {
      await provider.close();
      await server.close();
    });

    it('freezes the same bytes every time, and keeps the identity', () => {
      expect(Buffer.from(request.body).toString()).toBe(subject.body);
      expect(provider.freeze(subject.document, identity)).toEqual(request);
      expect(request).toMatchObject({ ...identity, operation: subject.document.operation });
      expect(provider.capabilities.operations).toContain(request.operation);
    });

    it('refuses before sending what it can not carry', () => {
      for (const document of subject.unsupported) {
        expect(() => provider.freeze(document, identity)).toThrow(
          expect.objectContaining({ code: 'provider.unsupported', retryable: false, provider: subject.name }),
        );
      }
    });

    it('sends the frozen bytes once, as the page says', async () => {
      expect(await provider.submit(request)).toMatchObject({ kind: successKind });
      expect(server.received).toHaveLength(1);
      const [sent] = server.received;
      expect(`${sent?.method} ${sent?.target}`).toBe(subject.target);
      expect(sent?.body).toHaveLength(bodyOf(request.body).byteLength);
      expect(sent?.headers).toMatchObject({
        accept: 'application/json',
        'content-type': 'application/json',
        'content-length': String(bodyOf(request.body).byteLength),
        'x-request-id': identity.reference,
        ...subject.headers,
      });
    });

    it('sends the frozen bytes in every attempt, but for late fields', async () => {
      const { lateFields = [] } = provider;
      for (const now of ['2026-03-01T10:00:00Z', '2027-12-31T23:59:59Z'].map((time) => new Date(time))) {
        const timed = subject.create(`${server.origin}/base`, { attemptMs: 2000, clock: () => now });
        server.behave(answering(successStatus, subject.success));
        await timed.submit(request);
        await timed.close();
        const body = server.received[0]?.body ?? Buffer.alloc(0);
        const frozen = bodyOf(request.body);
        const rest = withoutLateFields(body, frozen, lateFields);
        expect(rest).toEqual(withoutLateFields(frozen, frozen, lateFields));
        for (const field of lateFields) expect(String(body)).toContain(field.valueAt(now));
      }
      expect(Buffer.from(request.body).toString()).toBe(subject.body);
    });

    const cases: readonly [string, Behaviour, 'retry' | 'unknown' | 'rejected', string][] = [
      ['a dropped connection', dropping, 'unknown', 'provider.reset'],
      ['an answer cut short', truncating, 'unknown', 'provider.reset'],
      ['an answer that is not HTTP', garbling, 'unknown', 'provider.unreadable'],
      ['an endless answer', flooding(1024 * 1024 + 1), 'unknown', 'provider.too-large'],
      ['an answer that is not JSON', answering(200, '<html>'), 'unknown', 'provider.unreadable'],
      [
        'an answer that is not UTF-8',
        (response) => response.end(Buffer.of(0xff)),
        'unknown',
        'provider.unreadable',
      ],
      ['an empty answer', answering(200, ''), 'unknown', 'provider.unreadable'],
      ['an answer of another shape', answering(200, { data: [] }), 'unknown', 'provider.unreadable'],
      ['deep nesting', answering(200, '['.repeat(100_000)), 'unknown', 'provider.unreadable'],
      ['a redirect', answering(302, '', { location: '/base' }), 'unknown', 'provider.redirected'],
      ['a page of a proxy', answering(400, '<html>'), 'unknown', 'provider.unexpected-status'],
      ['401', answering(401, {}), 'retry', 'provider.unauthorized'],
      ['403', answering(403, {}), 'retry', 'provider.unauthorized'],
      ['404', answering(404, {}), 'retry', 'provider.not-found'],
      ['409', answering(409, {}), 'unknown', 'provider.conflict'],
      ['413', answering(413, ''), 'rejected', 'provider.rejected'],
      ['429', answering(429, {}, { 'retry-after': '3' }), 'retry', 'provider.rate-limited'],
      ['500', answering(500, {}), 'unknown', 'provider.server-error'],
      ['503', answering(503, {}), 'unknown', 'provider.unavailable'],
      [
        '503 with a time to come back',
        answering(503, {}, { 'retry-after': '3' }),
        'retry',
        'provider.unavailable',
      ],
    ];

    it.each(cases)('makes of %s a verdict, in one request', async (_, behaviour, kind, code) => {
      server.behave(behaviour);
      expect(await provider.submit(request)).toMatchObject({ kind, reason: { code } });
      expect(server.received).toHaveLength(1);
    });

    it('hands on when to come back', async () => {
      server.behave(answering(429, {}, { 'retry-after': '3' }));
      expect(await provider.submit(request)).toMatchObject({ retryAfterMs: 3000 });
    });

    it('stops at the budget of an attempt', async () => {
      server.behave(hanging);
      const impatient = subject.create(server.origin, { attemptMs: 500 });
      expect(await impatient.submit(request)).toMatchObject({
        kind: 'unknown',
        reason: { code: 'provider.timeout', outage: true },
      });
      await impatient.close();
    });

    it('says unknown when the caller cancels an attempt that began', async () => {
      const cancellation = new AbortController();
      server.behave(() => cancellation.abort());
      const verdict = await provider.submit(request, { signal: cancellation.signal });
      expect(verdict).toMatchObject({ kind: 'unknown', reason: { code: 'provider.aborted' } });
    });

    it('says retry when nothing was sent', async () => {
      const cancelled = await provider.submit(request, { signal: AbortSignal.abort() });
      expect(cancelled).toMatchObject({ kind: 'retry', reason: { code: 'provider.aborted' } });
      expect(server.received).toHaveLength(0);

      const lost = subject.create(await unusedOrigin(), { attemptMs: 2000 });
      expect(await lost.submit(request)).toMatchObject({
        kind: 'retry',
        reason: { code: 'provider.refused' },
      });
      await lost.close();
    });

    it('answers questions with verdicts only, whatever happens', async () => {
      const search = { since: new Date(), boundDocumentIds: new Set<string>() };
      for (const behaviour of [
        dropping,
        garbling,
        truncating,
        unusedOrigin,
        answering(500, {}),
        answering(200, '<html>'),
      ]) {
        server.behave(behaviour);
        expect((await provider.poll(request, 'abc', {})).kind).toBe('unknown');
        expect((await provider.find(request, search)).kind).toBe('unknown');
      }
    });

    it('lets nothing secret out in reasons', async () => {
      const quoting = { error: { message: subject.secrets.join(), code: subject.secrets.join(' ') } };
      const quoted = { data: null, ...quoting, is_success: false };
      for (const behaviour of [
        dropping,
        ...[200, 400, 422, 500].map((status) => answering(status, quoted)),
      ]) {
        server.behave(behaviour);
        const text = JSON.stringify(await provider.submit(request));
        expect(subject.secrets.filter((secret) => text.includes(secret))).toEqual([]);
      }
    });

    it('names the operations that differ, and its limits, in numbers that mean something', () => {
      const { operations, byOperation = {}, limits = {} } = provider.capabilities;
      const names = Object.keys(byOperation).filter((name) => !operations.includes(name));
      for (const name of names) expect(name).toMatch(/^(?:sell|buy)(?:_refund)?(?:_correction)?$/);
      const windows = [provider.capabilities, ...Object.values(byOperation)];
      const { settlesWithinMs: usualMs } = provider.capabilities;
      for (const { deduplicationWindowMs = Number.POSITIVE_INFINITY, settlesWithinMs = usualMs } of windows) {
        expect(settlesWithinMs).toBeGreaterThanOrEqual(0);
        expect(deduplicationWindowMs).toBeGreaterThan(2 * settlesWithinMs);
      }
      for (const limit of Object.values(limits)) expect(limit).toBeGreaterThan(0);
    });

    it('says what becomes of an unknown outcome, as its capabilities have it', () => {
      const { plan, ...texts } = provider.unknownOutcome;
      expect(plan).toBe(unknownPlan(provider.capabilities));
      for (const text of Object.values(texts)) {
        expect(text).toMatch(/^\p{Lu}.*\.$/u);
      }
    });

    it('survives JSON in everything that it tells', async () => {
      const verdict = await provider.submit(request);
      expect(JSON.parse(JSON.stringify(verdict))).toEqual(verdict);
    });

    it('refuses an address that is none', () => {
      for (const address of [
        '',
        'fiscalkit',
        'ftp://127.0.0.1',
        'http://user:pass@127.0.0.1',
        'http://127.0.0.1/?a',
        'http://169.254.169.254',
      ]) {
        expect(() => subject.create(address, { attemptMs: 1 })).toThrow(
          expect.objectContaining({ code: 'settings.base-url' }),
        );
      }
    });
  });
}
