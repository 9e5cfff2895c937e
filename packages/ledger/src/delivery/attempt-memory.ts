/**
 * Remembers, on a clock that never jumps, when this process began to send the entries whose outcome is unknown. An attempt
 * that it knows nothing of may have been made by a process that died just before this one started.
 */
export class AttemptMemory {
  readonly #begunAt = new Map<string, number>();
  readonly #startedAt: number;

  constructor(now: number) {
    this.#startedAt = now;
  }

  begin(entryId: string, now: number): void {
    this.#begunAt.set(entryId, now);
  }

  forget(entryId: string): void {
    this.#begunAt.delete(entryId);
  }

  /** The least time, in milliseconds, that has passed since the entry was last sent by this process or by one before it. */
  elapsedMs(entryId: string, now: number): number {
    return now - (this.#begunAt.get(entryId) ?? this.#startedAt);
  }
}
