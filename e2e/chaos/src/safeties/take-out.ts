import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Replacement } from './safety.js';

/** What gateways are started with to load changed files in place of the built ones. */
export interface TakenOut {
  readonly environment: Readonly<Record<string, string>>;
}

const builtLedger = new URL('.', import.meta.resolve('@fiscalkit/ledger'));

/**
 * Writes changed copies of the ledger's built files into the folder. Throws when a text that is to be replaced does not stand
 * there exactly once: the ledger has changed since the replacement was written.
 */
export function takeOut(name: string, replacements: readonly Replacement[], folder: string): TakenOut {
  const changed = new Map<string, string>();
  for (const { file, text, by } of replacements) {
    const source = changed.get(file) ?? readFileSync(new URL(file, builtLedger), 'utf8');
    const [before, after, ...more] = source.split(text);
    if (before === undefined || after === undefined || more.length > 0) {
      throw new Error(`${name} can't be taken out: the replacement in ${file} is out of date`);
    }
    changed.set(file, before + by + after);
  }
  const copies = [...changed].map(([file, source]) => {
    const copy = join(folder, file);
    mkdirSync(dirname(copy), { recursive: true });
    writeFileSync(copy, source);
    return [new URL(file, builtLedger).href, copy];
  });
  return { environment: { LABORATORY_COPIES: JSON.stringify(Object.fromEntries(copies)) } };
}
