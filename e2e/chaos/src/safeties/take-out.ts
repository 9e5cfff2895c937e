import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Replacement } from './safety.js';

/** What gateways are started with to load changed files in place of the built ones. */
export interface TakenOut {
  readonly environment: Readonly<Record<string, string>>;
}

/** Where safeties stand: in the ledger's built files and in the client's, whose search says what is doubtful. */
const builtPackages = ['@fiscalkit/ledger', '@fiscalkit/client'].map(
  (name) => new URL('.', import.meta.resolve(name)),
);

/**
 * Writes changed copies of the ledger's and the client's built files into the folder. Throws when a text that is to be replaced does not stand
 * there exactly once: the code has changed since the replacement was written.
 */
export function takeOut(name: string, replacements: readonly Replacement[], folder: string): TakenOut {
  const sources = new Map(builtFiles().map((url) => [url, readFileSync(new URL(url), 'utf8')]));
  const changed = new Set<string>();
  for (const { text, by } of replacements) {
    const holders = [...sources].filter(([, source]) => source.includes(text));
    const [[url, source] = ['', '']] = holders;
    const around = source.split(text);
    if (holders.length !== 1 || around.length !== 2) {
      throw new Error(`${name} can't be taken out: the replacement of ${text} is out of date`);
    }
    sources.set(url, around.join(by));
    changed.add(url);
  }
  mkdirSync(folder, { recursive: true });
  const copies = [...changed].map((url, index) => {
    const copy = join(folder, `${index}-${basename(url)}`);
    writeFileSync(copy, sources.get(url) ?? '');
    return [url, copy];
  });
  return { environment: { LABORATORY_COPIES: JSON.stringify(Object.fromEntries(copies)) } };
}

function builtFiles(): string[] {
  return builtPackages.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.js'))
      .map((file) => new URL(file, folder).href),
  );
}
