/** A register group of the emulated ATOL Online. */
export interface AtolGroup {
  readonly code: string;
  readonly login: string;
  readonly password: string;
  /** Protocol of the group: `v4` is FFD 1.05, `v5` FFD 1.2. */
  readonly version: 'v4' | 'v5';
  /** INN of the group's registers; receipts of another one fail. */
  readonly inn: string;
}

/** Groups with the names of the provider's public test groups; the password is the sandbox's own. */
export const sampleAtolGroups: readonly AtolGroup[] = [
  {
    code: 'v4-online-atol-ru_4179',
    login: 'v4-online-atol-ru',
    password: 'sandbox',
    version: 'v4',
    inn: '5544332219',
  },
  {
    code: 'v5-online-atol-ru_5179',
    login: 'v5-online-atol-ru',
    password: 'sandbox',
    version: 'v5',
    inn: '5544332219',
  },
];

/** Options of the emulated ATOL Online; all have defaults. Durations are in milliseconds. */
export interface AtolOptions {
  /** Default: the two sample groups, one for each version. */
  readonly groups?: readonly AtolGroup[];
  /** Life of a token; default a day. */
  readonly tokenMs?: number;
  /** Time in which a document that no register takes fails; default 300,000. */
  readonly queueMs?: number;
  /** Time for which external ids and reports are kept; default 32 days in v4, 30 in v5. */
  readonly memoryMs?: number;
  /** Reports that a group answers in a second, more get a 429; default: any number. */
  readonly reportsPerSecond?: number;
}
