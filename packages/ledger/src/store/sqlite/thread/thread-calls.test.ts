import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { rolldown } from 'rolldown';
import { expect, it, onTestFinished } from 'vitest';

const run = promisify(execFile);
const built = fileURLToPath(new URL('../../../../dist/index.js', import.meta.url));

/** Bundles the built package with a program that opens a ledger; answers what the program prints. */
async function bundled(format: 'esm' | 'cjs', define: Record<string, string>): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'fiscalkit-bundled-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = JSON.stringify(join(folder, 'ledger.sqlite'));
  const program = `import { openSqliteStore } from ${JSON.stringify(built)};
openSqliteStore({ path: ${path} }).then(() => console.log('open'), (error) => console.log(error.code, error.message));`;
  const plugin = {
    name: 'program',
    resolveId: (id: string) => (id === 'program' ? id : null),
    load: (id: string) => (id === 'program' ? program : null),
  };
  const bundle = await rolldown({
    input: 'program',
    platform: 'node',
    plugins: [plugin],
    transform: { define },
  });
  const file = join(folder, format === 'esm' ? 'main.mjs' : 'main.cjs');
  await bundle.write({ file, format, codeSplitting: false });
  await bundle.close();
  return (await run(process.execPath, [file])).stdout;
}

it.each([
  ['an ES module', 'esm', {}],
  ['a CommonJS file', 'cjs', {}],
  // As esbuild does it.
  ['a CommonJS file that knows no address', 'cjs', { 'import.meta.url': 'undefined' }],
] as const)(
  'says in one sentence to keep the package external when it is bundled into %s',
  async (_, format, define) => {
    expect(await bundled(format, define)).toMatch(/^ledger\.bundled .*keep @fiscalkit\/\* external .*\.\n$/);
  },
  60_000,
);
