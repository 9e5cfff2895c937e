/** What rules look at besides the draft. */
export interface ValidationContext {
  /** The time that dated rates are judged by. */
  readonly now: Date;
  /** The merchant that sends the receipt, if it is known. */
  readonly merchantId?: string | undefined;
  /** Paths of fields that are there but could not be read: no rule may call them absent. */
  readonly unreadable: ReadonlySet<string>;
}

/** Whether a field was left out, as against being there and wrong. */
export function isAbsent(value: unknown, path: string, { unreadable }: ValidationContext): boolean {
  return value === undefined && !unreadable.has(path);
}
