import { types } from 'node:util';
import { isFiscalError } from '@fiscalkit/schemas/errors';

/** Causes of a store's failure, from a fixed list, so that they can be logged and counted. */
export type StoreTrouble =
  | 'busy'
  | 'closed'
  | 'connection-lost'
  | 'damaged'
  | 'database-missing'
  | 'disk-full'
  | 'files'
  | 'input-output'
  | 'login-refused'
  | 'memory-full'
  | 'name-unknown'
  | 'other'
  | 'permission-denied'
  | 'read-only'
  | 'restarting'
  | 'schema'
  | 'timeout'
  | 'too-many-connections'
  | 'unreachable';

/** Report of a store's error, without the database's own words or an address: they may quote a secret. */
export interface StoreTroubleReport {
  readonly cause: StoreTrouble;
  /** Code of the database or the system: `SQLITE_FULL`, `28P01`, `ECONNREFUSED`. */
  readonly databaseCode?: string;
}

/** Primary result codes of SQLite. */
const ofSqlite: Readonly<Record<number, readonly [code: string, cause: StoreTrouble]>> = {
  1: ['SQLITE_ERROR', 'other'],
  3: ['SQLITE_PERM', 'permission-denied'],
  5: ['SQLITE_BUSY', 'busy'],
  6: ['SQLITE_LOCKED', 'busy'],
  7: ['SQLITE_NOMEM', 'memory-full'],
  8: ['SQLITE_READONLY', 'read-only'],
  10: ['SQLITE_IOERR', 'input-output'],
  11: ['SQLITE_CORRUPT', 'damaged'],
  13: ['SQLITE_FULL', 'disk-full'],
  14: ['SQLITE_CANTOPEN', 'files'],
  17: ['SQLITE_SCHEMA', 'schema'],
  23: ['SQLITE_AUTH', 'permission-denied'],
  26: ['SQLITE_NOTADB', 'damaged'],
};

/**
 * SQLSTATEs of PostgreSQL, error codes of the system and of Node; of an unlisted SQLSTATE, its class counts.
 */
const ofCodes: Readonly<Record<string, StoreTrouble>> = {
  '08': 'connection-lost',
  '25006': 'read-only',
  '28': 'login-refused',
  '3D000': 'database-missing',
  '3F000': 'schema',
  '40': 'busy',
  '42': 'schema',
  '42501': 'permission-denied',
  '53100': 'disk-full',
  '53200': 'memory-full',
  '53300': 'too-many-connections',
  '55P03': 'busy',
  '57014': 'timeout',
  '57P': 'restarting',
  '58': 'input-output',
  EACCES: 'permission-denied',
  EAI_AGAIN: 'name-unknown',
  ECONNREFUSED: 'unreachable',
  ECONNRESET: 'connection-lost',
  EHOSTUNREACH: 'unreachable',
  EIO: 'input-output',
  EMFILE: 'files',
  ENETUNREACH: 'unreachable',
  ENOENT: 'files',
  ENOSPC: 'disk-full',
  ENOTFOUND: 'name-unknown',
  EPERM: 'permission-denied',
  EPIPE: 'connection-lost',
  EROFS: 'read-only',
  ERR_INVALID_STATE: 'closed',
  ETIMEDOUT: 'timeout',
  XX: 'damaged',
};

/** Messages of PostgreSQL's driver for troubles without a code. */
const ofMessages: readonly (readonly [RegExp, StoreTrouble])[] = [
  [/time-?out/i, 'timeout'],
  [/^Connection terminated|not queryable/, 'connection-lost'],
  [/closed|has ended/, 'closed'],
  [/^SASL/, 'login-refused'],
];

/** A code that contains no text of a message. */
const plainCode = /^[A-Z\d_]{2,40}$/;

function ofCode(code: string): StoreTrouble {
  const listed = [code, code.slice(0, 3), code.slice(0, 2)].find((key) => Object.hasOwn(ofCodes, key));
  return (listed !== undefined && ofCodes[listed]) || 'other';
}

/** Returns the cause of a store's error as codes; `null` where nothing is known of it. */
export function storeTroubleOf(error: unknown): StoreTroubleReport | null {
  const cause = isFiscalError(error) ? error.cause : error;
  if (!types.isNativeError(cause)) return null;
  const { errcode, code }: { errcode?: unknown; code?: unknown } = Object(cause);
  if (typeof errcode === 'number') {
    const [databaseCode, trouble] = ofSqlite[errcode & 0xff] ?? [`SQLITE_${errcode & 0xff}`, 'other'];
    return { cause: trouble, databaseCode };
  }
  if (typeof code === 'string' && plainCode.test(code)) return { cause: ofCode(code), databaseCode: code };
  const known = ofMessages.find(([words]) => words.test(cause.message));
  return known ? { cause: known[1] } : isFiscalError(error) ? { cause: 'other' } : null;
}
