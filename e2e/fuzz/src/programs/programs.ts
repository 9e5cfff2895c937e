/** The ports of the programs that are fuzzed over HTTP. */
export interface Programs {
  /** The gateway on SQLite. */
  readonly gateway: number;
  /** The gateway on PostgreSQL. */
  readonly postgresGateway: number;
  readonly sandbox: number;
}

/** Stands where no program runs, for targets that call none. */
export const noPrograms: Programs = { gateway: 0, postgresGateway: 0, sandbox: 0 };
