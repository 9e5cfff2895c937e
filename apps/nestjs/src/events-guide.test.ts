import { readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { expect, it } from 'vitest';
import { openSandbox, shopAt, startApplication } from './application.fixture.js';
import { FiscalModule } from './module/fiscal.module.js';
import { sale } from './receipt.fixture.js';
import { FiscalService } from './service/fiscal.service.js';
import { sqlite } from './store/sqlite.js';

const guide = readFileSync(new URL('../../../docs/guides/events.md', import.meta.url), 'utf8');

it('follows the events as the guide says, and goes on where it ended', async () => {
  const [, source = ''] = /<!-- example: follow -->\n\n```ts\n([\s\S]*?)```/.exec(guide) ?? [];
  const sandbox = await openSandbox();
  const merchants = { shop: shopAt(sandbox) };
  const options = { ledger: sqlite({ path: ':memory:' }), merchants, feed: {} };
  const application = await startApplication({ imports: [FiscalModule.forRoot(options)] });
  const fiscal = application.get(FiscalService);

  const paid: string[] = [];
  let cursor: string | undefined;
  async function follow(count: number): Promise<void> {
    const ending = new AbortController();
    const program = stripTypeScriptTypes(`async function example() {${source}}`);
    const names = ['fiscal', 'lastCursor', 'keepCursor', 'markAsPaid', 'signal'];
    const example = new Function(...names, `${program}; return example();`);
    const lastCursor = async () => cursor;
    const keepCursor = async (kept: string) => {
      cursor = kept;
      if (paid.length === count) ending.abort();
    };
    const markAsPaid = async (payment: string) => paid.push(payment);
    await example(fiscal, lastCursor, keepCursor, markAsPaid, ending.signal);
  }

  const following = follow(1);
  await fiscal.receipts.create({ receipt: sale('first') });
  await following;
  await fiscal.receipts.create({ receipt: sale('second') });
  await follow(2);
  expect(paid).toEqual(['first', 'second']);
});

it('needs the option', async () => {
  const sandbox = await openSandbox();
  const options = { ledger: sqlite({ path: ':memory:' }), merchants: { shop: shopAt(sandbox) } };
  const application = await startApplication({ imports: [FiscalModule.forRoot(options)] });
  await expect(application.get(FiscalService).events.after()).rejects.toMatchObject({ code: 'events.off' });
});
