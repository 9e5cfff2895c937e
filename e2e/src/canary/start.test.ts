import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { removeTemporaryFolders, temporaryFolder } from '../temporary-folder.fixture.js';
import { personal, secrets } from './canaries.fixture.js';
import { plantedConfiguration, plantedEnvironment } from './canary-gateway.fixture.js';
import { findCanaries } from './find-canaries.fixture.js';

const main = fileURLToPath(import.meta.resolve('@fiscalkit/gateway')).replace(/index\.js$/, 'main.js');
const folder = temporaryFolder('canary');
afterAll(removeTemporaryFolders);

const nowhere = 'http://127.0.0.1:1';

/** Runs the gateway until it ends by itself. */
async function run(
  commandLine: readonly string[],
  environment: Readonly<Record<string, string>> = {},
  onText: (child: ChildProcess, text: string) => void = () => {},
) {
  const env = { ...process.env, ...environment };
  const child = spawn(process.execPath, [...commandLine], { env, timeout: 20_000 });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      output += chunk;
      onText(child, String(chunk));
    });
  }
  const [status] = await once(child, 'close');
  return { status, output };
}

/** Starts the gateway with a configuration that it can't use. */
function runWith(configuration: unknown, environment: Readonly<Record<string, string>> = {}) {
  const file = join(mkdtempSync(join(folder, 'run-')), 'configuration.json');
  writeFileSync(file, typeof configuration === 'string' ? configuration : JSON.stringify(configuration));
  const planted = plantedEnvironment(`sqlite:${file}.sqlite`);
  return run([main], { ...planted, ...environment, FISCALKIT_CONFIG: file });
}

const { merchantSecret, apiKey, adminKey, fiscalboxKey, databasePassword } = secrets;
const { buyerEmail, buyerTaxId, sellerEmail } = personal;
const sound = plantedConfiguration(nowhere);
const [merchant] = sound.merchants;
const withMerchant = (changes: object) => ({ ...sound, merchants: [{ ...merchant, ...changes }] });
const databaseUrl = (address: string) => `postgres://user:${databasePassword}@${address}`;

describe('a start that fails', () => {
  it.each<[string, unknown, Readonly<Record<string, string>>?]>([
    ['a secret in the place of its reference', withMerchant({ secretKey: merchantSecret, apiKey })],
    ['a secret beside its reference', withMerchant({ secretKey: { env: 'X', value: merchantSecret } })],
    ['a secret as the name of a variable', withMerchant({ secretKey: { env: merchantSecret } })],
    ['a secret as the path of a file', withMerchant({ secretKey: { file: merchantSecret } })],
    [
      'a secret as the name of a setting',
      { ...withMerchant({ [merchantSecret]: true }), [adminKey]: apiKey },
    ],
    ['a key in the place of its hash', { ...withMerchant({ apiKeyHash: apiKey }), adminKeyHash: adminKey }],
    ['a file that is cut off', JSON.stringify(withMerchant({ secretKey: merchantSecret })).slice(0, -9)],
    ['a file that is only the secret', merchantSecret],
    [
      'an address with a password',
      withMerchant({ fiscalbox: { baseUrl: `https://u:${fiscalboxKey}@example.com` } }),
    ],
    ['a database password in the file', { ...sound, ledgerUrl: databaseUrl('127.0.0.1:1/fiscal') }],
    [
      'wrong personal data',
      withMerchant({ company: { inn: `${buyerTaxId}0`, email: 7, [buyerEmail]: sellerEmail } }),
    ],
    [
      'secrets in every other setting',
      {
        ...sound,
        host: apiKey,
        port: apiKey,
        role: apiKey,
        logLevel: apiKey,
        openPayments: apiKey,
        trustedProxies: [apiKey],
        limits: apiKey,
        delivery: { concurrency: apiKey },
        administrators: [{ name: apiKey, keyHash: apiKey }],
      },
    ],
    ['a database that is not there', sound, { CANARY_LEDGER_URL: databaseUrl('127.0.0.1:1/fiscal') }],
    ['a database address that is none', sound, { CANARY_LEDGER_URL: databaseUrl('[::/fiscal') }],
    [
      'a database address with broken escapes',
      sound,
      { CANARY_LEDGER_URL: databaseUrl('127.0.0.1:1/%zz?sslmode=%zz') },
    ],
    ['a database port that is none', sound, { CANARY_LEDGER_URL: databaseUrl('127.0.0.1:99999999/fiscal') }],
    ['a ledger that is a folder', sound, { CANARY_LEDGER_URL: `sqlite:${folder}` }],
    ['an address that it can not listen on', { ...sound, host: '203.0.113.1' }],
  ])(
    'for %s tells no secret',
    async (_, configuration, environment) => {
      const { status, output } = await runWith(configuration, environment);
      expect(output).not.toBe('');
      expect(status).toBe(1);
      expect({ output, found: findCanaries(output) }).toEqual({ output, found: [] });
    },
    30_000,
  );

  it('for an error that nobody foresaw tells where, and not what', async () => {
    const accident = join(folder, 'accident.mjs');
    writeFileSync(
      accident,
      `process.on('SIGUSR2', () => {
        throw Object.assign(new Error('${buyerEmail}', { cause: '${databasePassword}' }), { key: '${apiKey}' });
      });`,
    );
    const file = join(folder, 'sound.json');
    writeFileSync(file, JSON.stringify(sound));
    const environment = {
      ...plantedEnvironment(`sqlite:${join(folder, 'sound.sqlite')}`),
      FISCALKIT_CONFIG: file,
    };
    const { status, output } = await run(['--import', accident, main], environment, (child, text) => {
      if (text.includes('"gateway.listening"')) child.kill('SIGUSR2');
    });
    expect(output).toContain('"gateway.crashed"');
    expect(status).toBe(1);
    expect({ output, found: findCanaries(output) }).toEqual({ output, found: [] });
  }, 30_000);
});

describe('a command that fails', () => {
  it.each([
    ['that is misspelt', ['verfy', databaseUrl('127.0.0.1:1/fiscal')]],
    ['that is forgotten', [databaseUrl('127.0.0.1:1/fiscal')]],
    ['with an option that is none', ['verify', `--password=${databasePassword}`]],
    ['with a word too many', ['verify', 'ledger.sqlite', databaseUrl('127.0.0.1:1/fiscal')]],
    ['on a database that is not there', ['verify', databaseUrl('127.0.0.1:1/fiscal')]],
    ['on a database address that is none', ['verify', databaseUrl('[::/fiscal')]],
    ['on a database that it can not back up', ['backup', databaseUrl('127.0.0.1:1/fiscal'), 'copy.sqlite']],
  ])(
    '%s tells no secret',
    async (_, commandLine) => {
      const { status, output } = await run([main, ...commandLine]);
      expect(status).toBeGreaterThan(0);
      expect({ output, found: findCanaries(output) }).toEqual({ output, found: [] });
    },
    30_000,
  );
});
