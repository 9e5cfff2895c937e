import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const packageFolder = fileURLToPath(new URL('../../../..', import.meta.url));

/** Returns the packages that a file of the build loads, and those of the files that it loads. */
function packagesOf(path: string, seen = new Set<string>()): string[] {
  if (seen.has(path)) return [];
  seen.add(path);
  const imports = readFileSync(path, 'utf8').matchAll(/^import\b[^;]*?["']([^"']+)["'];/gm);
  return Array.from(imports, ([, name = '']) => name)
    .filter((name) => !name.startsWith('node:'))
    .flatMap((name) => (name.startsWith('.') ? packagesOf(join(dirname(path), name), seen) : [name]));
}

// Each open ledger has both in memory: the schemas and the providers' clients took more than their own code.
it.each(['engine-thread.js', 'reader-thread.js'])('%s loads only what it runs', (program) => {
  const packages = new Set(packagesOf(join(packageFolder, 'dist', program)));
  expect(Array.from(packages).sort()).toEqual([
    '@fiscalkit/client/reason-codes',
    '@fiscalkit/schemas/canonical-json',
    '@fiscalkit/schemas/correction-object',
    '@fiscalkit/schemas/errors',
    '@fiscalkit/schemas/receipt-object',
  ]);
});
