import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const packageFolder = fileURLToPath(new URL('../..', import.meta.url));

/** Creates a client as built, requests a receipt where nobody listens, and prints when undici was loaded. */
const program = `
  import { registerHooks } from 'node:module';
  const resolved = [];
  registerHooks({ resolve: (name, context, next) => (resolved.push(name), next(name, context)) });
  const { createFreedompay } = await import('@fiscalkit/client/freedompay');
  const client = createFreedompay({
    merchantId: '1', secretKey: 'key', baseUrl: 'http://127.0.0.1:9', allowPrivateAddresses: true,
  });
  const before = resolved.includes('undici');
  await client.poll({ reference: '1' }, '1');
  console.log(JSON.stringify({ before, after: resolved.includes('undici') }));`;

it('loads undici with the first request', () => {
  const commandLine = ['--input-type=module', '--eval', program];
  const output = execFileSync(process.execPath, commandLine, { cwd: packageFolder, encoding: 'utf8' });
  expect(JSON.parse(output)).toEqual({ before: false, after: true });
});
