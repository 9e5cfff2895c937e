/**
 * Undocumented answers to a confirmation, and whether the link is attached nevertheless. Each has
 * `is_success: true` and is a success except for what its name says.
 */
export const oddConfirmations = {
  'error-number': { attached: false },
  'error-object': { attached: false },
  'error-list': { attached: false },
  'error-flag': { attached: false },
  'error-renamed': { attached: false },
  'error-recased': { attached: false },
  'error-nested': { attached: false },
  'error-beside': { attached: false },
  'word-failed': { attached: false },
  'word-recased': { attached: false },
  'word-error': { attached: false },
  'word-reversed': { attached: false },
  'word-processing': { attached: false },
  'word-number': { attached: false },
  'word-local': { attached: false },
  'word-elsewhere': { attached: false },
  'flag-reversed': { attached: false },
  'data-empty': { attached: false },
  'data-missing': { attached: false },
  'other-payment': { attached: true },
  'other-link': { attached: true },
  'other-link-renamed': { attached: true },
  'success-text': { attached: true },
  'success-recased': { attached: true },
  'result-around': { attached: true },
} as const satisfies Record<string, { attached: boolean }>;

/** Name of an undocumented answer, as in fault rules. */
export type OddConfirmation = keyof typeof oddConfirmations;

export const oddConfirmationNames = Object.keys(oddConfirmations) as OddConfirmation[];
