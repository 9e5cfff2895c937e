import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { loadConfiguration } from '../configuration/load-configuration.js';

const secret = `whsec_${Buffer.alloc(32, 1).toString('base64')}`;
const good = { url: 'https://shop.example.com/hook?key=1', secret: { env: 'HOOK_SECRET' } };

function load(webhooks: readonly unknown[], environment: Record<string, string> = {}) {
  const file = join(mkdtempSync(join(tmpdir(), 'fiscalkit-settings-')), 'gateway.json');
  writeFileSync(file, JSON.stringify({ merchants: [{ webhooks }] }));
  const given = { FISCALKIT_DEMO: '1', FISCALKIT_CONFIG: file, HOOK_SECRET: secret, ...environment };
  return loadConfiguration(given).merchants[0]?.webhooks;
}

it('takes endpoints of the file, and the first from variables', () => {
  expect(load([good])).toEqual([
    {
      merchant: '542088',
      name: 'default',
      url: good.url,
      payload: 'thin',
      allowPrivateAddresses: false,
      secrets: [secret],
    },
  ]);
  const variables = { FISCALKIT_WEBHOOK_URL: 'http://127.0.0.1/hook', FISCALKIT_WEBHOOK_SECRET: secret };
  expect(load([], variables)).toMatchObject([{ url: 'http://127.0.0.1/hook', secrets: [secret] }]);
});

it.each([
  ['an address with a password', [{ ...good, url: 'https://a:b@shop.example.com' }], /webhooks\.0\.url/],
  ['another protocol', [{ ...good, url: 'ftp://shop.example.com' }], /webhooks\.0\.url/],
  ['an address of metadata', [{ ...good, url: 'http://169.254.169.254/' }], /link-local/],
  ['two of one name', [good, good], /the same name/],
  ['more than ten', Array.from({ length: 11 }, (_, index) => ({ ...good, name: `n${index}` })), /at most 10/],
  ['a secret in the file', [{ ...good, secret }], /webhooks\.0\.secret/],
  ['a secret that is none', [{ ...good, secret: { env: 'WEAK' } }], /whsec_ and 24 to 64 bytes/],
  ['an unknown type', [{ ...good, types: ['receipt.lost'] }], /webhooks\.0\.types/],
])('refuses %s, and shows no secret', (_, webhooks, message) => {
  let shown = '';
  try {
    load(webhooks, { WEAK: 'whsec_d2Vhaw==' });
  } catch (error) {
    shown = String(error);
  }
  expect(shown).toMatch(message);
  expect(shown).not.toContain(secret);
  expect(shown).not.toContain('d2Vhaw');
});

it('refuses to keep events for less time than an endpoint may fail', () => {
  expect(() => load([good], { FISCALKIT_EVENTS_KEPT_DAYS: '7' })).toThrow(/at least 8/);
  expect(load([good], { FISCALKIT_EVENTS_KEPT_DAYS: '8' })).toHaveLength(1);
});
