import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { freePort, type Program, startProgram } from '@fiscalkit/testing';
import type { BrowserContext, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root } from '../example-in.fixture.js';
import { demo } from './call.fixture.js';
import { chromiumPath, openChromium } from './chromium.fixture.js';

if (chromiumPath === null)
  process.stdout.write('○ The reference page is left out: there is no Chromium here.\n');

describe.skipIf(chromiumPath === null)('the page at /docs, in the demo', { timeout: 60_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'fiscalkit-reference-page-'));
  const hosts = new Set<string>();
  const complaints: string[] = [];
  let program: Program;
  let browser: BrowserContext;
  let page: Page;

  beforeAll(async () => {
    program = await startProgram(pathToFileURL(join(root, 'examples/demo/dist/main.js')).href, {
      commandLine: ['--data', join(folder, 'data')],
      environment: { PORT: String(await freePort()), SANDBOX_PORT: String(await freePort()) },
    });
    browser = await openChromium(chromiumPath ?? '', join(folder, 'browser'));
    browser.on('request', (request) => {
      hosts.add(new URL(request.url()).origin);
      const sent = JSON.stringify([request.url(), request.headers(), request.postData()]);
      if (sent.includes(demo.secretKey)) complaints.push(`the secret key was sent to ${request.url()}`);
    });
    page = await browser.newPage();
    page.setDefaultTimeout(8_000);
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', ({ message }) => complaints.push(message));
    await page.goto(`${program.url}/docs`);
  });
  afterAll(async () => {
    await browser.close();
    await program.stop();
    rmSync(folder, { recursive: true, maxRetries: 5 });
  });

  /** Opens an operation and presses Try it out. */
  async function tryOut(id: string): Promise<Locator> {
    const operation = page.locator(`[id$="-${id}"]`);
    await operation.locator('.opblock-summary-control').click();
    await operation.getByRole('button', { name: 'Try it out' }).click();
    return operation;
  }

  /** Presses Execute, and reads what came. */
  async function execute(operation: Locator) {
    await operation.getByRole('button', { name: 'Execute' }).click();
    const answer = operation.locator('.live-responses-table tbody tr.response');
    await answer.waitFor();
    const status = await answer.locator('.response-col_status').textContent();
    const body = await answer.locator('.highlight-code code').first().textContent();
    await operation.getByRole('button', { name: 'Clear' }).click();
    return { status: Number.parseInt(status ?? '', 10), body: JSON.parse(body ?? '') };
  }

  async function authorize(scheme: string, entries: Readonly<Record<string, string>>): Promise<void> {
    const form = page.locator('form').filter({ has: page.getByRole('heading', { name: scheme }) });
    for (const [label, value] of Object.entries(entries)) await form.getByLabel(label).fill(value);
    await form.getByRole('button', { name: 'Apply credentials' }).click();
    await form.getByRole('button', { name: 'Remove authorization' }).waitFor();
  }

  it('says what to enter', async () => {
    const note = page.getByRole('complementary');
    for (const value of Object.values(demo)) await note.getByText(value, { exact: true }).waitFor();
  });

  it('takes what one proves oneself with', async () => {
    await page.getByRole('button', { name: 'Authorize' }).first().click();
    await authorize('signature', { 'Merchant id': demo.merchantId, 'Secret key': demo.secretKey });
    await authorize('apiKey', { 'auth-bearer-value': demo.apiKey });
    await page.getByRole('button', { name: 'Close', exact: true }).last().click();
  });

  it('fiscalizes a receipt and follows it until it is registered', async () => {
    const created = await execute(await tryOut('createReceipt'));
    expect(created).toMatchObject({ status: 200, body: { data: { receipt_id: expect.any(String) } } });
    const follow = await tryOut('getReceipt');
    await follow.getByPlaceholder('receipt_id').fill(created.body.data.receipt_id);
    await follow.getByPlaceholder('wait').fill('5000');
    const followed = await execute(follow);
    expect(followed).toMatchObject({ status: 200, body: { data: { status: 'registered' } } });
  });

  it('lists receipts, its filters empty', async () => {
    const { status, body } = await execute(await tryOut('listReceipts'));
    expect([status, body.data.length > 0]).toEqual([200, true]);
  });

  it('confirms a payment', async () => {
    const { body } = await execute(await tryOut('confirmClickPayment'));
    expect(body).toMatchObject({ is_success: true });
  });

  it('asks nobody but the gateway, runs nothing that is not allowed, and keeps and sends no key', async () => {
    expect(await page.evaluate('localStorage.length + sessionStorage.length + document.cookie.length')).toBe(
      0,
    );
    expect([...hosts]).toEqual([program.url]);
    expect(complaints).toEqual([]);
  });
});
