import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { root } from './example-in.fixture.js';

const textOf = (path: string) => readFileSync(join(root, path), 'utf8');
const recipes = 'e2e/orms/src/recipes';

it.each([
  'e2e/starters/shop/orders.spec.ts',
  ...readdirSync(join(root, recipes)).map((file) => `${recipes}/${file}`),
])('the guide to FiscalModule prints %s, which is run', (path) => {
  expect(textOf('docs/guides/nestjs.md')).toContain(`\`\`\`ts\n${textOf(path)}\`\`\``);
});

it('the guide to FiscalModule has recipes of at most eight lines', () => {
  for (const file of readdirSync(join(root, recipes)))
    expect(textOf(`${recipes}/${file}`).trimEnd().split('\n').length, file).toBeLessThanOrEqual(8);
});
