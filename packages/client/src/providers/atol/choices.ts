/**
 * Choices where ATOL's documents are silent or contradict themselves. Each is named on the provider's page:
 * docs/guides/providers/atol.md.
 */
export const atolChoices = {
  /**
   * Zone of `timestamp`, of `receipt_datetime` and of `operating_check_props.timestamp`, which are printed
   * without one: hours ahead of UTC.
   */
  utcOffsetHours: 3,
  /** Time for which ATOL remembers an external id: as long as it keeps reports, in days. */
  daysOfMemory: { v4: 32, v5: 30 },
  /** Time after which a document in the queue has failed, in milliseconds. */
  queueMs: 300_000,
  /** Margin over the queue's time before a document that ATOL does not know counts as forgotten. */
  queueMarginMs: 30_000,
  /**
   * Pause before the next question about a document, by the document's age; both are multiples of the pause
   * before the first: 2 s, 5 s, 10 s, then 30 s.
   */
  pollSteps: [
    { untilAge: 2.5, pause: 2.5 },
    { untilAge: 7.5, pause: 5 },
    { untilAge: Number.POSITIVE_INFINITY, pause: 15 },
  ],
  /** Difference of totals up to which a register rounds: v4 takes a total rounded by 0.99. */
  roundingOfTotal: 0.99,
  /** Number of the base of an own correction, which has none: the text of v4 wants one, its schema always. */
  baseNumberOfOwn: '0',
  /** Most VAT rates of a correction in v4. */
  mostVats: 6,
  /** Whole scanned code in Base64 (tag 1305): the limit is that of the text in Base64. */
  longestGs1m: 200,
} as const;
