import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Provider, RegistrationRequest } from '../../contract/provider.js';
import {
  answering,
  type Behaviour,
  dropping,
  hanging,
  type LoopbackServer,
  startLoopbackServer,
} from '../../transport/loopback-server.fixture.js';
import { registrations, reports, uuid } from './answers.fixture.js';
import { createAtol } from './atol-provider.js';
import { checked } from './receipt.fixture.js';

let server: LoopbackServer;
let provider: Provider;
let request: RegistrationRequest;
let logIns: { target: string; body: string }[];
let login: Behaviour;

/** Answers a log-in with a token that nobody got before. */
const issuing: Behaviour = (response, call) =>
  answering(200, { error: null, token: `token-${logIns.length}`, timestamp: '' })(response, call);

beforeAll(async () => {
  server = await startLoopbackServer((call) => {
    if (!call.target.endsWith('/getToken')) return null;
    logIns.push({ target: call.target, body: call.body.toString() });
    return login;
  });
});
afterAll(() => server.close());

beforeEach(() => {
  logIns = [];
  login = issuing;
  const credentials = { login: 'shop', password: 'secret', groupCode: 'group_4179' };
  provider = createAtol({ ...credentials, version: 'v4', baseUrl: server.origin, attemptMs: 1000 });
  request = provider.freeze(
    { operation: 'receipt', document: checked() },
    { reference: 'r', businessTime: new Date() },
  );
  server.behave(answering(200, registrations.taken.body));
});
afterEach(() => provider.close());

function tokens() {
  return server.received.map(({ headers }) => headers.token);
}

describe('a session', () => {
  it('logs in once for many calls at once, and for later ones', async () => {
    await Promise.all(Array.from({ length: 8 }, () => provider.submit(request)));
    await provider.poll(request, uuid);
    expect(logIns).toEqual([{ target: '/v4/getToken', body: '{"login":"shop","pass":"secret"}' }]);
    expect(new Set(tokens())).toEqual(new Set(['token-1']));
    expect(server.received).toHaveLength(9);
  });

  it('renews the token when ATOL refuses it, with one log-in for all, and sends nothing by itself', async () => {
    await provider.submit(request);
    server.behave(answering(401, registrations.expired.body));
    const verdicts = await Promise.all(Array.from({ length: 4 }, () => provider.submit(request)));
    expect(verdicts).toMatchObject(Array(4).fill({ kind: 'retry', retryAfterMs: 0 }));
    expect(server.received).toHaveLength(4);
    expect(logIns).toHaveLength(1);
    server.behave(answering(200, registrations.taken.body));
    await Promise.all(Array.from({ length: 4 }, () => provider.submit(request)));
    expect(logIns).toHaveLength(2);
    expect(new Set(tokens())).toEqual(new Set(['token-2']));
  });

  it('renews it for a question, too', async () => {
    await provider.poll(request, uuid);
    server.behave(answering(401, registrations.expired.body));
    expect(await provider.poll(request, uuid)).toMatchObject({ kind: 'retry', retryAfterMs: 0 });
    server.behave(answering(200, { ...reports.waiting.body, external_id: 'r' }));
    expect(await provider.poll(request, uuid)).toMatchObject({ kind: 'pending' });
    expect(logIns).toHaveLength(2);
  });

  it('does not renew in circles: a new token that is refused is a refused log-in', async () => {
    server.behave(answering(401, registrations.expired.body));
    const verdict = await provider.submit(request);
    expect(verdict).toMatchObject({ kind: 'retry', reason: { code: 'provider.unauthorized' } });
    expect(verdict).not.toHaveProperty('retryAfterMs');
  });

  const refused = (code: number) => ({ error: { code, text: 'Текст', type: 'system' }, timestamp: '' });
  it.each<[string, Behaviour, string]>([
    ['a wrong password', answering(401, refused(12)), 'provider.unauthorized'],
    ['the wrong version', answering(401, refused(21)), 'provider.unauthorized'],
    ['a blocked user', answering(403, refused(14)), 'provider.unauthorized'],
    ['a login of a wrong form', answering(400, refused(32)), 'provider.unauthorized'],
    ['a login of a wrong form, as documented', answering(400, refused(13)), 'provider.unauthorized'],
    ['a fault of the service', answering(500, refused(50)), 'provider.server-error'],
    ['a fault on the way', answering(502, '<html>'), 'provider.server-error'],
    ['an unreadable answer', answering(200, '<html>'), 'provider.unreadable'],
    ['a token that no header carries', answering(200, { token: 'a b' }), 'provider.unreadable'],
    [
      'an error beside the token',
      answering(200, { token: 'a', error: { code: 12, type: 'system' } }),
      'provider.unauthorized',
    ],
    ['too many log-ins', answering(429, ''), 'provider.rate-limited'],
    ['silence', hanging, 'provider.timeout'],
    ['a dropped connection', dropping, 'provider.reset'],
  ])('that gets no token for %s leaves the document untouched', async (_, behaviour, code) => {
    login = behaviour;
    expect(await provider.submit(request)).toMatchObject({ kind: 'retry', reason: { code } });
    expect(server.received).toHaveLength(0);
    login = issuing;
    // The log-in of the call before may still be under way for a moment.
    await expect.poll(async () => (await provider.submit(request)).kind).toBe('pending');
  });

  it('lets a caller leave without taking the log-in from others', async () => {
    const leaving = new AbortController();
    let answer: (() => void) | undefined;
    login = (response, call) => {
      answer = () => issuing(response, call);
      leaving.abort();
    };
    const left = provider.submit(request, { signal: leaving.signal });
    const staying = provider.submit(request);
    expect(await left).toMatchObject({ kind: 'retry', reason: { code: 'provider.aborted' } });
    answer?.();
    expect((await staying).kind).toBe('pending');
    expect(logIns).toHaveLength(1);
    expect(server.received).toHaveLength(1);
  });

  it('never shows its secrets', async () => {
    login = answering(401, { error: { code: 12, type: 'system', text: 'shop secret' } });
    expect(JSON.stringify(await provider.submit(request))).not.toMatch(/secret|shop/);
    expect(JSON.stringify(provider)).not.toContain('secret');
  });
});

describe('questions', () => {
  it('are asked in steps that grow with the age of the document', async () => {
    let now = 0;
    const timed = createAtol({
      login: 'shop',
      password: 'secret',
      groupCode: 'g',
      version: 'v4',
      baseUrl: server.origin,
      clock: () => new Date(now),
    });
    const identity = { reference: 'r', businessTime: new Date(0) };
    const own = timed.freeze({ operation: 'receipt', document: checked() }, identity);
    const pauses = [await timed.submit(own)];
    server.behave(answering(200, { ...reports.waiting.body, external_id: 'r' }));
    for (const seconds of [2, 7, 17, 300]) {
      now = seconds * 1000;
      pauses.push(await timed.poll(own, uuid));
    }
    await timed.close();
    expect(pauses.map((verdict) => 'pollAfterMs' in verdict && verdict.pollAfterMs)).toEqual([
      2000, 5000, 10_000, 30_000, 30_000,
    ]);
    expect(server.received[0]).toMatchObject({ method: 'GET', target: `/v4/g/report/${uuid}` });
  });

  it('find a document by its uuid, and nothing without one', async () => {
    const search = { since: new Date(), boundDocumentIds: new Set<string>() };
    expect(await provider.find(request, search)).toMatchObject({
      kind: 'unknown',
      reason: { code: 'provider.unsupported' },
    });
    server.behave(answering(200, { ...reports.done.body, external_id: 'r' }));
    expect(await provider.find(request, { ...search, providerDocumentId: uuid })).toMatchObject({
      kind: 'found',
      verdict: { kind: 'registered' },
    });
  });
});
