import { readFileSync } from 'node:fs';
import { findPackageJSON } from 'node:module';

let version: string | undefined;

/** Returns the version of this package. */
export function gatewayVersion(): string {
  version ??= String(JSON.parse(readFileSync(findPackageJSON('.', import.meta.url) ?? '', 'utf8')).version);
  return version;
}
