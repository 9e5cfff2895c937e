/** Attributes of an acceptance; never anything of the document. */
export interface AcceptFacts {
  readonly operation: string;
  readonly merchant: string;
}

/** Result of an acceptance, as far as it is traced. */
export interface AcceptResult {
  readonly replayed: boolean;
  /** Id of a receipt that was accepted within a transaction of the caller's. */
  readonly receiptId?: string;
}

/** Traces and measures the module. */
export interface Telemetry {
  /** Does the work within a span. */
  accept<Result extends AcceptResult>(facts: AcceptFacts, work: () => Promise<Result>): Promise<Result>;
  stop(): void;
}

/** Telemetry of applications without OpenTelemetry. */
export const silentTelemetry: Telemetry = { accept: (_facts, work) => work(), stop: () => {} };
