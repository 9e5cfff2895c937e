import { afterEach, describe, expect, it } from 'vitest';
import { fileWith } from '../configuration/configuration.fixture.js';
import { type Harness, openHarness, shop } from '../gateway.fixture.js';
import { confirmation } from '../receipt.fixture.js';

let harness: Harness | undefined;
afterEach(async () => {
  await harness?.close();
  harness = undefined;
});

const cafe = { merchantId: '700124', secretKey: 'the key of the cafe' };

/** Opens a gateway with the shop and a café that has limits of its own. */
function openBoth(environment: Record<string, string>, settings: Record<string, unknown> = {}) {
  const nowhere = { baseUrl: 'http://127.0.0.1:9' };
  const merchants = [
    {},
    { id: cafe.merchantId, secretKey: { env: 'CAFE' }, freedompay: nowhere, fiscalbox: nowhere, ...settings },
  ];
  const path = fileWith(JSON.stringify({ merchants }));
  return openHarness({ FISCALKIT_CONFIG: path, CAFE: cafe.secretKey, ...environment });
}

async function statuses(count: number, send: () => Promise<{ status: number }>): Promise<number[]> {
  const all: number[] = [];
  for (let call = 0; call < count; call += 1) all.push((await send()).status);
  return all;
}

describe('the quota of a merchant', () => {
  it('refuses what goes over it, says when to come back, and lets others be', async () => {
    const open = await openBoth({ FISCALKIT_REQUESTS_PER_SECOND: '3' });
    harness = open;
    const many = await Promise.all(Array.from({ length: 12 }, () => open.signed({})));
    const refused = many.filter(({ status }) => status !== 200);
    expect(refused.length).toBeGreaterThanOrEqual(6);
    for (const { status, headers, body } of refused) {
      expect(status).toBe(429);
      expect(headers['retry-after']).toBe('1');
      expect(body.error).toMatchObject({ code: 'request.rate', retryable: true });
    }
    expect((await open.signed(cafe)).status).toBe(200);
    await expect.poll(async () => (await open.signed({})).status, { timeout: 5_000 }).toBe(200);
  });

  it("goes by the merchant's own setting first", async () => {
    const open = await openBoth({ FISCALKIT_REQUESTS_PER_SECOND: '1' }, { requestsPerSecond: null });
    harness = open;
    expect(await statuses(5, () => open.signed(cafe))).toEqual([200, 200, 200, 200, 200]);
  });

  it('can not be used up by a stranger', async () => {
    const open = await openHarness({ FISCALKIT_REQUESTS_PER_SECOND: '1' });
    harness = open;
    await Promise.all(Array.from({ length: 10 }, () => open.signed({ secretKey: 'wrong' })));
    expect((await open.signed({})).status).toBe(200);
  });

  it('is told on payment routes in their own envelope', async () => {
    const open = await openHarness({ FISCALKIT_REQUESTS_PER_SECOND: '1' });
    harness = open;
    const answers = await Promise.all(Array.from({ length: 4 }, () => open.confirm(confirmation())));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect(answers.map(({ body }) => body.error)).toContainEqual(
      expect.objectContaining({ code: 9429, data: expect.objectContaining({ code: 'request.rate' }) }),
    );
  });
});

describe('an address that guesses', () => {
  const wrong = { secretKey: 'wrong' };

  it('is refused before its key is looked at, and operators are not', async () => {
    const open = await openHarness({ FISCALKIT_MAX_FAILED_AUTHENTICATIONS: '3' });
    harness = open;
    expect(await statuses(3, () => open.signed(wrong))).toEqual([401, 401, 401]);
    const { status, headers, body } = await open.signed({});
    expect(status).toBe(429);
    expect(body.error).toMatchObject({ code: 'access.rate', retryable: true });
    expect(Number(headers['retry-after'])).toBeGreaterThan(50);
    expect((await open.confirm(confirmation())).body.error.data.code).toBe('access.rate');
    expect((await open.send('/health/live')).status).toBe(200);
    expect((await open.send('/metrics')).body).toContain('fiscalkit_problems_total{code="access.rate"} 2');
  });

  it('is not held up by requests that were right', async () => {
    const open = await openHarness({ FISCALKIT_MAX_FAILED_AUTHENTICATIONS: '2' });
    harness = open;
    expect(await statuses(20, () => open.signed({}))).toEqual(Array(20).fill(200));
  });

  it('is told apart from others behind a proxy that is trusted', async () => {
    const open = await openHarness({
      FISCALKIT_MAX_FAILED_AUTHENTICATIONS: '1',
      FISCALKIT_TRUSTED_PROXIES: '127.0.0.1',
    });
    harness = open;
    const from = (address: string) => ({ headers: { 'X-Forwarded-For': address } });
    await open.signed({ ...wrong, ...from('2001:db8::1') });
    expect((await open.signed(from('2001:db8::2'))).status).toBe(429);
    expect((await open.signed(from('203.0.113.7'))).status).toBe(200);
  });

  it('can not say that it is another', async () => {
    const open = await openHarness({ FISCALKIT_MAX_FAILED_AUTHENTICATIONS: '1' });
    harness = open;
    await open.signed({ ...wrong, headers: { 'X-Forwarded-For': '203.0.113.7' } });
    expect((await open.signed({ headers: { 'X-Forwarded-For': '203.0.113.8' } })).status).toBe(429);
    expect(open.logLines.filter((line) => line.includes('proxy.untrusted'))).toHaveLength(1);
  });

  it('can guess at keys of administrators no faster', async () => {
    const open = await openHarness({ FISCALKIT_MAX_FAILED_AUTHENTICATIONS: '2' });
    harness = open;
    const guess = () => open.send('/admin/entries', { headers: { Authorization: `Bearer ${shop.apiKey}` } });
    expect(await statuses(3, guess)).toEqual([401, 401, 429]);
  });
});
