import { createServer } from 'node:net';
import { startSandbox } from '@fiscalkit/sandbox';
import { expect, it, onTestFinished } from 'vitest';
import { fileWith } from '../configuration/configuration.fixture.js';
import { run } from './terminal.fixture.js';

const secrets = {
  SHOP_KEY: 'the-secret-of-the-shop',
  ATOL_PASSWORD: 'sandbox',
  WRONG_PASSWORD: 'a-password-that-is-wrong',
};

function merchantOf(id: string, provider: object) {
  return { id, secretKey: { env: 'SHOP_KEY' }, ...provider };
}

function atol(url: string, given: object = {}) {
  return {
    provider: 'atol',
    atol: {
      version: 'v5',
      groupCode: 'v5-online-atol-ru_5179',
      login: 'v5-online-atol-ru',
      password: { env: 'ATOL_PASSWORD' },
      baseUrl: `${url}/possystem`,
      ...given,
    },
  };
}

async function check(merchants: readonly object[], ...words: string[]) {
  const environment = { ...secrets, FISCALKIT_CONFIG: fileWith(JSON.stringify({ merchants })) };
  return run(['check', ...words], environment);
}

async function openSandbox() {
  const secretKey = secrets.SHOP_KEY;
  const company = { inn: '5544332219' };
  const sandbox = await startSandbox({ merchants: [{ id: 'books', secretKey, company }] });
  onTestFinished(() => sandbox.close());
  return sandbox;
}

it('names every fault of the configuration, and calls nobody', async () => {
  const sandbox = await openSandbox();
  const merchant = merchantOf('books', { ...atol(sandbox.url), twins: 'maybe', utcOffsetHours: 99 });
  const { status, output } = await check([merchant], '--connect');
  expect(status).toBe(1);
  expect(output).toContain('merchants.0.twins');
  expect(output).toContain('merchants.0.utcOffsetHours');
  expect(sandbox.journal().requests['atol.get_token']).toBe(0);
});

it('names a fault that only the provider can see', async () => {
  const long = `https://shop.example/${'a'.repeat(300)}`;
  const { status, output } = await check([
    merchantOf('books', atol('http://127.0.0.1:1', { callbackUrl: long })),
  ]);
  expect([status, output]).toEqual([1, expect.stringContaining('merchants.0.atol: The callbackUrl')]);
});

it('calls no provider unless it is asked to', async () => {
  const sandbox = await openSandbox();
  const { status, output } = await check([merchantOf('books', atol(sandbox.url))]);
  expect([status, output]).toEqual([0, expect.stringMatching(/^not checked +books +atol .*\nnot checked/)]);
  expect(sandbox.journal().requests['atol.get_token']).toBe(0);
});

it('calls each account once, and changes nothing', async () => {
  const sandbox = await openSandbox();
  const freedompay = { freedompay: { baseUrl: sandbox.url, merchantId: 'books' } };
  const merchants = [merchantOf('books', freedompay), merchantOf('tea', atol(sandbox.url))];
  const { status, output } = await check(merchants, '--connect', '--json');
  const { ok, faults, accounts } = JSON.parse(output);
  expect([status, ok, faults]).toEqual([0, true, []]);
  expect(accounts).toMatchObject([
    { merchant: 'books', provider: 'freedompay', account: `books@${sandbox.url}`, status: 'ok' },
    { merchant: 'books', provider: 'fiscalbox', status: 'not-checked' },
    { merchant: 'tea', provider: 'atol', status: 'ok' },
    { merchant: 'tea', provider: 'fiscalbox', status: 'not-checked' },
  ]);
  const { requests, receipts, atol: documents } = sandbox.journal();
  expect([requests['receipts.list'], requests['atol.get_token']]).toEqual([1, 1]);
  expect([receipts, documents]).toEqual([[], []]);
});

it('says what fails, for every account in one run, and prints no secret', async () => {
  const sandbox = await openSandbox();
  const silent = createServer(() => {});
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void silent.close());
  const address = silent.address();
  const port = typeof address === 'object' ? address?.port : 0;
  const slow = { freedompay: { baseUrl: `http://127.0.0.1:${port}`, attemptMs: 200 } };
  const merchants = [
    merchantOf('wrong', atol(sandbox.url, { password: { env: 'WRONG_PASSWORD' } })),
    merchantOf('closed', atol('http://127.0.0.1:1')),
    merchantOf('silent', slow),
    merchantOf('stranger', { freedompay: { baseUrl: sandbox.url } }),
    merchantOf('good', atol(sandbox.url)),
  ];
  const json = await check(merchants, '--connect', '--json');
  const text = await check(merchants, '--connect');
  expect([json.status, text.status]).toEqual([1, 1]);
  const failed = JSON.parse(json.output).accounts.filter(
    ({ provider }: { provider: string }) => provider !== 'fiscalbox',
  );
  expect(failed).toMatchObject([
    { status: 'failed', reason: { code: 'provider.unauthorized', http_status: 401 } },
    { status: 'failed', reason: { code: 'provider.refused' } },
    { status: 'failed', reason: { code: 'provider.timeout' } },
    { status: 'failed', reason: { code: 'provider.unauthorized' } },
    { status: 'ok' },
  ]);
  const seen = [json, text].map(({ output, errors }) => output + errors).join();
  for (const secret of Object.values(secrets).filter((each) => each !== 'sandbox'))
    expect(seen).not.toContain(secret);
});

it('refuses arguments that it does not know', async () => {
  expect((await run(['check', '--all'])).status).toBe(2);
  expect((await run(['check', 'file'])).status).toBe(2);
});
