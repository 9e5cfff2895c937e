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

/** A request for whoever holds a reader. */
export interface ReaderRequest {
  readonly name: string;
  readonly request: string;
  /** The request whose place it takes, as `report` showed it; `null` for none. */
  readonly replaces: string | null;
}

/** A reader, for operators. */
export interface ReaderReport {
  readonly state: string | null;
  /** What is left for its holder to do; `null` for nothing. */
  readonly request: string | null;
  /** Newest first. */
  readonly lines: readonly string[];
}

/** Settings of readers that a merchant has made itself: a text that only its writer reads. */
export interface ReaderSettings {
  readonly merchant: string;
  /** Rises by one with every change; 0 before the first. */
  readonly version: number;
  /** `null` before the first. */
  readonly settings: string | null;
}

/** Settings that are to take the place of those of a version. */
export interface NewReaderSettings extends ReaderSettings {
  readonly settings: string;
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
  /**
   * Leaves a request for whoever holds the reader. Returns whether it did: not where another than it replaces is
   * left by now, or where that has been answered.
   */
  request(request: ReaderRequest): Promise<boolean>;
  /** Returns state, request and log of a reader. */
  report(name: string): Promise<ReaderReport>;
  /** Deletes state, request and log of a reader: whoever holds it finds its lease lost. */
  forget(name: string): Promise<void>;
  /** Returns the settings of a merchant's own readers. */
  settings(merchant: string): Promise<ReaderSettings>;
  /** Returns the version of the settings of each merchant that ever had some. */
  settingsVersions(): Promise<ReadonlyMap<string, number>>;
  /** Writes settings. Returns whether it did: not where those of the version are no longer the newest. */
  writeSettings(settings: NewReaderSettings): Promise<boolean>;
}
