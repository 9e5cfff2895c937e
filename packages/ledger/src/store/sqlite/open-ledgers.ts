import { existsSync, realpathSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';

/** Where every copy of this package in the thread keeps which ledgers are open, so that they agree. */
const registered = Symbol.for('fiscalkit.open-ledgers');

function openLedgers(): Set<string> {
  const known: unknown = Reflect.get(globalThis, registered);
  if (known instanceof Set) return known;
  const fresh = new Set<string>();
  Reflect.set(globalThis, registered, fresh);
  return fresh;
}

/** Where the file really is, so that a link to a ledger is not another ledger; the folder must be there. */
export function trueName(path: string): string {
  return existsSync(path) ? realpathSync(path) : join(realpathSync(dirname(path)), basename(path));
}

/** Notes that this thread has the ledger open; answers how to take that back. */
export function noteOpen(path: string): () => void {
  const name = nameOf(path);
  openLedgers().add(name);
  return () => openLedgers().delete(name);
}

/** Whether this thread has the ledger open already. */
export function isOpenHere(path: string): boolean {
  return openLedgers().has(nameOf(path));
}

function nameOf(path: string): string {
  return existsSync(dirname(path)) ? trueName(path) : resolve(path);
}
