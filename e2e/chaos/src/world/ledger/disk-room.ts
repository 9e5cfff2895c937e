/** The room that an SQLite ledger may take on the disk. */
export interface DiskRoom {
  /** Folder for the ledger. */
  readonly folder: string;
  /** In words: by which means the disk is full. */
  readonly means: string;
  /** Takes all room but so many bytes, and answers how to give it back. */
  fill(leaveBytes: number): Promise<() => Promise<void>>;
  close(): Promise<void>;
}
