import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import { types } from 'node:util';
import { isFiscalError } from '@fiscalkit/schemas/errors';
import { ledgerUnavailable } from '../errors.js';

/** Values by the names that the statement gives them; what it does not name is left alone. */
type Parameters = Readonly<Record<string, unknown>>;

/** A prepared statement whose rows have a known shape. */
export interface Query<Row> {
  one(parameters?: Parameters): Row | undefined;
  all(parameters?: Parameters): Row[];
  each(parameters?: Parameters): Iterable<Row>;
  /** Answers how many rows changed. */
  run(parameters?: Parameters): number;
  /** Adds one row; answers its row id. */
  insert(parameters?: Parameters): number;
}

const noParameters: Parameters = {};

/**
 * Prepares a statement; `Row` must name the columns that it selects. A value stands for each `:name` in it.
 * The database gets them by position: to find a parameter by its name costs it more than to write the value.
 */
export function prepareQuery<Row = never>(database: DatabaseSync, sql: string): Query<Row> {
  const names: string[] = [];
  const byPosition = sql.replace(/:([a-z]\w*)/gi, (_, name: string) => {
    names.push(name);
    return '?';
  });
  const statement = database.prepare(byPosition);
  const rowOf = prepareRows<Row>(statement);
  const values = (parameters: Parameters) => names.map((name) => parameters[name] as SQLInputValue);
  return {
    one(parameters = noParameters) {
      const found = statement.get(...values(parameters));
      return found && rowOf(found);
    },
    all: (parameters = noParameters) => statement.all(...values(parameters)).map(rowOf),
    *each(parameters = noParameters) {
      for (const found of statement.iterate(...values(parameters))) yield rowOf(found);
    },
    run: (parameters = noParameters) => Number(statement.run(...values(parameters)).changes),
    insert: (parameters = noParameters) => Number(statement.run(...values(parameters)).lastInsertRowid),
  };
}

/**
 * Prepares the reading of what a statement finds. Where this Node can (from 24 on), it comes as a list of
 * values: the objects that Node makes are slow to copy, and a row is copied with every change.
 */
function prepareRows<Row>(statement: StatementSync): (found: unknown) => Row {
  if (!('setReturnArrays' in statement)) return (found) => found as Row;
  statement.setReturnArrays(true);
  const columns = statement.columns().map(({ name }) => name);
  return (found) => {
    const row: Record<string, unknown> = {};
    columns.forEach((column, index) => {
      row[column] = (found as readonly unknown[])[index];
    });
    return row as Row;
  };
}

/** Runs the work in one transaction: all of it is durable when this returns, none when it throws. */
export function inTransaction<T>(database: DatabaseSync, work: () => T): T {
  try {
    database.exec('BEGIN IMMEDIATE');
    const result = work();
    database.exec('COMMIT');
    return result;
  } catch (error) {
    // SQLite has rolled back by itself after some failures, such as a full disk.
    if (database.isOpen && database.isTransaction) database.exec('ROLLBACK');
    throw asLedgerError(error);
  }
}

const constraintViolated = 19;

/** Maps errors of the database to `ledger.unavailable`; violated constraints and our errors stay. */
export function asLedgerError(error: unknown): unknown {
  if (isFiscalError(error) || !types.isNativeError(error)) return error;
  if ('errcode' in error && typeof error.errcode === 'number') {
    const primaryCode = error.errcode & 0xff;
    return primaryCode === constraintViolated ? error : ledgerUnavailable(error);
  }
  return 'code' in error && error.code === 'ERR_INVALID_STATE' ? ledgerUnavailable(error) : error;
}
