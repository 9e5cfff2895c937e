import { FiscalError } from '@fiscalkit/schemas';
import { assertSetting } from '../../errors/assert-setting.js';
import type { TransportSettings } from '../../transport/transport.js';

/** Versions of the protocol: `v4` registers FFD 1.05, `v5` FFD 1.2. */
export const atolVersions = ['v4', 'v5'] as const;

export type AtolVersion = (typeof atolVersions)[number];

/** Settings of a register group of ATOL Online, or of a service that speaks its protocol. */
export interface AtolSettings extends TransportSettings {
  /** Version of the protocol that the group is made for: `v4` for FFD 1.05, `v5` for FFD 1.2. */
  readonly version: AtolVersion;
  /** Code of the register group; documents, ids and limits belong to it. */
  readonly groupCode: string;
  /** Login of the integration, as in the settings file of the group. */
  readonly login: string;
  /** Password of the login: sent for a token, is kept in memory only. */
  readonly password: string;
  /** `https://online.atol.ru/possystem` by default; the version follows it. */
  readonly baseUrl?: string;
  /**
   * Address that ATOL calls when a document is done or has failed. By default that of a ledger that takes
   * callbacks, else none.
   */
  readonly callbackUrl?: string;
  /** Tag 1125, whether the receipt was made on the internet. Not sent by default: older schemas refuse it. */
  readonly internet?: boolean;
  /**
   * Whether `v5` registers marked goods although the marking system did not answer (tag 2106 is 0 then). By
   * default such a receipt fails with error 421.
   */
  readonly ismOptional?: boolean;
  /** Registers in the group: ATOL takes one question a second from each. 1 by default. */
  readonly registers?: number;
  /**
   * Time before the first question about a document, in milliseconds; later ones wait up to fifteen times as
   * long. 2,000 by default.
   */
  readonly pollMs?: number;
  /** Time in which a document is done or has failed, in milliseconds. 330,000 by default: the queue's 300 s. */
  readonly settlesWithinMs?: number;
  /**
   * Time for which an external id and a report are remembered, in milliseconds. ATOL names none for ids; another
   * service may keep them for less. 32 days in `v4` and 30 in `v5` by default, as long as ATOL keeps reports.
   */
  readonly deduplicationWindowMs?: number;
  readonly clock?: () => Date;
}

const longestCallbackUrl = 256;

/** Throws a `FiscalError` with `settings.<name>` for a setting that is missing, blank or wrong. */
export function assertAtolSettings(settings: AtolSettings): void {
  const { version, groupCode, login, password, callbackUrl } = settings;
  assertSetting({ name: 'group-code', value: groupCode, what: 'The groupCode at ATOL Online' });
  const ofGroup = `of ATOL's group ${groupCode}`;
  assertSetting({ name: 'login', value: login, what: `The login ${ofGroup}` });
  assertSetting({ name: 'password', value: password, what: `The password ${ofGroup}` });
  if (!atolVersions.includes(version)) {
    throw refusal('version', `The version ${ofGroup} must be one of ${atolVersions.join(', ')}.`);
  }
  if (callbackUrl !== undefined && !isCallbackUrl(callbackUrl)) {
    throw refusal(
      'callback-url',
      `The callbackUrl ${ofGroup} must be an http or https address of at most 256 characters.`,
    );
  }
}

/** Whether ATOL can be given this address. */
export function isCallbackUrl(text: string | undefined): text is string {
  return (
    text !== undefined && text.length <= longestCallbackUrl && /^https?:\/\//.test(text) && URL.canParse(text)
  );
}

function refusal(name: string, message: string): FiscalError {
  return new FiscalError({ code: `settings.${name}`, message, retryable: false });
}
