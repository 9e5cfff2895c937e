import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { root } from './example-in.fixture.js';

const textOf = (path: string) => readFileSync(join(root, path), 'utf8');

it('the guide to FiscalModule prints the test that the starters run', () => {
  expect(textOf('docs/guides/nestjs.md')).toContain(
    `\`\`\`ts\n${textOf('e2e/starters/shop/orders.spec.ts')}\`\`\``,
  );
});
