import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Harness, openHarness } from '../gateway.fixture.js';
import { sale } from '../receipt.fixture.js';

const windowMs = 60_000;
let harness: Harness;

beforeEach(async () => {
  harness = await openHarness({ FISCALKIT_REPLAY_WINDOW_MS: String(windowMs) });
});
afterEach(() => harness.close());

describe('a replay window', () => {
  it('lets a signed request in once', async () => {
    const call = {
      method: 'POST',
      body: JSON.stringify(sale()),
      requestId: 'a',
      issuedAt: new Date(),
    } as const;
    expect((await harness.signed(call)).status).toBe(200);
    const { status, body } = await harness.signed(call);
    expect(status).toBe(401);
    expect(body.error).toMatchObject({ code: 'signature.replayed', retryable: false });
    const again = await harness.signed({ ...call, requestId: 'b' });
    expect(again.headers['idempotency-replayed']).toBe('true');
  });

  it.each([
    ['without an id', { issuedAt: new Date() }, 'signature.replay.missing'],
    ['without a time', { requestId: 'a' }, 'signature.replay.missing'],
    [
      'from before the window',
      { requestId: 'a', issuedAt: new Date(Date.now() - windowMs - 2_000) },
      'signature.expired',
    ],
    [
      'from the future',
      { requestId: 'a', issuedAt: new Date(Date.now() + windowMs + 600_000) },
      'signature.expired',
    ],
  ])('refuses a request %s', async (_, signing, code) => {
    const { status, body } = await harness.signed(signing);
    expect(status).toBe(401);
    expect(body.error.code).toBe(code);
  });

  it('does not let a recorded request use up the quota', async () => {
    const open = await openHarness({
      FISCALKIT_REPLAY_WINDOW_MS: String(windowMs),
      FISCALKIT_REQUESTS_PER_SECOND: '2',
      FISCALKIT_MAX_FAILED_AUTHENTICATIONS: '1',
    });
    const recorded = { requestId: 'a', issuedAt: new Date() };
    await Promise.all(Array.from({ length: 10 }, () => open.signed(recorded)));
    expect((await open.signed({ requestId: 'b', issuedAt: new Date() })).status).toBe(200);
    await open.close();
  });
});
