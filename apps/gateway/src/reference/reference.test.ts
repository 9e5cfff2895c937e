import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Harness, openHarness } from '../gateway.fixture.js';

let harness: Harness;

beforeAll(async () => {
  harness = await openHarness();
});
afterAll(() => harness.close());

const page = '/docs';
const paths = [
  '/openapi.json',
  '/schemas/2020-12/receipt.json',
  '/schemas/draft-07/bundle.json',
  page,
  '/docs/main.js',
];

describe('the files of the contract and of its page', () => {
  it.each([
    ['/openapi.json', 'application/json; charset=utf-8'],
    ['/schemas/2020-12/receipt.json', 'application/schema+json; charset=utf-8'],
    [page, 'text/html; charset=utf-8'],
    ['/docs/main.js', 'text/javascript; charset=utf-8'],
    ['/docs/page.css', 'text/css; charset=utf-8'],
    ['/docs/favicon-32x32.png', 'image/png'],
  ])('%s is %s', async (path, type) => {
    const { status, headers } = await harness.send(path);
    expect(status).toBe(200);
    expect(headers).toMatchObject({
      'content-type': type,
      'cache-control': 'no-cache',
      'x-content-type-options': 'nosniff',
    });
  });

  it.each(paths)('%s is not sent to whoever has it', async (path) => {
    const { headers } = await harness.send(path);
    const etag = String(headers.etag);
    for (const known of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
      const answer = await harness.send(path, { headers: { 'If-None-Match': known } });
      expect([known, answer.status, answer.headers.etag]).toEqual([known, 304, etag]);
    }
    expect((await harness.send(path, { headers: { 'If-None-Match': '"other"' } })).status).toBe(200);
  });

  it.each([
    '/schemas',
    '/schemas/2020-12',
    '/schemas/2020-12/none.json',
    '/schemas/2020-12/..%2f..%2fpackage.json',
    '/schemas/..%2f/package.json',
    '/docs/none.js',
    '/docs/main.d.ts',
    '/docs/LICENSE',
    '/docs/..%2f..%2fmain.js',
    '/docs/constructor',
  ])('there is nothing at %s', async (path) => {
    const { status, body } = await harness.send(path);
    expect({ status, code: body.error.code }).toEqual({ status: 404, code: 'route.not-found' });
  });
});

it('the server of the description is where the description came from', async () => {
  const { body } = await harness.send('/openapi.json');
  const server = (from: string) => new URL(body.servers[0].url, from).href;
  expect(server('https://shop.example/openapi.json')).toBe('https://shop.example/');
  expect(server('https://shop.example/fiscal/openapi.json')).toBe('https://shop.example/fiscal/');
});

describe('the page', () => {
  it('may load from where it came, and from nowhere else', async () => {
    const { headers, body } = await harness.send(page);
    const policy = String(headers['content-security-policy']);
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toMatch(/unsafe|https?:|\*/);
    const addresses = [...body.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, address]) => address);
    expect(addresses.length).toBeGreaterThan(4);
    for (const address of addresses) expect((await harness.send(`/${address}`)).status).toBe(200);
  });

  it('is the same with a slash behind its address', async () => {
    const { status, headers, body } = await harness.send('/docs/');
    expect(status).toBe(200);
    expect(headers['content-type']).toContain('text/html');
    const addresses = [...body.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, address]) => address);
    expect(addresses.length).toBeGreaterThan(4);
    for (const address of addresses) {
      const { pathname } = new URL(address ?? '', 'http://gateway/docs/');
      expect([pathname, (await harness.send(pathname)).status]).toEqual([pathname, 200]);
    }
  });

  it("names the demo's values in the demo, and no value anywhere else", async () => {
    expect((await harness.send(page)).body).toContain('secret_key');
    const own = await openHarness({
      FISCALKIT_DEMO: '0',
      FISCALKIT_MERCHANT_ID: '700123',
      FISCALKIT_MERCHANT_SECRET: 'canary-of-the-page',
    });
    const { body } = await own.send(page);
    expect(body).not.toMatch(/canary-of-the-page|700123|secret_key|This is the demo/);
    await own.close();
  });

  it('can be switched off, without the contract', async () => {
    const without = await openHarness({ FISCALKIT_DOCS: '0' });
    const statuses = await Promise.all(paths.map(async (path) => (await without.send(path)).status));
    expect(statuses).toEqual([200, 200, 200, 404, 404]);
    await without.close();
  });

  it('is served by who serves merchants', async () => {
    for (const [role, status] of [
      ['api', 200],
      ['worker', 404],
    ] as const) {
      const other = await openHarness({ FISCALKIT_ROLE: role });
      for (const path of paths) expect([role, (await other.send(path)).status]).toEqual([role, status]);
      await other.close();
    }
  });
});
