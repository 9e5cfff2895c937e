import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { faultsOf, fileWith } from './configuration.fixture.js';
import { loadConfiguration } from './load-configuration.js';

const merchant = { FISCALKIT_MERCHANT_ID: '77', FISCALKIT_MERCHANT_SECRET: 'a long secret' };

describe('loadConfiguration', () => {
  it('makes a gateway of one merchant from variables alone', () => {
    const { port, role, ledgerUrl, merchants } = loadConfiguration({ ...merchant, PORT: '9000' });
    expect({ port, role, ledgerUrl }).toEqual({
      port: 9000,
      role: 'all',
      ledgerUrl: 'sqlite:data/ledger.sqlite',
    });
    expect(merchants[0]).toMatchObject({
      id: '77',
      secretKey: 'a long secret',
      apiKeyHashes: [],
      freedompay: { merchantId: '77', secretKey: 'a long secret', baseUrl: 'https://api.freedompay.uz' },
    });
  });

  it('reads a file with several merchants, and secrets by reference', () => {
    const secretFile = fileWith('from a file\n');
    const path = fileWith(
      JSON.stringify({
        port: 1234,
        merchants: [
          { id: 'a', secretKey: { env: 'SECRET_A' } },
          {
            id: 'b',
            secretKey: { file: secretFile },
            freedompay: { merchantId: '9', secretKey: { env: 'SECRET_A' } },
          },
        ],
      }),
    );
    const { port, merchants } = loadConfiguration({ FISCALKIT_CONFIG: path, SECRET_A: 'one', PORT: '4321' });
    expect(port).toBe(4321);
    expect(merchants.map(({ secretKey }) => secretKey)).toEqual(['one', 'from a file']);
    expect(merchants[1]?.freedompay).toMatchObject({ merchantId: '9', secretKey: 'one' });
  });

  const atol = {
    ...merchant,
    FISCALKIT_PROVIDER: 'atol',
    FISCALKIT_ATOL_VERSION: 'v5',
    FISCALKIT_ATOL_GROUP_CODE: 'group_5179',
    FISCALKIT_ATOL_LOGIN: 'shop',
    FISCALKIT_ATOL_PASSWORD: 'a password',
  };

  it('takes another provider of receipts, from variables or from its section', () => {
    const expected = {
      provider: ['atol'],
      sections: {
        atol: {
          version: 'v5',
          groupCode: 'group_5179',
          login: 'shop',
          password: 'a password',
          baseUrl: 'https://online.atol.ru/possystem',
          registers: 1,
          attemptMs: 10_000,
          allowPrivateAddresses: false,
        },
      },
    };
    expect(loadConfiguration(atol).merchants[0]).toMatchObject(expected);
    const file = fileWith(
      JSON.stringify({
        merchants: [
          {
            id: 'a',
            secretKey: { env: 'SECRET_A' },
            provider: 'atol',
            atol: {
              version: 'v5',
              groupCode: 'group_5179',
              login: 'shop',
              password: { env: 'ATOL' },
              registers: 3,
              attemptMs: 5000,
            },
          },
        ],
      }),
    );
    const { merchants } = loadConfiguration({ FISCALKIT_CONFIG: file, SECRET_A: 'one', ATOL: 'a password' });
    expect(merchants[0]?.sections.atol).toMatchObject({
      password: 'a password',
      registers: 3,
      attemptMs: 5000,
    });
  });

  it.each([
    [{ FISCALKIT_PROVIDER: 'nobody' }, 'merchants.0.provider (FISCALKIT_PROVIDER)'],
    [{ FISCALKIT_PROVIDER: 'atol,atol' }, 'merchants.0.provider (FISCALKIT_PROVIDER)'],
    [{ FISCALKIT_ATOL_VERSION: 'v3' }, 'merchants.0.atol.version (FISCALKIT_ATOL_VERSION)'],
    [{ FISCALKIT_ATOL_LOGIN: undefined }, 'merchants.0.atol.login (FISCALKIT_ATOL_LOGIN)'],
    [{ FISCALKIT_ATOL_PASSWORD: undefined }, 'merchants.0.atol.password (FISCALKIT_ATOL_PASSWORD)'],
    [{ FISCALKIT_ATOL_PASSWORD: '' }, 'merchants.0.atol.password'],
    [{ FISCALKIT_ATOL_URL: 'ftp://atol' }, 'merchants.0.atol.baseUrl (FISCALKIT_ATOL_URL)'],
    [{ FISCALKIT_ATOL_REGISTERS: '0' }, 'merchants.0.atol.registers (FISCALKIT_ATOL_REGISTERS)'],
    [{ FISCALKIT_ATOL_INTERNET: 'maybe' }, 'merchants.0.atol.internet (FISCALKIT_ATOL_INTERNET)'],
  ])('refuses the section of a provider with %j', (change, fault) => {
    expect(faultsOf({ ...atol, ...change })).toEqual([fault]);
  });

  it('needs the section of the provider that is named', () => {
    expect(faultsOf({ ...merchant, FISCALKIT_PROVIDER: 'atol' })).toEqual(['merchants.0.atol']);
  });

  it('keeps a demo with another provider on this machine', () => {
    expect(faultsOf({ ...atol, FISCALKIT_DEMO: '1' })).toEqual(['merchants.0.atol.baseUrl']);
  });

  it('takes the example of the guide', () => {
    const guide = new URL('../../../../docs/guides/configuration.md', import.meta.url);
    const example = /```json\n([\s\S]*?)```/.exec(readFileSync(guide, 'utf8'))?.[1] ?? '';
    const path = fileWith(example);
    const keys = { BOOKSHOP_KEY: 'one', BOOKSHOP_FREEDOMPAY_KEY: 'two', CAFE_KEY: 'three' };
    const { merchants, administrators, trustedProxies } = loadConfiguration({
      FISCALKIT_CONFIG: path,
      ...keys,
    });
    expect(administrators).toMatchObject([{ name: 'anna' }]);
    expect(trustedProxies).toEqual(['10.0.0.0/8']);
    expect(merchants).toMatchObject([
      {
        id: '700123',
        secretKey: 'one',
        apiKeyHashes: [expect.stringMatching(/^sha256:/)],
        freedompay: { merchantId: '812345', secretKey: 'two' },
      },
      {
        id: '700124',
        secretKey: 'three',
        requestsPerSecond: 50,
        replayWindowMs: 300_000,
        freedompay: { merchantId: '700124' },
      },
    ]);
  });

  it('reads a secret from the file that a variable with _FILE names', () => {
    const { merchants } = loadConfiguration({
      FISCALKIT_MERCHANT_ID: '77',
      FISCALKIT_MERCHANT_SECRET_FILE: fileWith('kept apart'),
    });
    expect(merchants[0]?.secretKey).toBe('kept apart');
  });

  it('names every fault at once', () => {
    expect(faultsOf({ PORT: 'eighty', FISCALKIT_ROLE: 'boss', FISCALKIT_LEDGER_URL: 'mysql://x' })).toEqual([
      'port (PORT)',
      'role (FISCALKIT_ROLE)',
      'merchants',
    ]);
  });

  it.each([
    [
      'a setting that does not exist',
      { prot: 1, merchants: [{ id: 'a', secretKey: { env: 'S' } }] },
      ['prot'],
    ],
    [
      'a secret written into the file',
      { merchants: [{ id: 'a', secretKey: 'plain' }] },
      ['merchants.0.secretKey (FISCALKIT_MERCHANT_SECRET)'],
    ],
    [
      'a secret that is nowhere',
      { merchants: [{ id: 'a', secretKey: { env: 'NONE' } }] },
      ['merchants.0.secretKey'],
    ],
    [
      'two merchants with one id',
      {
        merchants: [
          { id: 'a', secretKey: { env: 'S' } },
          { id: 'a', secretKey: { env: 'S' } },
        ],
      },
      ['merchants'],
    ],
    [
      'open payments for nobody',
      { openPayments: 'b', merchants: [{ id: 'a', secretKey: { env: 'S' } }] },
      ['openPayments (FISCALKIT_OPEN_PAYMENTS)'],
    ],
  ])('refuses %s', (_, settings, faults) => {
    expect(faultsOf({ FISCALKIT_CONFIG: fileWith(JSON.stringify(settings)), S: 'secret' })).toEqual(faults);
  });

  it.each([
    ['another database', { FISCALKIT_LEDGER_URL: 'mysql://x' }],
    ['a password in the file', { FISCALKIT_CONFIG: 'ledgerUrl' }],
  ])('refuses %s for a ledger', (_, environment) => {
    const settings = {
      ledgerUrl: 'postgres://me:secret@db/x',
      merchants: [{ id: 'a', secretKey: { env: 'S' } }],
    };
    const path = fileWith(JSON.stringify(settings));
    const given =
      'FISCALKIT_CONFIG' in environment ? { FISCALKIT_CONFIG: path } : { ...merchant, ...environment };
    expect(faultsOf({ ...given, S: 'secret' })).toEqual(['ledgerUrl (FISCALKIT_LEDGER_URL)']);
  });

  it('takes PostgreSQL, its password by reference', () => {
    const url = 'postgres://me:secret@db/x';
    expect(loadConfiguration({ ...merchant, FISCALKIT_LEDGER_URL: url }).ledgerUrl).toBe(url);
    expect(loadConfiguration({ ...merchant, FISCALKIT_LEDGER_URL_FILE: fileWith(url) }).ledgerUrl).toBe(url);
  });

  it.each(['[]', '{', ''])('refuses a file with %j', (text) => {
    expect(faultsOf({ FISCALKIT_CONFIG: fileWith(text) })).toEqual(['FISCALKIT_CONFIG']);
  });

  it('refuses a file that is not there', () => {
    expect(faultsOf({ FISCALKIT_CONFIG: '/nowhere/at/all.json' })).toEqual(['FISCALKIT_CONFIG']);
  });

  it.each([
    [
      'id',
      { ...merchant, FISCALKIT_MERCHANT_ID: '542088' },
      ['merchants.0.id', 'merchants.0.freedompay.merchantId'],
    ],
    [
      'secret',
      { ...merchant, FISCALKIT_MERCHANT_SECRET: 'secret_key' },
      ['merchants.0.secretKey', 'merchants.0.freedompay.secretKey'],
    ],
    ['API key', { ...merchant, FISCALKIT_MERCHANT_API_KEY: 'demo-api-key' }, ['merchants.0.apiKey']],
  ])("refuses the demo's %s by name outside the demo", (_, environment, faults) => {
    expect(faultsOf(environment)).toEqual(faults);
  });

  it('keeps the demo on this machine', () => {
    expect(faultsOf({ FISCALKIT_DEMO: '1' })).toEqual([]);
    expect(
      faultsOf({
        FISCALKIT_DEMO: '1',
        HOST: '0.0.0.0',
        FISCALKIT_FREEDOMPAY_URL: 'https://api.freedompay.uz',
      }),
    ).toEqual(['host (HOST)', 'merchants.0.freedompay.baseUrl']);
  });

  it.each([
    ['of a variable', { secretKey: { env: 'a long secret' } }],
    ['of a file', { secretKey: { file: 'a long secret' } }],
    ['of a setting', { secretKey: { env: 'KEY' }, 'a long secret': true }],
  ])('never tells what stands in the place of the name %s', (_, changes) => {
    const path = fileWith(JSON.stringify({ merchants: [{ id: 'shop', ...changes }] }));
    expect(() => loadConfiguration({ FISCALKIT_CONFIG: path, KEY: 'x' })).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining('a long secret') }),
    );
  });

  it.each(['__proto__', 'toString'])('takes no variable %s from an environment that has none', (name) => {
    const path = fileWith(JSON.stringify({ merchants: [{ id: 'shop', secretKey: { env: name } }] }));
    expect(faultsOf({ FISCALKIT_CONFIG: path })).toEqual(['merchants.0.secretKey']);
  });

  it.each([
    ['merchants', 'x'],
    ['limits', 'x'],
    ['limits', 1],
  ])('refuses %s of a file that are %j, though a variable sets one of them', (name, value) => {
    const path = fileWith(JSON.stringify({ [name]: value }));
    const environment = { ...merchant, FISCALKIT_MAX_NESTING: '8', FISCALKIT_CONFIG: path };
    expect(faultsOf(environment)).toEqual([name]);
  });

  it('never tells a secret', () => {
    try {
      loadConfiguration({ ...merchant, FISCALKIT_MERCHANT_API_KEY: 'demo-api-key', HOST: '', PORT: 'x' });
      expect.unreachable();
    } catch (error) {
      expect(JSON.stringify([error, String(error)])).not.toContain('a long secret');
    }
  });
});
