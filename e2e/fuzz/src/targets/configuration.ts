import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigurationError, loadConfiguration } from '@fiscalkit/gateway';
import fc from 'fast-check';
import { sealed } from '../harness/target.js';
import { hostileValue } from '../inputs/hostile-values.js';
import { mutatedDocument } from '../inputs/mutated-document.js';
import { mutatedText } from '../inputs/mutated-text.js';

const secret = 'sk-canary-7f3a';
const ledgerPassword = 'pw-canary-91bd';

const file = {
  host: '127.0.0.1',
  port: 8080,
  role: 'all',
  logLevel: 'info',
  ledgerUrl: 'sqlite:ledger.sqlite',
  limits: { bodyBytes: 1048576, nesting: 16 },
  delivery: { concurrency: 32, perSecond: 10 },
  merchants: [
    {
      id: 'shop',
      secretKey: { env: 'SHOP_SECRET' },
      apiKey: { env: 'SHOP_KEY' },
      company: { inn: '5544332219', email: 'shop@example.com' },
      freedompay: { baseUrl: 'https://api.freedompay.uz', attemptMs: 10000 },
      fiscalbox: { baseUrl: 'https://api.fiscalbox.uz' },
    },
  ],
};

const ledgerUrl = mutatedText([
  'sqlite:data/ledger.sqlite',
  'sqlite::memory:',
  `postgres://user:${ledgerPassword}@localhost:5432/fiscal?sslmode=require`,
  'postgresql://localhost/fiscal',
]);

const variable = fc.constantFrom(
  'PORT',
  'HOST',
  'FISCALKIT_ROLE',
  'FISCALKIT_LOG_LEVEL',
  'FISCALKIT_COMPANY_INN',
  'FISCALKIT_MAX_BODY_BYTES',
  'FISCALKIT_FREEDOMPAY_URL',
  'FISCALKIT_OPEN_PAYMENTS',
  'FISCALKIT_DEMO',
  'FISCALKIT_MERCHANT_ID',
);

const environment = fc
  .array(
    fc.tuple(variable, mutatedText(['8080', '127.0.0.1', 'all', 'shop', 'https://api.freedompay.uz', '1'])),
    { maxLength: 3 },
  )
  .map((pairs) => Object.fromEntries(pairs));

/** Target: all faults of a configuration are reported, no secrets; what passes is within its limits. */
export const configuration = sealed({
  name: 'configuration',
  input: fc.record({
    settings: fc.oneof(
      { weight: 6, arbitrary: mutatedDocument([file]).map((value) => JSON.stringify(value) ?? '') },
      mutatedText([JSON.stringify(file)]),
      hostileValue.map((value) => JSON.stringify(value)),
    ),
    environment,
    ledger: fc.option(ledgerUrl, { nil: undefined }),
    inFile: fc.boolean(),
  }),
  check({ settings, environment: variables, ledger, inFile }) {
    const folder = mkdtempSync(join(tmpdir(), 'fiscalkit-fuzz-'));
    const path = join(folder, 'configuration.json');
    writeFileSync(path, inFile && ledger !== undefined ? withLedger(settings, ledger) : settings);
    const given = {
      ...variables,
      SHOP_SECRET: secret,
      SHOP_KEY: `${secret}-2`,
      FISCALKIT_CONFIG: path,
      ...(!inFile && ledger !== undefined && { FISCALKIT_LEDGER_URL: ledger }),
    };
    try {
      const { port, merchants, ledgerUrl: url } = loadConfiguration(given);
      assert.ok(Number.isInteger(port) && port >= 0 && port <= 65_535);
      assert.ok(merchants.length > 0);
      assert.match(url, /^(sqlite:|postgres(ql)?:\/\/)/);
    } catch (error) {
      if (!(error instanceof ConfigurationError)) throw error;
      assert.ok(error.settings.length > 0);
      assert.doesNotMatch(error.message, /canary/, 'the error tells a secret');
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
});

function withLedger(settings: string, url: string): string {
  return settings.replace('"sqlite:ledger.sqlite"', () => JSON.stringify(url));
}
