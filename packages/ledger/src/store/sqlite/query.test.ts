import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import { asLedgerError } from './query.js';

it('knows an error of another realm, as test runners have one of their own', () => {
  const error: unknown = runInNewContext("Object.assign(new Error('disk I/O error'), { errcode: 10 })");
  expect(asLedgerError(error)).toMatchObject({ code: 'ledger.unavailable', cause: error });
});
