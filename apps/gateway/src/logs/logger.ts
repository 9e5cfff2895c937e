import { pino } from 'pino';
import { standardOutput } from './standard-output.js';

/** All that a log line may hold. There is no field for a body, a header or a message of somebody else's making. */
export interface LogFields {
  readonly request_id?: string;
  readonly method?: string;
  /** The pattern of the route, never the path as it came. */
  readonly route?: string;
  readonly status?: number;
  readonly duration_ms?: number;
  readonly merchant?: string;
  readonly receipt_id?: string;
  readonly code?: string;
  /** Why the ledger failed, a word of the ledger's list, and the database's own code for it. */
  readonly cause?: string;
  readonly database_code?: string;
  /** The address that a request came from which did not prove who asks. */
  readonly client?: string;
  readonly version?: string;
  readonly provider?: string;
  /** The provider's id of the merchant, and the address. */
  readonly account?: string;
  /** Ids, separated by commas. */
  readonly merchants?: string;
  /** Where the ledger is; never with a password. */
  readonly ledger?: string;
  /** Names and addresses, separated by commas. */
  readonly providers?: string;
  readonly step?: string;
  readonly verdict?: string;
  readonly from?: string;
  readonly to?: string;
  readonly state?: string;
  readonly url?: string;
  /** What a person did to an entry, and which administrator it was. */
  readonly action?: string;
  readonly by?: string;
  /** The kind of an event: `receipt.overdue`. */
  readonly kind?: string;
  /** How many of what the event is about. */
  readonly count?: number;
  /** Of what time a restored ledger may know nothing. */
  readonly since?: string;
  readonly until?: string;
  /** The signal that the process got. */
  readonly signal?: string;
  /** What is the matter, or what becomes of it, in words of ours. */
  readonly note?: string;
  readonly error_name?: string;
  /** Where in our code an unforeseen error came from: frames only, without its message. */
  readonly error_at?: readonly string[];
}

export type LogLevel = 'error' | 'warn' | 'info' | 'debug';

/** Writes one line of JSON an event. */
export interface Logger {
  log(level: LogLevel, event: string, fields?: LogFields): void;
  /** Lines that its output did not take, and that are lost; for the metrics. Nothing is known of them when absent. */
  readonly linesDropped?: number;
}

/** Where lines go. */
export interface LogDestination {
  write(line: string): void;
  readonly linesDropped?: number;
}

const allowed: { readonly [Field in keyof Required<LogFields>]: true } = {
  request_id: true,
  method: true,
  route: true,
  status: true,
  duration_ms: true,
  merchant: true,
  receipt_id: true,
  code: true,
  cause: true,
  database_code: true,
  client: true,
  version: true,
  provider: true,
  account: true,
  merchants: true,
  ledger: true,
  providers: true,
  step: true,
  verdict: true,
  from: true,
  to: true,
  state: true,
  url: true,
  action: true,
  by: true,
  kind: true,
  count: true,
  since: true,
  until: true,
  signal: true,
  note: true,
  error_name: true,
  error_at: true,
};

function isAllowed(field: string): field is keyof LogFields {
  return Object.hasOwn(allowed, field);
}

/** The fields of a line that are on the list and have a value. */
function allowedOf(fields: LogFields): LogFields {
  const line: Record<string, unknown> = {};
  for (const field of Object.keys(fields)) {
    if (isAllowed(field) && fields[field] !== undefined) line[field] = fields[field];
  }
  return line;
}

/** A logger that writes JSON lines to a stream (standard output by default), built from the allow-list alone. */
export function createLogger(
  level: LogLevel | 'silent',
  destination: LogDestination = standardOutput(),
): Logger {
  const options = {
    level,
    base: null,
    messageKey: 'event',
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
  };
  const sink = pino(options, destination);
  return {
    log(lineLevel, event, fields = {}) {
      if (sink.isLevelEnabled(lineLevel)) sink[lineLevel](allowedOf(fields), event);
    },
    get linesDropped() {
      return destination.linesDropped ?? 0;
    },
  };
}

/** What may be told of an error that nobody foresaw: its name and where it came from, never its message. */
export function unforeseen(error: unknown): LogFields {
  if (!(error instanceof Error)) return { error_name: typeof error };
  const { name, message, stack = '' } = error;
  // A message may have lines that look like frames.
  const trace = stack.slice(stack.indexOf(message) + message.length);
  const frames = trace.split('\n').filter((line) => /^\s+at /.test(line));
  return { error_name: name, error_at: frames.slice(0, 5).map((line) => line.trim()) };
}
