interface ReasonText {
  readonly message: string;
  /** Whether it means trouble of the provider as a whole. */
  readonly outage: boolean;
}

/** Codes of the reasons of verdicts, with their texts. Codes are permanent. */
export const reasonCodes = {
  'provider.refused': { message: 'No connection to the provider; nothing was sent.', outage: true },
  'provider.address': {
    message: "The provider's name leads to a private address, which is not allowed; nothing was sent.",
    outage: false,
  },
  'provider.timeout': { message: 'The provider did not answer in time.', outage: true },
  'provider.reset': { message: 'The connection broke before the whole answer was there.', outage: true },
  'provider.too-large': { message: 'The answer is longer than allowed.', outage: true },
  'provider.unreadable': { message: 'The answer is not what the provider documents.', outage: true },
  'provider.mismatch': { message: 'The answer speaks of another document.', outage: true },
  'provider.server-error': { message: 'The provider reports a fault of its own.', outage: true },
  'provider.unavailable': { message: 'The provider is not available for the moment.', outage: true },
  'provider.uncertain': {
    message: 'The provider reports a failure that leaves the outcome open.',
    outage: false,
  },
  'provider.doubtful': {
    message: 'The provider has something that could be this document and is not certainly it.',
    outage: false,
  },
  'provider.aborted': { message: 'The caller cancelled the call.', outage: false },
  'provider.rate-limited': { message: 'The provider asks for fewer requests.', outage: false },
  'provider.unauthorized': { message: 'The provider does not accept the credentials.', outage: false },
  'provider.not-found': { message: 'The provider knows nothing at this address.', outage: false },
  'provider.redirected': {
    message: 'The provider answered with a redirect, which is not followed.',
    outage: false,
  },
  'provider.conflict': { message: 'The provider reports a conflict with what it has.', outage: false },
  'provider.unexpected-status': {
    message: 'The provider answered with an unexpected HTTP status.',
    outage: false,
  },
  'provider.rejected': { message: 'The provider refuses the document.', outage: false },
  'provider.failed': { message: 'The provider reports a failure that may pass.', outage: false },
  'provider.unsupported': { message: 'The provider does not offer this.', outage: false },
} as const satisfies Record<string, ReasonText>;

/** Permanent dotted code for the end of an attempt. */
export type ReasonCode = keyof typeof reasonCodes;
