import { join } from 'node:path';
import type { LedgerKind } from '../../plan/disturbance.js';
import type { LedgerPlace } from './ledger-place.js';
import { limitFiles } from './limited-files.js';
import { postgresPlace } from './postgres-place.js';
import { mountSmallDisk } from './small-disk.js';
import { sqlitePlace } from './sqlite-place.js';

/** Which ledger a world is to have. */
export interface LedgerRequest {
  readonly ledger: LedgerKind;
  /** How many receipts the disk of an SQLite ledger must have room for. */
  readonly receipts: number;
  /** Whether that disk may be a file system of its own; else the gateway's files are limited. */
  readonly mayMount: boolean;
}

const bytesPerReceipt = 32_768;
/** The write-ahead log alone may take 16 MiB, and as much again while it is moved into the file. */
const leastDiskBytes = 64 * 1024 * 1024;

/** Makes a place for the ledger; `processId` is that of the one gateway of an SQLite ledger, while it runs. */
export async function openLedger(
  { ledger, receipts, mayMount }: LedgerRequest,
  folder: string,
  processId: () => number | null,
): Promise<LedgerPlace> {
  const ledgerFolder = join(folder, 'ledger');
  if (ledger === 'postgres') return postgresPlace(ledgerFolder);
  const bytes = Math.max(leastDiskBytes, receipts * bytesPerReceipt);
  const mounted = mayMount ? await mountSmallDisk(ledgerFolder, bytes) : null;
  return sqlitePlace(mounted ?? limitFiles(ledgerFolder, processId));
}
