import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const built = fileURLToPath(new URL('../dist/', import.meta.url));

/** Every package that the declarations which an entry leads to import from. */
function packagesInTypes(file: string, seen = new Set<string>()): Set<string> {
  if (seen.has(file)) return new Set();
  seen.add(file);
  const specifiers = readFileSync(file, 'utf8').matchAll(/(?:from |import\()["']([^"']+)["']/g);
  const packages = new Set<string>();
  for (const [, specifier = ''] of specifiers) {
    if (!specifier.startsWith('.')) packages.add(specifier);
    else {
      const next = join(dirname(file), specifier.replace(/\.js$/, '.d.ts'));
      for (const name of packagesInTypes(next, seen)) packages.add(name);
    }
  }
  return packages;
}

it('are not needed by the main entry', () => {
  const fixture = fileURLToPath(new URL('./without-optional-peers.fixture.ts', import.meta.url));
  const output = execFileSync(process.execPath, [fixture, join(built, 'index.js')], { encoding: 'utf8' });
  expect(JSON.parse(output)).toEqual({ due: 0 });
});

it('are not in the types of the main entry', () => {
  expect([...packagesInTypes(join(built, 'index.d.ts'))].sort()).toEqual([
    '@fiscalkit/client',
    '@fiscalkit/ledger',
    '@fiscalkit/ledger/postgres',
    '@fiscalkit/schemas',
    '@nestjs/common',
    '@nestjs/core',
  ]);
});
