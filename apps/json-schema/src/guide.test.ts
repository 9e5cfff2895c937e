import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { verifyDetached } from '@fiscalkit/client/jws';
import { describe, expect, it } from 'vitest';
import { packageRoot, readPublished } from './published-files.js';

const guide = readFileSync(
  new URL('../../../docs/guides/schemas-from-other-languages.md', import.meta.url),
  'utf8',
);
const [signing = '', checking = ''] = [...guide.matchAll(/```python\n([\s\S]*?)```/g)].map(
  ([, script]) => script,
);

function python(script: string, input = '') {
  return spawnSync('python3', ['-c', script], { cwd: packageRoot, input, encoding: 'utf8', timeout: 25_000 });
}

const hasValidator = python('import jsonschema; jsonschema.Draft202012Validator').status === 0;

describe.skipIf(!hasValidator)('the guide for Python', () => {
  it('has a script that signs what it checked', () => {
    const receipt = JSON.stringify(readPublished('examples/receipt/valid/1.json'));
    const { status, stdout } = python(signing, receipt);
    expect(status).toBe(0);
    const [, token = '', body = ''] = /X-JWS-Signature: (.*)\n\n(.*)\n$/.exec(stdout) ?? [];
    const request = { method: 'POST', path: '/v5/receipts', body: new TextEncoder().encode(body) };
    const verified = verifyDetached({ ...request, token, secretOf: () => 'secret_key' });
    expect(verified).toMatchObject({ ok: true, merchantId: '542088' });
  });

  it('has a script that tells faults', () => {
    const { status, stderr } = python(signing, '{"receipt_format":"ru_1_05","colour":"red"}');
    expect(status).toBe(1);
    expect(stderr).toContain('$');
  });

  it('has a script whose validators agree with every example', () => {
    const { status, stdout, stderr } = python(checking);
    expect([status, stdout, stderr]).toEqual([0, 'all agree\n', '']);
  });
});

it('the guide has two scripts for Python', () => {
  expect([signing, checking].every((script) => script.includes('jsonschema'))).toBe(true);
});
