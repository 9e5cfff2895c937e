import { types } from 'node:util';

/** Whether a package could not be imported because it is not installed: as Node says it, or a bundler or test runner in its place. */
export function isModuleMissing(error: unknown): boolean {
  return (
    types.isNativeError(error) && 'code' in error && /^(?:ERR_)?MODULE_NOT_FOUND$/.test(String(error.code))
  );
}
