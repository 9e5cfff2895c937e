import { readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { expect, it } from 'vitest';
import { openSandbox, shopAt, startApplication } from './application.fixture.js';
import { FiscalModule } from './module/fiscal.module.js';
import { FiscalService } from './service/fiscal.service.js';
import { sqlite } from './store/sqlite.js';

const guide = readFileSync(new URL('../../../docs/guides/refunds-and-closings.md', import.meta.url), 'utf8');

it('does with the ledger what the guide to refunds says', async () => {
  const [, section = ''] = /## With the ledger\n([\s\S]*?)\n## /.exec(guide) ?? [];
  const source = [...section.matchAll(/```ts\n([\s\S]*?)```/g)].map(([, example = '']) => example).join('\n');
  const expected = [...source.matchAll(/^\/\/ (.*)$/gm)].map(([, line]) => line);
  expect(expected).toHaveLength(7);

  const sandbox = await openSandbox();
  const options = { ledger: sqlite({ path: ':memory:' }), merchants: { shop: shopAt(sandbox) } };
  const application = await startApplication({ imports: [FiscalModule.forRoot(options)] });
  const logged: string[] = [];
  const console = { log: (...values: unknown[]) => logged.push(values.map(String).join(' ')) };
  const program = stripTypeScriptTypes(`async function example() {${source}}`);
  const example = new Function('console', 'fiscal', `${program}; return example();`);
  await example(console, application.get(FiscalService));
  expect(logged).toEqual(expected);
});
