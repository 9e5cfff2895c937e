import { expect, it } from 'vitest';
import { FiscalError, isFiscalError } from './fiscal-error.js';

it('errors are recognised by their marker, also those of another copy of the package', () => {
  const error = new FiscalError({ code: 'time.format', message: 'no', retryable: false, cause: 'why' });
  expect(error).toMatchObject({ name: 'FiscalError', code: 'time.format', faults: [], cause: 'why' });
  expect(isFiscalError(error)).toBe(true);
  expect(isFiscalError({ [Symbol.for('fiscalkit.error')]: true })).toBe(true);
  expect([new Error('no'), null, 'no', undefined].some(isFiscalError)).toBe(false);
});
