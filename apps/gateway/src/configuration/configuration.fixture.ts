import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigurationError } from './configuration-error.js';
import type { Environment } from './environment.js';
import { loadConfiguration } from './load-configuration.js';

/** Returns the settings that have faults; none if the configuration is valid. */
export function faultsOf(environment: Environment): string[] {
  try {
    loadConfiguration(environment);
    return [];
  } catch (error) {
    if (error instanceof ConfigurationError) return error.settings.map(({ setting }) => setting);
    throw error;
  }
}

/** Writes a text into a new file; returns its path. */
export function fileWith(text: string): string {
  const path = join(mkdtempSync(join(tmpdir(), 'fiscalkit-configuration-')), 'gateway.json');
  writeFileSync(path, text);
  return path;
}
