import { inspect } from 'node:util';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { asLedgerError } from './errors.js';

/** An error as the driver makes it of what the server says. */
function serverError(code: string): Error {
  const quoting = {
    detail: 'Key (email)=(buyer@example.com)',
    where: 'JSON data, line 1: {"email":"buyer@example.com"',
  };
  return Object.assign(new Error('no'), {
    severity: 'ERROR',
    code,
    internalQuery: "'buyer@example.com'",
    ...quoting,
  });
}

describe('asLedgerError', () => {
  it.each([
    ['22P05', { code: 'ledger.text' }],
    ['57P01', { code: 'ledger.unavailable' }],
    ['23505', { message: 'no', code: '23505' }],
  ])('keeps nothing of the document with %s', (code, expected) => {
    const reported = asLedgerError(serverError(code));
    expect(reported).toMatchObject(expected);
    expect(inspect(reported, { depth: null })).not.toContain('buyer@example.com');
  });

  it('knows an error of another realm, as test runners have one of their own', () => {
    const error: unknown = runInNewContext("Object.assign(new Error('no'), { code: 'ECONNREFUSED' })");
    expect(asLedgerError(error)).toMatchObject({ code: 'ledger.unavailable', cause: error });
  });
});
