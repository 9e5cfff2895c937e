import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { createKey, hashKey } from '../auth/api-keys.js';
import { faultsOf, fileWith } from './configuration.fixture.js';
import { loadConfiguration } from './load-configuration.js';

const merchant = { FISCALKIT_MERCHANT_ID: '77', FISCALKIT_MERCHANT_SECRET: 'a long secret' };
const key = createKey();
const next = createKey();
const everything = { role: 'admin', merchants: null };

describe('the keys that callers send', () => {
  it('are kept as hashes alone', () => {
    const configuration = loadConfiguration({
      ...merchant,
      FISCALKIT_MERCHANT_API_KEY: key,
      FISCALKIT_ADMIN_KEY_FILE: fileWith(next),
    });
    expect(configuration.merchants[0]?.apiKeyHashes).toEqual([hashKey(key)]);
    expect(configuration.administrators).toEqual([
      { name: 'admin', keyHashes: [hashKey(next)], ...everything },
    ]);
    const text = inspect(configuration, { depth: null });
    expect(text).not.toContain(key);
    expect(text).not.toContain(next);
  });

  it('are taken as hashes, several while a key is changed', () => {
    const { merchants, administrators } = loadConfiguration({
      ...merchant,
      FISCALKIT_MERCHANT_API_KEY_HASH: `${hashKey(key)}, ${hashKey(next)}`,
      FISCALKIT_ADMIN_KEY_HASH: hashKey('of the administrator'),
    });
    expect(merchants[0]?.apiKeyHashes).toEqual([hashKey(key), hashKey(next)]);
    expect(administrators).toEqual([
      { name: 'admin', keyHashes: [hashKey('of the administrator')], ...everything },
    ]);
  });

  it('are listed in the file, by name for administrators', () => {
    const settings = {
      merchants: [{ id: 'a', secretKey: { env: 'S' }, apiKeyHash: hashKey(key) }],
      administrators: [{ name: 'anna', keyHash: [hashKey(next), hashKey('older')] }],
    };
    const { merchants, administrators } = loadConfiguration({
      FISCALKIT_CONFIG: fileWith(JSON.stringify(settings)),
      FISCALKIT_ADMIN_KEY_HASH: hashKey('third'),
      S: 'secret',
    });
    expect(merchants[0]?.apiKeyHashes).toEqual([hashKey(key)]);
    expect(administrators).toEqual([
      { name: 'anna', keyHashes: [hashKey(next), hashKey('older')], ...everything },
      { name: 'admin', keyHashes: [hashKey('third')], ...everything },
    ]);
  });

  it.each([
    ['a short key', { FISCALKIT_MERCHANT_API_KEY: 'k'.repeat(7) }, ['merchants.0.apiKey']],
    ['a key with a blank', { FISCALKIT_MERCHANT_API_KEY: `${'k'.repeat(31)} k` }, ['merchants.0.apiKey']],
    ["an administrator's short key", { FISCALKIT_ADMIN_KEY: 'short' }, ['adminKey (FISCALKIT_ADMIN_KEY)']],
    [
      'what is no hash',
      { FISCALKIT_MERCHANT_API_KEY_HASH: key },
      ['merchants.0.apiKeyHash (FISCALKIT_MERCHANT_API_KEY_HASH)'],
    ],
    [
      'a hash in capitals',
      { FISCALKIT_ADMIN_KEY_HASH: hashKey(key).toUpperCase() },
      ['adminKeyHash (FISCALKIT_ADMIN_KEY_HASH)'],
    ],
    [
      "a merchant's key for an administrator",
      { FISCALKIT_MERCHANT_API_KEY: key, FISCALKIT_ADMIN_KEY_HASH: hashKey(key) },
      ['administrators'],
    ],
    [
      "the hash of the demo's key",
      { FISCALKIT_MERCHANT_API_KEY_HASH: hashKey('demo-api-key') },
      ['merchants.0.apiKey'],
    ],
    [
      "the demo's key for an administrator",
      { FISCALKIT_ADMIN_KEY: 'demo-admin-key' },
      ['the key of administrator admin'],
    ],
  ])('refuses %s', (_, environment, faults) => {
    expect(faultsOf({ ...merchant, ...environment })).toEqual(faults);
  });

  it('are of administrators of a role, for all merchants or some', () => {
    const settings = {
      merchants: ['a', 'b'].map((id) => ({ id, secretKey: { env: 'S' } })),
      administrators: [
        { name: 'anna', keyHash: hashKey(key), role: 'read', merchants: ['b'] },
        { name: 'boris', keyHash: hashKey(next), role: 'operate', merchants: 'a,b' },
      ],
    };
    const { administrators } = loadConfiguration({
      FISCALKIT_CONFIG: fileWith(JSON.stringify(settings)),
      S: 'secret',
    });
    expect(administrators).toMatchObject([
      { name: 'anna', role: 'read', merchants: ['b'] },
      { name: 'boris', role: 'operate', merchants: ['a', 'b'] },
    ]);
  });

  it.each([
    [{ role: 'root' }, 'administrators.1.role'],
    [{ role: null }, 'administrators.1.role'],
    [{ merchants: [] }, 'administrators.1.merchants'],
    [{ merchants: '' }, 'administrators.1.merchants'],
    [{ merchants: null }, 'administrators.1.merchants'],
    [{ merchants: ['77', '77'] }, 'administrators.1.merchants'],
    [{ merchants: [77] }, 'administrators.1.merchants'],
    [{ merchants: ['77', '78'] }, 'administrators.1.merchants'],
    [{ roles: ['read'] }, 'administrators.1.roles'],
  ])('refuses an administrator with %j', (given, fault) => {
    const boris = { name: 'boris', keyHash: hashKey(next), ...given };
    const administrators = [{ name: 'anna', keyHash: hashKey(key) }, boris];
    const path = fileWith(JSON.stringify({ administrators }));
    expect(faultsOf({ ...merchant, FISCALKIT_CONFIG: path })).toEqual([
      expect.stringMatching(new RegExp(`^${fault}`)),
    ]);
  });

  it('refuses two administrators with one name, and one key twice', () => {
    const administrators = [
      { name: 'anna', keyHash: hashKey(key) },
      { name: 'anna', keyHash: hashKey(key) },
    ];
    const path = fileWith(JSON.stringify({ administrators }));
    expect(faultsOf({ ...merchant, FISCALKIT_CONFIG: path })).toEqual(['administrators', 'administrators']);
  });
});

describe('settings of what callers may ask', () => {
  it('are numbers, or none for no limit', () => {
    const { limits } = loadConfiguration({
      ...merchant,
      FISCALKIT_REQUESTS_PER_SECOND: 'none',
      FISCALKIT_MAX_FAILED_AUTHENTICATIONS: '10',
    });
    expect(limits).toMatchObject({ requestsPerSecond: null, failedAuthenticationsPerMinute: 10 });
    expect(faultsOf({ ...merchant, FISCALKIT_MAX_CONNECTIONS: 'none' })).toEqual([
      'limits.connections (FISCALKIT_MAX_CONNECTIONS)',
    ]);
  });

  it.each([
    ['10.0.0.0/8, ::1', []],
    ['10.0.0.0/33', ['trustedProxies (FISCALKIT_TRUSTED_PROXIES)']],
    ['proxy.example', ['trustedProxies (FISCALKIT_TRUSTED_PROXIES)']],
  ])('trusts proxies by address: %s', (ranges, faults) => {
    expect(faultsOf({ ...merchant, FISCALKIT_TRUSTED_PROXIES: ranges })).toEqual(faults);
  });

  it('takes a flag', () => {
    const environment = { ...merchant, FISCALKIT_FREEDOMPAY_ALLOW_PRIVATE: '1' };
    expect(loadConfiguration(environment).merchants[0]?.freedompay.allowPrivateAddresses).toBe(true);
    expect(faultsOf({ ...merchant, FISCALKIT_FREEDOMPAY_ALLOW_PRIVATE: 'perhaps' })).toEqual([
      'merchants.0.freedompay.allowPrivateAddresses (FISCALKIT_FREEDOMPAY_ALLOW_PRIVATE)',
    ]);
  });
});
