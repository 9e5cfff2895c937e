import type { AuditSource, LedgerStore } from '@fiscalkit/ledger';
import type { LedgerKind } from '../../plan/disturbance.js';

/** Where the ledger of a run is kept, and what can be done to it from outside. */
export interface LedgerPlace {
  readonly kind: LedgerKind;
  /** As the gateway's configuration takes it. */
  readonly url: string;
  /** In words: where it is, and by which means writes are refused. */
  readonly description: string;
  /** Makes writes fail: at once, or on a disk as soon as so many bytes are written. Answers how to let them pass again. */
  refuseWrites(leaveBytes: number): Promise<() => Promise<void>>;
  /** Stops the database server and starts it again. */
  restart(): Promise<void>;
  /** Kills a process of the database server. */
  crash(): Promise<void>;
  /** Breaks the connections of the gateways. */
  breakConnections(): Promise<void>;
  /** Opens it to be read; of an SQLite ledger, no gateway may be running. */
  openStore(): Promise<LedgerStore>;
  /** Opens it to be verified. */
  openAudit(): Promise<AuditSource>;
  close(): Promise<void>;
}
