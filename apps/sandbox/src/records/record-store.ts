import { appendFileSync, closeSync, ftruncateSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { FiscalError } from '@fiscalkit/schemas';
import type { ConfirmationRecord, ReceiptRecord } from './record.js';

export type SandboxRecord = ReceiptRecord | ConfirmationRecord;

/** Keeps records beyond the life of the process. */
export interface Keeper {
  /** Keeps one more; returns when the operating system has it. */
  keep(record: SandboxRecord): void;
  /** Forgets all. */
  clear(): void;
  close(): void;
}

/** Keeps nothing: what a sandbox without a data file does. */
export const keepNothing: Keeper = { keep() {}, clear() {}, close() {} };

const newline = 0x0a;
const recordStart = '{"kind":"';
/** A file of one JSON line for every record, and what it held when it was opened. */
export interface DataFile {
  readonly keeper: Keeper;
  readonly records: readonly SandboxRecord[];
}

/**
 * Opens or creates a data file. A last line that was cut off in the middle of writing is dropped. Throws
 * `sandbox.data.unreadable` when anything else is not a record, and then leaves the file as it is.
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
    return { keeper: keepIn(file, whole.length), records };
  } catch (error) {
    closeSync(file);
    throw error;
  }
}

function keepIn(file: number, length: number): Keeper {
  let end = length;
  return {
    keep(record) {
      const line = Buffer.from(`${JSON.stringify(record)}\n`);
      try {
        appendFileSync(file, line);
      } catch (error) {
        // A full disk may have taken half a line, which the next one must not be glued to.
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
  if (isRecord(record)) return record;
  throw unreadable(place);
}

function parse(line: string, place: string): unknown {
  try {
    return JSON.parse(line);
  } catch (cause) {
    throw unreadable(place, cause);
  }
}

/** Tells our own lines from those of another file; what we wrote ourselves is not checked field by field. */
function isRecord(value: unknown): value is SandboxRecord {
  if (typeof value !== 'object' || value === null || !('kind' in value)) return false;
  return value.kind === 'receipt' || value.kind === 'confirmation';
}

/** Whether a line without an end may be one of ours that was cut off: only such a line may be dropped. */
function isBeginningOfRecord(text: string): boolean {
  return text.startsWith(recordStart) || recordStart.startsWith(text);
}

function unreadable(place: string, cause?: unknown): FiscalError {
  const message = `${place} is not the sandbox's own data: choose another file`;
  return new FiscalError({ code: 'sandbox.data.unreadable', message, retryable: false, cause });
}
