import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Provider, ProviderFactory } from '@fiscalkit/client';
import { createFiscalbox } from '@fiscalkit/client/fiscalbox';
import { createFreedompay } from '@fiscalkit/client/freedompay';
import {
  type SampleAccount,
  type Sandbox,
  sampleAccounts,
  sampleMerchant,
  startSandbox,
} from '@fiscalkit/sandbox';
import {
  canonicalJson,
  checkReceipt,
  isFiscalError,
  type ReceiptFormat,
  receiptFormats,
  type Wallet,
  wallets,
} from '@fiscalkit/schemas';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { casesOf, computedFields, fieldsOf, fullReceipt, type ReceiptCase } from './receipt-cases.fixture.js';

const now = new Date('2026-03-14T09:00:00Z');

/** A provider of the client with its account at the sandbox. */
interface ProviderAccount {
  /** Folder below `packages/client/src/providers`. */
  readonly folder: string;
  readonly title: string;
  create(url: string): Provider;
}

/** Returns the accounts that the sandbox knows of a provider, each with the provider's own factory. */
async function sampledAccounts([folder, samples]: [string, readonly SampleAccount[]]): Promise<
  ProviderAccount[]
> {
  const exported: Readonly<Record<string, ProviderFactory>> = await import(
    /* @vite-ignore */ ['@fiscalkit/client', folder].join('/')
  );
  const factory = exported[folder];
  if (!factory) throw new Error(`@fiscalkit/client/${folder} exports no factory ${folder}`);
  return samples.map(({ title, settings }) => ({
    folder,
    title,
    create: (url) => factory.create(settings(url)),
  }));
}

/** All providers: every field of our documents is sent to their emulators. */
const accounts: readonly ProviderAccount[] = [
  {
    folder: 'freedompay',
    title: 'FreedomPay',
    create: (baseUrl) =>
      createFreedompay({ merchantId: sampleMerchant.id, secretKey: sampleMerchant.secretKey, baseUrl }),
  },
  ...(await Promise.all(Object.entries(sampleAccounts).map(sampledAccounts))).flat(),
  { folder: 'fiscalbox', title: 'FiscalBox', create: (baseUrl) => createFiscalbox({ baseUrl }) },
];

/** Fields that are the ledger's and go to no provider, or in the provider's own form. */
const ofTheLedger: Readonly<Record<string, readonly string[]>> = { atol: ['payment_id'] };

/** What becomes of a value: `rules` refuse it before any provider sees it. */
type Outcome = 'sent' | 'refused' | 'rules' | 'kept';

let sandbox: Sandbox;
const providers = new Map<string, Provider>();
/** By provider, format, path and value. */
const outcomes = new Map<string, Outcome>();

beforeAll(async () => {
  sandbox = await startSandbox({ keepDocuments: true, clock: () => now, registrationDelayMs: 0 });
  for (const { title, create } of accounts) providers.set(title, create(sandbox.url));
});
afterAll(async () => {
  await Promise.all(Array.from(providers.values(), (provider) => provider.close()));
  await sandbox.close();
});

function providerOf({ title }: ProviderAccount): Provider {
  const provider = providers.get(title);
  if (!provider) throw new Error(`there is no provider ${title}`);
  return provider;
}

const keyOf = (...parts: readonly unknown[]) => JSON.stringify(parts);

/** What the emulator kept of a receipt, or the paths that the provider refuses it for. */
type Sending =
  | { readonly kind: 'kept'; readonly document: string; readonly normal: string }
  | { readonly kind: 'refused'; readonly paths: readonly string[] }
  | { readonly kind: 'rules' };

async function send(provider: Provider, input: object): Promise<Sending> {
  const check = checkReceipt(input, { now });
  if (!check.ok) return { kind: 'rules' };
  const reference = randomUUID();
  const document = { operation: 'receipt', document: { ...check.receipt } };
  try {
    const request = provider.freeze(document, { reference, businessTime: now });
    const verdict = await provider.submit(request);
    if (verdict.kind !== 'pending' && verdict.kind !== 'registered') {
      throw new Error(`${canonicalJson(input)} became ${JSON.stringify(verdict)}`);
    }
  } catch (error) {
    if (!isFiscalError(error)) throw error;
    expect(error.code).toBe('provider.unsupported');
    return { kind: 'refused', paths: error.faults.map(({ path }) => path) };
  }
  const kept = canonicalJson(sandbox.documents().at(-1)?.document).replaceAll(reference, '');
  return { kind: 'kept', document: kept, normal: canonicalJson(check.receipt) };
}

/** Whether the path of a fault names a field, what it is part of, or a part of it. */
function names(fault: string, path: string): boolean {
  const field = `$.${path}`;
  return fault.startsWith(field) || field.startsWith(`${fault}.`) || field.startsWith(`${fault}[`);
}

/** Sends a case; returns what the emulator kept of it, if it was taken. */
async function outcomeOf(
  {
    account: { folder, title },
    format,
  }: { readonly account: ProviderAccount; readonly format: ReceiptFormat },
  { path, value, receipt, without }: ReceiptCase,
): Promise<[Outcome, Sending]> {
  const provider = providers.get(title);
  if (!provider) throw new Error(`there is no provider ${title}`);
  const sent = await send(provider, receipt);
  if (sent.kind === 'rules') {
    // Else the case is none, and proves nothing.
    expect(path).toBe('positions[0].vat_code');
    return ['rules', sent];
  }
  if (sent.kind === 'refused') {
    expect([path, value, sent.paths.some((fault) => names(fault, path)), sent.paths]).toEqual([
      path,
      value,
      true,
      expect.anything(),
    ]);
    return ['refused', sent];
  }
  const other = await send(provider, without);
  const isChange = other.kind !== 'kept' || other.normal !== sent.normal;
  if (!isChange && fieldsOf(format).find((each) => each.path === path)?.values === null) {
    throw new Error(`the sample of ${path} changes nothing`);
  }
  const isSame = other.kind === 'kept' && other.document === sent.document && other.normal !== sent.normal;
  if (!isSame) return ['sent', sent];
  expect([
    title,
    path,
    value,
    'was dropped',
    path === 'merchant_id' || ofTheLedger[folder]?.includes(path),
  ]).toEqual([title, path, value, 'was dropped', true]);
  return ['kept', sent];
}

const cells = accounts.flatMap((account) =>
  receiptFormats.map((format) => ({ ...account, format, account })),
);

describe.each(cells)('$title with receipts of $format', ({ account, format }) => {
  const isTaken = () => {
    const { operations, formats } = providerOf(account).capabilities;
    return operations.includes('receipt') && formats.includes(format);
  };

  it('takes every field and every value to the emulator, or refuses it by its name', async () => {
    if (!isTaken()) {
      const check = checkReceipt(casesOf(format)[0]?.without, { now });
      if (!check.ok) throw new Error(JSON.stringify(check.faults));
      const document = { operation: 'receipt', document: { ...check.receipt } };
      const identity = { reference: randomUUID(), businessTime: now };
      expect(() => providerOf(account).freeze(document, identity)).toThrow(
        expect.objectContaining({ code: 'provider.unsupported' }),
      );
      return;
    }
    const kept = new Map<string, { readonly normal: string; readonly value: unknown }>();
    for (const each of casesOf(format)) {
      const [outcome, sending] = await outcomeOf({ account, format }, each);
      outcomes.set(keyOf(account.title, format, each.path, each.value), outcome);
      if (sending.kind !== 'kept' || outcome === 'kept') continue;
      // Two values that arrive as one are as good as dropped.
      const key = keyOf(each.path, sending.document);
      const twin = kept.get(key);
      if (twin && twin.normal !== sending.normal) {
        throw new Error(`${each.path}: ${String(twin.value)} and ${String(each.value)} arrive as the same`);
      }
      kept.set(key, { normal: sending.normal, value: each.value });
    }
  }, 60_000);

  it('takes a receipt with every optional field, or refuses one of them by its name', async () => {
    if (!isTaken()) return;
    const receipt = fullReceipt(format);
    const check = checkReceipt(receipt, { now });
    expect(check).toMatchObject({ ok: true });
    const sent = await send(providerOf(account), receipt);
    const known = fieldsOf(format);
    if (sent.kind === 'refused') {
      expect(sent.paths.every((fault) => known.some(({ path }) => names(fault, path)))).toBe(true);
    } else expect(sent.kind).toBe('kept');
  });
});

it.each(Object.keys(wallets) as Wallet[])(
  'FiscalBox takes every field of a confirmation of %s',
  async (wallet) => {
    const { key } = wallets[wallet];
    const provider = providers.get('FiscalBox');
    const schema = new URL(
      `../../../apps/json-schema/schemas/2020-12/confirmation-${wallet}.json`,
      import.meta.url,
    );
    const document = {
      [key]: `payment-${wallet}`,
      qr_code: 'https://ofd.soliq.uz/check?t=EP000000000025&r=108&c=20250417122300&s=236577767453',
    };
    expect(Object.keys(JSON.parse(readFileSync(schema, 'utf8')).properties).sort()).toEqual(
      Object.keys(document).sort(),
    );
    const request = provider?.freeze(
      { operation: `confirmation.${wallet}`, document },
      { reference: '1', businessTime: now },
    );
    expect(request && (await provider?.submit(request))).toMatchObject({ kind: 'registered' });
    expect(sandbox.documents().at(-1)?.document).toEqual(document);
  },
);

it('every provider is among those that fields are sent through', () => {
  const folders = readdirSync(new URL('../../../packages/client/src/providers', import.meta.url));
  expect([...new Set(accounts.map(({ folder }) => folder))].sort()).toEqual(folders.sort());
});

it('the guide has the table of fields: run `npm run guides`', async () => {
  const guide = fileURLToPath(new URL('../../../docs/guides/providers/fields.md', import.meta.url));
  const marked = /(<!-- fields: (\w+) -->\n\n)[\s\S]*?\n(?=\n<!-- end of fields -->)/g;
  const written = readFileSync(guide, 'utf8').replaceAll(
    marked,
    (_, begin, format) => `${begin}${tableOf(format)}`,
  );
  await expect(written).toMatchFileSnapshot(guide);
});

function tableOf(format: ReceiptFormat): string {
  const taking = accounts.filter((account) => providerOf(account).capabilities.formats.includes(format));
  const rows = fieldsOf(format).map(({ path, values }) => [
    `\`${path.replaceAll('[0]', '[]')}\``,
    ...taking.map(({ title }) => wordsOf(title, format, { path, values })),
  ]);
  return aligned([['field', ...taking.map(({ title }) => title)], ...rows]);
}

function wordsOf(
  title: string,
  format: ReceiptFormat,
  { path, values }: ReturnType<typeof fieldsOf>[number],
): string {
  if (computedFields.includes(path)) return 'with the amounts';
  const found = (outcome: Outcome) =>
    casesOf(format)
      .filter((each) => each.path === path)
      .filter((each) => outcomes.get(keyOf(title, format, path, each.value)) === outcome)
      .map(({ value }) => `\`${String(value)}\``);
  const refused = found('refused');
  if (found('kept').length > 0) return "the ledger's own";
  if (refused.length === 0) return 'sent';
  if (values === null || found('sent').length === 0) return 'refused';
  return `sent; refused: ${refused.join(', ')}`;
}

/** Writes a table as the formatter does. */
function aligned([head = [], ...rows]: readonly (readonly string[])[]): string {
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => row[column]?.length ?? 0)));
  const line = (parts: readonly string[], fill: string) =>
    `| ${parts.map((part, column) => part.padEnd(widths[column] ?? 0, fill)).join(' | ')} |\n`;
  const rule = head.map(() => '');
  return [line(head, ' '), line(rule, '-'), ...rows.map((row) => line(row, ' '))].join('');
}
