import { createHash, type Hash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import {
  type ExportedReceipt,
  type ExportManifest,
  type ExportRequest,
  ExportTotals,
  exportReceipts,
  type ReceiptReads,
} from '@fiscalkit/ledger';
import { stringify } from 'csv-stringify';

/** How an export is written. */
export const exportTypes = ['csv', 'jsonl'] as const;
export type ExportType = (typeof exportTypes)[number];

/** What to export, and where to. */
export interface FileExport extends ExportRequest {
  /** File to write, which must not be there; the manifest gets `.manifest.json` behind its name. */
  readonly path: string;
  readonly type: ExportType;
  readonly onProgress?: (receipts: number) => void;
}

/** Columns of the table: a receipt a row, without its positions. */
const columns = [
  'receipt_id',
  'payment_id',
  'operation_type',
  'receipt_format',
  'status',
  'accepted_at',
  'registered_at',
  'provider',
  'account',
  'currency',
  'total',
  'fiscal_storage_number',
  'fiscal_document_number',
  'fiscal_attribute',
  'provider_document_id',
  'link',
  'vat',
  'settlements',
] as const satisfies readonly (keyof ExportedReceipt)[];

/** What some programs end a row at where it is not quoted; the cell behind it would not be escaped. */
const lineBreak = /[\r\v\f\u0085\u2028\u2029]/;

/** Returns the path of an export's manifest. */
export function manifestPath(path: string): string {
  return `${path}.manifest.json`;
}

/**
 * Writes receipts with their marks into a file, as they are read, and a manifest beside it once it is complete.
 * Rejects with an error of the file system for a file that is there already, and as the store does; what was
 * written of the file is removed then.
 */
export async function writeExport(
  reads: Pick<ReceiptReads, 'receiptsAccepted' | 'lastSeal'>,
  { path, type, onProgress, ...request }: FileExport,
): Promise<ExportManifest> {
  const totals = new ExportTotals();
  const digest = new Digest();
  const file = createWriteStream(path, { flags: 'wx', mode: 0o600 });
  let wasMade = false;
  file.once('open', () => {
    wasMade = true;
  });
  const rows = async function* () {
    for await (const receipts of exportReceipts(reads, request)) {
      for (const receipt of receipts) {
        totals.add(receipt);
        yield type === 'csv' ? rowOf(receipt) : `${JSON.stringify(receipt)}\n`;
      }
      onProgress?.(totals.receipts);
    }
  };
  try {
    await (type === 'csv'
      ? pipeline(
          rows,
          stringify({ header: true, columns: [...columns], escape_formulas: true, quoted_match: lineBreak }),
          digest,
          file,
        )
      : pipeline(rows, digest, file));
    const manifest = await manifestOf(reads, { path, type, request, totals, digest });
    await writeFile(manifestPath(path), `${JSON.stringify(manifest, null, 2)}\n`, {
      flag: 'wx',
      mode: 0o600,
    });
    return manifest;
  } catch (error) {
    // One that was there already was never opened.
    if (wasMade) await rm(path, { force: true });
    throw error;
  }
}

interface ExportFacts extends Pick<FileExport, 'path' | 'type'> {
  readonly request: ExportRequest;
  readonly totals: ExportTotals;
  readonly digest: Digest;
}

async function manifestOf(
  reads: Pick<ReceiptReads, 'lastSeal'>,
  { path, type, request: { merchant, from, to }, totals, digest }: ExportFacts,
): Promise<ExportManifest> {
  return {
    format: 'fiscalkit-export-1',
    merchant,
    from: from.toISOString(),
    to: to.toISOString(),
    created_at: new Date().toISOString(),
    file: { name: basename(path), type, bytes: digest.bytes, sha256: digest.hex() },
    receipts: totals.receipts,
    registered: totals.registered,
    sums: totals.sums,
    last_seal: await reads.lastSeal(),
  };
}

function rowOf({ vat, settlements, ...receipt }: ExportedReceipt) {
  return {
    ...receipt,
    vat: vat.map(({ vat_code, turnover, vat: tax }) => `${vat_code} ${turnover} ${tax}`).join('; '),
    settlements: settlements.map(({ type, sum }) => `${type} ${sum}`).join('; '),
  };
}

/** Passes bytes on, and takes their digest. */
class Digest extends Transform {
  bytes = 0;
  readonly #hash: Hash = createHash('sha256');

  override _transform(chunk: Buffer, _encoding: string, done: (error: null, chunk: Buffer) => void): void {
    this.bytes += chunk.length;
    this.#hash.update(chunk);
    done(null, chunk);
  }

  hex(): string {
    return this.#hash.digest('hex');
  }
}
