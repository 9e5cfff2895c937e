import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { signDetached } from '@fiscalkit/client/jws';
import { type Program, startProgram } from '@fiscalkit/testing';
import { temporaryFolder } from '../temporary-folder.fixture.js';
import { personal, secrets } from './canaries.fixture.js';

/** An answer as one text: its status, its headers and its body. */
export interface CanaryAnswer {
  readonly status: number;
  readonly text: string;
  readonly body: string;
}

/** A gateway whose configuration is full of canaries, and all that it printed. */
export interface CanaryGateway {
  readonly program: Program;
  readonly output: () => string;
  readonly ledgerPath: string;
  send(target: string, request?: RequestInit): Promise<CanaryAnswer>;
  /** As the merchant, signed. */
  signed(method: 'GET' | 'POST' | 'PUT', target: string, document?: unknown): Promise<CanaryAnswer>;
  /** As the merchant, with the API key. */
  confirm(document: unknown, wallet?: string): Promise<CanaryAnswer>;
  /** As the administrator. */
  administer(method: 'GET' | 'POST', target: string, document?: unknown): Promise<CanaryAnswer>;
}

/** The file for a merchant whose providers are at an address; every secret by reference. */
export function plantedConfiguration(providerUrl: string) {
  return {
    port: 0,
    logLevel: 'debug',
    limits: { failedAuthenticationsPerMinute: null },
    ledgerUrl: { env: 'CANARY_LEDGER_URL' },
    adminKey: { env: 'CANARY_ADMIN_KEY' },
    webhooks: { key: { env: 'CANARY_WEBHOOK_KEY' }, allowPrivateAddresses: true, retryMs: 50 },
    merchants: [
      {
        id: 'canary-shop',
        secretKey: { env: 'CANARY_MERCHANT_SECRET' },
        apiKey: { env: 'CANARY_API_KEY' },
        company: {
          inn: '5544332219',
          email: personal.sellerEmail,
          tax_system: 'osn',
          payment_address: personal.sellerAddress,
        },
        freedompay: {
          baseUrl: providerUrl,
          secretKey: { env: 'CANARY_FREEDOMPAY_SECRET' },
          attemptMs: 2000,
          settlesWithinMs: 1,
        },
        fiscalbox: { baseUrl: providerUrl, apiKey: { env: 'CANARY_FISCALBOX_KEY' }, attemptMs: 2000 },
      },
    ],
  };
}

/** The variables that the references lead to. */
export function plantedEnvironment(ledgerUrl: string): Record<string, string> {
  return {
    CANARY_LEDGER_URL: ledgerUrl,
    CANARY_ADMIN_KEY: secrets.adminKey,
    CANARY_WEBHOOK_KEY: secrets.webhookKey,
    CANARY_MERCHANT_SECRET: secrets.merchantSecret,
    CANARY_API_KEY: secrets.apiKey,
    CANARY_FREEDOMPAY_SECRET: secrets.freedompaySecret,
    CANARY_FISCALBOX_KEY: secrets.fiscalboxKey,
  };
}

export interface CanaryGatewayOptions {
  readonly providerUrl: string;
  /** A new SQLite file when absent. */
  readonly ledgerUrl?: string;
}

/** Starts such a gateway. */
export async function startCanaryGateway({
  providerUrl,
  ledgerUrl,
}: CanaryGatewayOptions): Promise<CanaryGateway> {
  const folder = temporaryFolder('canary');
  const ledgerPath = join(folder, 'ledger.sqlite');
  const file = join(folder, 'configuration.json');
  writeFileSync(file, JSON.stringify(plantedConfiguration(providerUrl)));
  let output = '';
  const program = await startProgram(import.meta.resolve('@fiscalkit/gateway'), {
    environment: { ...plantedEnvironment(ledgerUrl ?? `sqlite:${ledgerPath}`), FISCALKIT_CONFIG: file },
    onOutput: (text) => {
      output += text;
    },
  }).catch((cause: Error) => {
    throw new Error(`${cause.message}: ${output}`, { cause });
  });
  const send = async (target: string, request: RequestInit = {}): Promise<CanaryAnswer> => {
    const response = await fetch(`${program.url}${target}`, { redirect: 'manual', ...request });
    const body = await response.text();
    const { status } = response;
    return { status, body, text: `${status} ${JSON.stringify([...response.headers])}\n${body}` };
  };
  const withKey = (key: string) => (method: string, target: string, document?: unknown) =>
    send(target, {
      method,
      ...bodyOf(document),
      headers: { ...typeOf(document), Authorization: `Bearer ${key}` },
    });
  return {
    program,
    output: () => output,
    ledgerPath,
    send,
    signed: (method, target, document) =>
      send(target, {
        method,
        ...bodyOf(document),
        headers: { ...typeOf(document), 'X-JWS-Signature': signatureOf(method, target, document) },
      }),
    confirm: (document, wallet = 'anor') =>
      withKey(secrets.apiKey)('POST', `/payment/${wallet}_confirm?wait=3000`, document),
    administer: withKey(secrets.adminKey),
  };
}

const textOf = (document: unknown) => (typeof document === 'string' ? document : JSON.stringify(document));
const bodyOf = (document: unknown) => (document === undefined ? {} : { body: textOf(document) });
const typeOf = (document: unknown) => (document === undefined ? {} : { 'Content-Type': 'application/json' });

function signatureOf(method: string, target: string, document: unknown): string {
  return signDetached({
    method,
    path: target.split('?')[0] ?? '',
    body: new TextEncoder().encode(document === undefined ? '' : textOf(document)),
    merchantId: 'canary-shop',
    secretKey: secrets.merchantSecret,
  });
}
