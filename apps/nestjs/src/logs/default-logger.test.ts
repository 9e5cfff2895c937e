import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const run = promisify(execFile);
const pathOf = (file: string) => fileURLToPath(new URL(file, import.meta.url));
const program = ['./default-logger.fixture.ts', '../../dist/index.js', '../../dist/testing/index.js'].map(
  pathOf,
);

it.each([11, 12])('tells the logger that Nest %i has by itself what goes wrong', async (major) => {
  const [fixture = '', ...entries] = program;
  const { stdout, stderr } = await run(process.execPath, [fixture, String(major), ...entries], {
    env: { ...process.env, NO_COLOR: '1' },
  });
  // Errors go to the error output.
  const output = stdout + stderr;
  expect(output).toMatch(/DEBUG.*Fiscal.*entry\.accepted/);
  expect(output).toMatch(/WARN.*Fiscal.*entry\.changed .*to=rejected/);
  expect(output).toMatch(/WARN.*Fiscal.*entry\.changed .*to=unknown/);
  expect(output).toMatch(
    /ERROR.*Fiscal.*handler\.failed handler=Orders\.mail .* - no mail today\n.*RangeError: no mail today\n +at /,
  );
  expect(output).toMatch(/WARN.*Fiscal.*breaker\.changed .*state=open/);
  expect(output).toMatch(
    /WARN.*Fiscal:wrong.*account\.unauthorized .*freedompay refuses the key .*merchant cafe/,
  );
  expect(output).toMatch(/LOG.*Fiscal.*ledger\.open at=:memory:/);
  expect(output).toMatch(/ERROR.*Fiscal:broken.*ledger\.failed/);
});
