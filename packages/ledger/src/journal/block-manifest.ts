import type { JournalRow } from './journal-row.js';

/** The part of a row that a seal covers. */
export type SealedRow = Pick<JournalRow, 'position' | 'entryId' | 'version' | 'hash'>;

/** A row in a manifest; `hashStart` is the start of its hash. */
export type ManifestRow = Omit<SealedRow, 'hash'> & { readonly hashStart: string };

const hashStartLength = 16;

/**
 * Returns the manifest of a block: JSON, for each row its position, its version, the first 16 digits of its
 * hash, and its entry. The seal's hash proves that a block was changed; the manifest shows which row.
 */
export function writeManifest(rows: readonly SealedRow[]): string {
  return JSON.stringify(
    rows.map(({ position, version, hash, entryId }) => [
      position,
      version,
      hash.slice(0, hashStartLength),
      entryId,
    ]),
  );
}

/** Parses a manifest; `null` for anything else: other JSON, an empty one, or unordered positions. */
export function readManifest(text: string): readonly ManifestRow[] | null {
  const rows = parseRows(text);
  const rises = rows?.every((row, index) => row.position > (rows[index - 1]?.position ?? 0)) ?? false;
  return rows && rows.length > 0 && rises ? rows : null;
}

/** Whether the row has the hash that the manifest has of it. */
export function hasManifestHash(
  { hash }: Pick<SealedRow, 'hash'>,
  { hashStart }: Pick<ManifestRow, 'hashStart'>,
): boolean {
  return hash.slice(0, hashStartLength) === hashStart;
}

function parseRows(text: string): ManifestRow[] | null {
  try {
    return JSON.parse(text).map(parseRow);
  } catch {
    return null;
  }
}

function parseRow([position, version, hashStart, entryId]: unknown[]): ManifestRow {
  if (typeof position !== 'number' || typeof version !== 'number') throw new TypeError('not a row');
  if (typeof hashStart !== 'string' || typeof entryId !== 'string') throw new TypeError('not a row');
  return { position, version, hashStart, entryId };
}
