import { readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { createAtol } from '@fiscalkit/client/atol';
import type { FiscalEvent } from '@fiscalkit/ledger';
import { type Sandbox, sampleAtolGroups, sampleMerchant } from '@fiscalkit/sandbox';
import { Injectable } from '@nestjs/common';
import { describe, expect, it } from 'vitest';
import { openSandbox, shopAt, startApplication } from './application.fixture.js';
import { OnFiscalEvent } from './events/on-fiscal-event.decorator.js';
import { FiscalModule } from './module/fiscal.module.js';
import { FiscalService } from './service/fiscal.service.js';
import { sqlite } from './store/sqlite.js';
import type { StoreSource } from './store/store-source.js';
import { client, openTransactionalStore } from './store/transactional-store.fixture.js';

const guide = readFileSync(new URL('../../../docs/guides/corrections.md', import.meta.url), 'utf8');
const [, section = ''] = /## From NestJS\n([\s\S]*?)\n## /.exec(guide) ?? [];
const examples = [...section.matchAll(/```ts\n([\s\S]*?)```/g)].map(([, example = '']) => example);

@Injectable()
class Heard {
  readonly kinds: string[] = [];

  @OnFiscalEvent(['correction.registered', 'correction.rejected', 'receipt.registered'])
  async hear({ kind, entry }: FiscalEvent): Promise<void> {
    this.kinds.push(`${kind} ${entry.facets.operationType}`);
  }
}

/** Starts an application whose shop registers through the emulated ATOL Online. */
async function startWithAtol(
  version: 'v4' | 'v5',
  sandbox: Sandbox,
  ledger: StoreSource = sqlite({ path: ':memory:' }),
) {
  const {
    code = '',
    login = '',
    password = '',
  } = sampleAtolGroups.find((group) => group.version === version) ?? {};
  const provider = () =>
    createAtol({
      version,
      groupCode: code,
      login,
      password,
      baseUrl: `${sandbox.url}/possystem`,
      pollMs: 20,
      settlesWithinMs: 3_000,
    });
  const { id: receiptMerchantId, company } = sampleMerchant;
  const application = await startApplication({
    imports: [
      FiscalModule.forRoot({
        ledger,
        merchants: { shop: { receiptMerchantId, company, provider } },
      }),
    ],
    providers: [Heard],
  });
  return { fiscal: application.get(FiscalService), heard: application.get(Heard) };
}

async function run(source: string, fiscal: FiscalService): Promise<string[]> {
  const logged: string[] = [];
  const console = { log: (...values: unknown[]) => logged.push(values.map(String).join(' ')) };
  const program = stripTypeScriptTypes(`async function example() {${source}}`);
  await new Function('console', 'fiscal', `${program}; return example();`)(console, fiscal);
  return logged;
}

describe('fiscal.corrections', () => {
  it.each([
    ['v4', 0, 1],
    ['v5', 1, 2],
  ] as const)(
    'does through ATOL %s what the guide says, and handlers hear of it',
    async (version, index, lines) => {
      const source = examples[index] ?? '';
      const expected = [...source.matchAll(/^\/\/ (.*)$/gm)].map(([, line]) => line);
      expect(expected).toHaveLength(lines);
      const sandbox = await openSandbox();
      const { fiscal, heard } = await startWithAtol(version, sandbox);
      expect(await run(source, fiscal)).toEqual(expected);
      await expect.poll(() => heard.kinds).toEqual(['correction.registered sell_correction']);
      expect(sandbox.journal().atol).toMatchObject([{ operation: 'sell_correction', status: 'done' }]);
      const [listed] = await fiscal.corrections.list({ query: { offset: 0, limit: 10 } });
      const id = listed?.receipt_id ?? '';
      expect(await fiscal.corrections.get({ id })).toEqual(listed);
      expect(await fiscal.corrections.waitFor({ id, timeoutMs: 10 })).toEqual(listed);
      expect(await fiscal.receipts.get({ id })).toBeNull();
    },
  );

  it('are accepted within a transaction, or by a statement, once, and are checked without being stored', async () => {
    const { fiscal } = await startWithAtol('v4', await openSandbox(), openTransactionalStore());
    const { corrections } = fiscal;
    const correction = {
      receipt_format: 'ru_1_05',
      operation_type: 'sell_correction',
      correction_info: { type: 'self', base_date: '2026-03-13' },
      vat_totals: [{ vat_code: 'none', turnover: 100 }],
      settlements: [{ type: 'cashless', sum: 100 }],
    } as const;
    expect(await corrections.validate({ correction })).toMatchObject({
      ok: true,
      correction: { total: 100 },
    });
    const faulty = {
      ...correction,
      correction_info: { type: 'instruction', base_date: '2026-03-13' },
    } as const;
    expect(await corrections.validate({ correction: faulty })).toMatchObject({
      ok: false,
      faults: [{ code: 'correction.base.number.missing' }],
    });
    expect(await corrections.list({ query: { offset: 0, limit: 10 } })).toEqual([]);

    const first = await corrections.acceptWithin(client, { correction });
    expect(first).toMatchObject({ replayed: false, warnings: [] });
    const { receiptId: id } = first;
    expect(await corrections.waitFor({ id, timeoutMs: 10_000 })).toMatchObject({ status: 'registered' });
    const again = await corrections.acceptWithin(client, { correction });
    expect(again).toMatchObject({
      receiptId: id,
      replayed: true,
      warnings: [{ code: 'receipt.same-content' }],
    });
    await expect(corrections.acceptWithin(client, { correction, idempotencyKey: 'k' })).rejects.toMatchObject(
      {
        code: 'receipt.twin',
      },
    );
    const { text, accepted } = corrections.acceptStatement({ correction });
    expect(text).toBe('SELECT $1');
    expect(accepted([{ kind: 'replayed', id, over: null }])).toEqual({ receiptId: id, replayed: true });
    await expect(corrections.acceptWithin(client, { correction: faulty })).rejects.toMatchObject({
      code: 'correction.invalid',
    });
  });

  it('says who takes corrections where the providers of the shop do not', async () => {
    const sandbox = await openSandbox();
    const options = { ledger: sqlite({ path: ':memory:' }), merchants: { shop: shopAt(sandbox) } };
    const application = await startApplication({ imports: [FiscalModule.forRoot(options)] });
    const fiscal = application.get(FiscalService);
    await expect(run(examples[0] ?? '', fiscal)).rejects.toThrow(
      expect.objectContaining({ code: 'provider.unsupported', message: expect.stringContaining('atol') }),
    );
    expect(await fiscal.corrections.list({ query: { offset: 0, limit: 10 } })).toEqual([]);
  });
});
