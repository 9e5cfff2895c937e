import { types } from 'node:util';

/** Whether a package is not installed, by the error of Node, a bundler or a test runner. */
export function isModuleMissing(error: unknown): boolean {
  return (
    types.isNativeError(error) && 'code' in error && /^(?:ERR_)?MODULE_NOT_FOUND$/.test(String(error.code))
  );
}
