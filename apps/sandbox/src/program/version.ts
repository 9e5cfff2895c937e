import { readFileSync } from 'node:fs';
import { findPackageJSON } from 'node:module';

/** The version of this package. */
export function sandboxVersion(): string {
  return String(JSON.parse(readFileSync(findPackageJSON('.', import.meta.url) ?? '', 'utf8')).version);
}
