import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
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
  const files = readdirSync(builtLedger).filter((file) => file.endsWith('.js'));
  const sources = new Map(files.map((file) => [file, readFileSync(new URL(file, builtLedger), 'utf8')]));
  const changed = new Set<string>();
  for (const { text, by } of replacements) {
    const holders = [...sources].filter(([, source]) => source.includes(text));
    const [[file, source] = ['', '']] = holders;
    const around = source.split(text);
    if (holders.length !== 1 || around.length !== 2) {
      throw new Error(`${name} can't be taken out: the replacement of ${text} is out of date`);
    }
    sources.set(file, around.join(by));
    changed.add(file);
  }
  mkdirSync(folder, { recursive: true });
  const copies = [...changed].map((file) => {
    const copy = join(folder, file);
    writeFileSync(copy, sources.get(file) ?? '');
    return [new URL(file, builtLedger).href, copy];
  });
  return { environment: { LABORATORY_COPIES: JSON.stringify(Object.fromEntries(copies)) } };
}
