/**
 * Choices where OrangeData's documents are silent or contradict themselves. Each is named on the provider's
 * page: docs/guides/providers/orangedata.md.
 */
export const orangedataChoices = {
  /** Zone of `processedAt` and of the date of an operation, which are written without one: hours ahead of UTC. */
  utcOffsetHours: 3,
  /** Time for which an id is remembered: as long as results stay in the database, three months, in days. */
  daysOfMemory: 90,
  /** Part of that time in which an unknown id proves that there is no document. */
  provingShare: 0.9,
  /** Time in which a request is stored or never will be, in milliseconds: the answer comes after the storing. */
  settlesWithinMs: 60_000,
  /**
   * Pause before the next question about a document, by the document's age; both are multiples of the pause
   * before the first: 2 s, 5 s, 10 s, then 30 s.
   */
  pollSteps: [
    { untilAge: 2.5, pause: 2.5 },
    { untilAge: 7.5, pause: 5 },
    { untilAge: Number.POSITIVE_INFINITY, pause: 15 },
  ],
  /** Questions a second for each register, which forms a receipt a second. */
  pollsPerRegister: 2,
  /** Groups where none is set. */
  groups: { ru_1_05: 'Main', ru_1_2: 'Main_2' },
  /** Contact of a correction without a buyer: the field is required. */
  noContact: 'none',
  /** Most positions: "about 250", as many as the storage's 32,768 bytes hold. */
  mostPositions: 250,
  /** Text of the error that says that key or signature are wrong, and nothing about the document. */
  signatureRefused: /подпись не прошла проверку/i,
  /** Text of the error that says that there is no such document. Organisations are not found in the same words. */
  documentUnknown: /^(?!.*организаци).*(?:документ|чек).*не найден/i,
  /** Address of a receipt's page, for accounts that have them. */
  receiptPages: 'https://cheques-lk.orangedata.ru',
} as const;
