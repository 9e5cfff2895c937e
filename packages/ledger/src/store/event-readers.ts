/** A reader of events that one worker holds for a while. */
export interface HeldReader {
  /** Rises with every hold; what is written with an older fence is refused. */
  readonly fence: number;
  /** State as its last holder wrote it; `null` for a reader that never was. */
  readonly state: string | null;
  /** What is left for its holder to do; `null` for nothing. */
  readonly request: string | null;
}

export interface HoldQuery {
  readonly name: string;
  readonly worker: string;
  readonly leaseMs: number;
}

/** What a holder writes, under its fence. */
export interface ReaderProgress {
  readonly name: string;
  readonly fence: number;
  readonly state: string;
  /** Lines that are added to the reader's log, of which the last 200 are kept. */
  readonly lines: readonly string[];
  /** The request that the state answers: it is taken away, unless another has come since. */
  readonly answered: string | null;
  /** How long it goes on to hold the reader, in milliseconds; 0 gives it back. */
  readonly leaseMs: number;
}

/** A reader, for operators. */
export interface ReaderReport {
  readonly state: string | null;
  /** What is left for its holder to do; `null` for nothing. */
  readonly request: string | null;
  /** Newest first. */
  readonly lines: readonly string[];
}

/** Most lines of a reader's log that are kept. */
export const mostReaderLines = 200;

/**
 * Readers of events outside of the ledger, by name, each with a state that lasts: how far it has read. Of all
 * processes, one at a time holds a reader. Leases follow the store's own clock.
 */
export interface EventReaders {
  /** Takes a reader that nobody holds, or whose lease has ended; `null` when another worker holds it. */
  hold(query: HoldQuery): Promise<HeldReader | null>;
  /** Writes how far the holder is. Returns what is left to do. `lease-lost`: nothing was written. */
  write(progress: ReaderProgress): Promise<Pick<HeldReader, 'request'> | 'lease-lost'>;
  /** Leaves a request for whoever holds the reader; it takes the place of one before. */
  request(name: string, request: string): Promise<void>;
  /** Returns state, request and log of a reader. */
  report(name: string): Promise<ReaderReport>;
}
