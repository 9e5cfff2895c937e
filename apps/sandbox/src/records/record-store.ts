import { appendFileSync, closeSync, ftruncateSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { FiscalError } from '@fiscalkit/schemas';
import { emulatorNames } from '../emulators/emulators.js';
import type { ReceiptOutcome, ReceiptRecord, SandboxRecord } from './record.js';

/** Storage of records beyond the life of the process. */
export interface RecordStore {
  /** Appends one record; returns when the operating system has it. */
  append(record: SandboxRecord): void;
  /** Deletes all records. */
  clear(): void;
  close(): void;
}

/** Store of a sandbox without a data file, which persists nothing. */
export const nullStore: RecordStore = { append() {}, clear() {}, close() {} };

const newline = 0x0a;
const recordStart = '{"kind":"';

/** An open data file of one JSON line a record, and the records that it contained. */
interface DataFile {
  readonly store: RecordStore;
  readonly records: readonly SandboxRecord[];
}

/**
 * Opens or creates a data file. A last line that was not written completely is dropped. Throws
 * `sandbox.data.unreadable` if anything else is not a record, and then leaves the file unchanged.
 */
export function openDataFile(path: string): DataFile {
  mkdirSync(dirname(path), { recursive: true });
  const file = openSync(path, 'a+');
  try {
    const content = readFileSync(file);
    const whole = content.subarray(0, content.lastIndexOf(newline) + 1);
    const records = readLines(path, whole.toString('utf8'));
    const rest = content.subarray(whole.length).toString('utf8');
    if (!isBeginningOfRecord(rest)) throw unreadable(path);
    ftruncateSync(file, whole.length);
    return { store: storeIn(file, whole.length), records };
  } catch (error) {
    closeSync(file);
    throw error;
  }
}

function storeIn(file: number, length: number): RecordStore {
  let end = length;
  return {
    append(record) {
      const line = Buffer.from(`${JSON.stringify(toStored(record))}\n`);
      try {
        appendFileSync(file, line);
      } catch (error) {
        // A full disk may have accepted half a line, to which the next one must not be appended.
        ftruncateSync(file, end);
        throw error;
      }
      end += line.length;
    },
    clear() {
      ftruncateSync(file, 0);
      end = 0;
    },
    close: () => closeSync(file),
  };
}

function readLines(path: string, text: string): SandboxRecord[] {
  const lines = text.split('\n').slice(0, -1);
  return lines.map((line, index) => readLine(line, `${path}:${index + 1}`));
}

function readLine(line: string, place: string): SandboxRecord {
  const record = parse(line, place);
  if (isRecord(record)) return fromStored(record);
  throw unreadable(place);
}

function parse(line: string, place: string): unknown {
  try {
    return JSON.parse(line);
  } catch (cause) {
    throw unreadable(place, cause);
  }
}

const kinds: readonly string[] = ['receipt', 'confirmation', ...emulatorNames];

/** Distinguishes our own lines from those of another file; the fields of our own are not validated. */
function isRecord(value: unknown): value is StoredRecord {
  if (typeof value !== 'object' || value === null || !('kind' in value)) return false;
  return kinds.some((kind) => kind === value.kind);
}

/** Returns whether an incomplete line may be one of ours; no other may be dropped. */
function isBeginningOfRecord(text: string): boolean {
  return text.startsWith(recordStart) || recordStart.startsWith(text);
}

/** A record as it is stored: data files of all versions call the outcome of a receipt its `fate`. */
type StoredRecord =
  | Exclude<SandboxRecord, ReceiptRecord>
  | (Omit<ReceiptRecord, 'outcome'> & { readonly fate: ReceiptOutcome });

function toStored(record: SandboxRecord): StoredRecord {
  if (record.kind !== 'receipt') return record;
  const { outcome, ...rest } = record;
  return { ...rest, fate: outcome };
}

function fromStored(stored: StoredRecord): SandboxRecord {
  if (stored.kind !== 'receipt') return stored;
  const { fate, ...rest } = stored;
  return { ...rest, outcome: fate };
}

function unreadable(place: string, cause?: unknown): FiscalError {
  const message = `${place} is not the sandbox's own data: choose another file`;
  return new FiscalError({ code: 'sandbox.data.unreadable', message, retryable: false, cause });
}
