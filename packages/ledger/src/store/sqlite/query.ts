import type { DatabaseSync, SQLInputValue } from 'node:sqlite';

type Parameters = Record<string, SQLInputValue>;

/** A prepared statement whose rows have a known shape. */
export interface Query<Row> {
  one(parameters?: Parameters): Row | undefined;
  all(parameters?: Parameters): Row[];
  each(parameters?: Parameters): Iterable<Row>;
  /** Answers how many rows changed. */
  run(parameters?: Parameters): number;
}

/** Prepares a statement; `Row` must name the columns that it selects. */
export function prepareQuery<Row = never>(database: DatabaseSync, sql: string): Query<Row> {
  const statement = database.prepare(sql);
  return {
    one: (parameters = {}) => statement.get(parameters) as Row | undefined,
    all: (parameters = {}) => statement.all(parameters) as Row[],
    each: (parameters = {}) => statement.iterate(parameters) as Iterable<Row>,
    run: (parameters = {}) => Number(statement.run(parameters).changes),
  };
}
