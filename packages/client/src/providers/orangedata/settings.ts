import { FiscalError } from '@fiscalkit/schemas';
import { assertSetting } from '../../errors/assert-setting.js';
import type { TransportSettings } from '../../transport/transport.js';
import { orangedataChoices } from './choices.js';
import { assertCertificate, readSignatureKey } from './keys.js';

/** Formats of receipts: FFD 1.05 and FFD 1.2. A group of registers has one. */
export const orangedataFormats = ['ru_1_05', 'ru_1_2'] as const;

export type OrangedataFormat = (typeof orangedataFormats)[number];

/** What becomes of a character that code page 866 lacks and that has no likeness there. */
export const characterChoices = ['refuse', 'replace'] as const;

/** Settings of a group of registers at OrangeData. */
export interface OrangedataSettings extends TransportSettings {
  /** INN of the organisation; ids belong to it. */
  readonly inn: string;
  /** Format of the group's registers. */
  readonly format: OrangedataFormat;
  /** Group of registers. `Main` by default, `Main_2` for FFD 1.2. */
  readonly group?: string;
  /** Name of the signature's key at OrangeData: the name of the certificate's file. The INN by default. */
  readonly key?: string;
  /** Private RSA key of signatures, in PEM or XML (`RSAKeyValue`); is kept in memory only. */
  readonly signatureKey: string;
  /** Client certificate by which OrangeData knows the organisation, in PEM. Required for an https address. */
  readonly clientCertificate?: string;
  /** Private key of the client certificate, in PEM. Required with it. */
  readonly clientKey?: string;
  /** Passphrase of the key of the client certificate; none by default. */
  readonly clientKeyPassphrase?: string;
  /** Authorities of OrangeData's own certificate, in PEM; those of the system by default. */
  readonly serverCa?: string;
  /** `https://api.orangedata.ru:12003/api/v2` by default. */
  readonly baseUrl?: string;
  /**
   * Address that OrangeData calls when a document is done. By default that of a ledger that takes callbacks,
   * else none.
   */
  readonly callbackUrl?: string;
  /** Tag 1125, whether receipts are made on the internet. `true` by default. */
  readonly internet?: boolean;
  /** Whether marked goods are registered although a check of their codes failed. `false` by default. */
  readonly ignoreItemCodeCheck?: boolean;
  /**
   * Place of settlement (tag 1187) that is set for the group at OrangeData, which takes none in a receipt: a
   * receipt with another one is refused. Without it, so is every receipt that has one.
   */
  readonly paymentAddress?: string;
  /**
   * What becomes of characters that code page 866 lacks, and that OrangeData would drop: the receipt is refused,
   * or a question mark is printed. Quotation marks and dashes are written in its own in any case. `refuse` by
   * default.
   */
  readonly characters?: (typeof characterChoices)[number];
  /** Whether receipts have pages at cheques-lk.orangedata.ru, which the account must allow. `false` by default. */
  readonly receiptPages?: boolean;
  /** Registers in the group: each is asked about two documents a second. 1 by default. */
  readonly registers?: number;
  /** Time before the first question about a document, in milliseconds. 2,000 by default. */
  readonly pollMs?: number;
  /** Time in which a request is stored or never will be, in milliseconds. 60,000 by default. */
  readonly settlesWithinMs?: number;
  /** Time for which ids are remembered, in milliseconds. 90 days by default. */
  readonly deduplicationWindowMs?: number;
  readonly clock?: () => Date;
}

/** Settings that show in a document. */
export type DocumentSettings = Pick<
  OrangedataSettings,
  | 'inn'
  | 'format'
  | 'group'
  | 'key'
  | 'callbackUrl'
  | 'internet'
  | 'ignoreItemCodeCheck'
  | 'paymentAddress'
  | 'characters'
>;

export const defaultBaseUrl = 'https://api.orangedata.ru:12003/api/v2';

const longestName = 32;
const longestCallbackUrl = 1024;

/** Throws a `FiscalError` with `settings.<name>` for a setting that is missing, blank or wrong. */
export function assertOrangedataSettings(settings: OrangedataSettings): void {
  const { inn, format, signatureKey, characters = 'refuse', callbackUrl } = settings;
  assertSetting({ name: 'inn', value: inn, what: 'The inn at OrangeData' });
  const ofOwner = `of OrangeData's organisation ${inn}`;
  if (!/^(?:\d{10}|\d{12})$/.test(inn))
    throw refusal('inn', 'The inn at OrangeData must have 10 or 12 digits.');
  if (!orangedataFormats.includes(format)) {
    throw refusal('format', `The format ${ofOwner} must be one of ${orangedataFormats.join(', ')}.`);
  }
  for (const [name, value] of Object.entries({ group: settings.group, key: settings.key })) {
    if (value === undefined || (value.trim() !== '' && value.length <= longestName)) continue;
    throw refusal(name, `The ${name} ${ofOwner} must have 1 to ${longestName} characters.`);
  }
  if (!characterChoices.includes(characters)) {
    throw refusal(
      'characters',
      `The setting characters ${ofOwner} must be one of ${characterChoices.join(', ')}.`,
    );
  }
  if (callbackUrl !== undefined && !isCallbackUrl(callbackUrl)) {
    const limit = `an http or https address of at most ${longestCallbackUrl} characters`;
    throw refusal('callback-url', `The callbackUrl ${ofOwner} must be ${limit}.`);
  }
  assertSetting({ name: 'signature-key', value: signatureKey, what: `The signatureKey ${ofOwner}` });
  readSignatureKey(signatureKey);
  assertConnection(settings, ofOwner);
}

/** A connection of our own needs the certificate; one through a given dispatcher is its owner's. */
function assertConnection(settings: OrangedataSettings, ofOwner: string): void {
  const { clientCertificate, clientKey, baseUrl = defaultBaseUrl, dispatcher } = settings;
  const isGiven = clientCertificate !== undefined || clientKey !== undefined;
  if (!isGiven && (dispatcher !== undefined || !baseUrl.startsWith('https:'))) return;
  assertSetting({
    name: 'client-certificate',
    value: clientCertificate,
    what: `The clientCertificate ${ofOwner}`,
  });
  assertSetting({ name: 'client-key', value: clientKey, what: `The clientKey ${ofOwner}` });
  assertCertificate(settings);
}

/** Whether OrangeData can be given this address. */
export function isCallbackUrl(text: string | undefined): text is string {
  return (
    text !== undefined && text.length <= longestCallbackUrl && /^https?:\/\//.test(text) && URL.canParse(text)
  );
}

/** Returns the group of the registers. */
export function groupOf({ group, format }: Pick<OrangedataSettings, 'group' | 'format'>): string {
  return group ?? orangedataChoices.groups[format];
}

function refusal(name: string, message: string): FiscalError {
  return new FiscalError({ code: `settings.${name}`, message, retryable: false });
}
