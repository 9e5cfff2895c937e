/** What is told of an acceptance; never anything of the document. */
export interface AcceptFacts {
  readonly operation: string;
  readonly merchant: string;
}

/** What of an acceptance is told. */
export interface AcceptResult {
  readonly replayed: boolean;
  /** Of a receipt that was accepted within a transaction of the caller's. */
  readonly receiptId?: string;
}

/** How the module is traced and measured. */
export interface Telemetry {
  /** Does the work within a span. */
  accept<Result extends AcceptResult>(facts: AcceptFacts, work: () => Promise<Result>): Promise<Result>;
  stop(): void;
}

/** For applications without OpenTelemetry. */
export const silentTelemetry: Telemetry = { accept: (_facts, work) => work(), stop: () => {} };
