/** All that a log line may hold. There is no field for a document, a header or a message of somebody else's making. */
export interface LogFields {
  readonly id?: string;
  readonly merchant?: string;
  readonly operation?: string;
  readonly provider?: string;
  readonly from?: string;
  readonly to?: string;
  readonly state?: string;
  readonly code?: string;
  readonly action?: string;
  readonly by?: string;
  readonly handler?: string;
  readonly kind?: string;
  readonly attempts?: number;
  /** Of what time a restored ledger may know nothing. */
  readonly since?: string;
  readonly until?: string;
  readonly error?: string;
}

export type LogLevel = 'debug' | 'log' | 'warn' | 'error';

/** One line for the log. */
export interface LogLine {
  readonly level: LogLevel;
  readonly event: string;
  readonly fields: LogFields;
}

/** The line as text: the event, then `name=value` of what is known. */
export function formatLogLine({ event, fields }: LogLine): string {
  return [event, ...Object.entries(fields).map(([name, value]) => `${name}=${value}`)].join(' ');
}
