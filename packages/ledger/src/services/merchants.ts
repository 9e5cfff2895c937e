import type { Provider } from '@fiscalkit/client';
import { type Company, defaultUtcOffsetHours, FiscalError } from '@fiscalkit/schemas';
import { accountName } from '../entry/accounts.js';

/** A tenant: a seller, and the providers that register its documents. */
export interface Merchant {
  /** Stable name; everything in the ledger belongs to one merchant. */
  readonly id: string;
  /** `merchant_id` of its receipts; `id` when absent. */
  readonly receiptMerchantId?: string;
  /** Providers with distinct names. A document goes to the first that takes its operation and format. */
  readonly providers: readonly Provider[];
  /** Seller in receipts that don't specify it themselves. */
  readonly company?: Company;
  readonly receiptMethod?: 'separately' | 'together';
  /** Zone of `created_at` when none is requested; hours from UTC, 5 when absent. */
  readonly utcOffsetHours?: number;
  /**
   * Treatment of a receipt with the content of another that is not rejected, for the same payment under
   * another key: refused unless the caller marks it as meant, or accepted. `refused` when absent.
   */
  readonly twins?: 'refused' | 'accepted';
  /** Whether receipts with warnings are refused, too. */
  readonly warningsAsFaults?: boolean;
}

/** The merchants of a ledger and their providers. */
export class MerchantDirectory {
  readonly #merchants = new Map<string, Merchant>();

  /**
   * Throws a `FiscalError` with code `merchant.duplicate` when two merchants, or two providers of one, have
   * the same name.
   */
  constructor(merchants: readonly Merchant[]) {
    for (const merchant of merchants) {
      const providers = new Set(merchant.providers.map(({ name }) => name));
      if (this.#merchants.has(merchant.id) || providers.size < merchant.providers.length) {
        throw new FiscalError({
          code: 'merchant.duplicate',
          message: `The merchant ${merchant.id}, or one of its providers, is configured twice.`,
          retryable: false,
        });
      }
      this.#merchants.set(merchant.id, merchant);
    }
  }

  /** Returns the ids of all merchants. */
  ids(): string[] {
    return [...this.#merchants.keys()];
  }

  /** Throws a `FiscalError` with code `merchant.unknown`. */
  merchant(id: string): Merchant {
    const merchant = this.#merchants.get(id);
    if (merchant) return merchant;
    throw new FiscalError({
      code: 'merchant.unknown',
      message: 'This merchant is not configured.',
      retryable: false,
    });
  }

  /** Returns the provider of that name, if the merchant still has it. */
  provider(merchantId: string, name: string): Provider | null {
    const merchant = this.#merchants.get(merchantId);
    return merchant?.providers.find((provider) => provider.name === name) ?? null;
  }

  /** Returns the merchant's providers; none for one that is not configured. */
  providersOf(merchantId: string): readonly Provider[] {
    return this.#merchants.get(merchantId)?.providers ?? [];
  }

  /** Returns the providers of all merchants that take an operation, each name once, with their formats. */
  takersOf(operation: string): ReadonlyMap<string, readonly string[]> {
    const formats = new Map<string, readonly string[]>();
    const providers = [...this.#merchants.values()].flatMap((merchant) => merchant.providers);
    for (const { name, capabilities } of providers.filter((provider) => takes(provider, operation)))
      formats.set(name, [...new Set([...(formats.get(name) ?? []), ...capabilities.formats])]);
    return formats;
  }

  providerNames(): Set<string> {
    const merchants = Array.from(this.#merchants.values());
    return new Set(merchants.flatMap(({ providers }) => providers.map(({ name }) => name)));
  }
}

/** A document that a provider is looked for. */
interface DocumentToRoute {
  readonly operation: string;
  /** Of receipts and corrections. */
  readonly format?: string | undefined;
  /** Account that it goes to while that is configured; the first that takes it when absent. */
  readonly account?: string | undefined;
}

/**
 * Returns the merchant's provider for a document. Throws a `FiscalError` with code `provider.unsupported` when
 * there is none.
 */
export function chooseProvider(merchant: Merchant, document: DocumentToRoute): Provider {
  const provider = findProvider(merchant, document);
  if (provider) return provider;
  throw providerUnsupported(document.operation, { format: document.format, merchant });
}

/** Returns the same; `undefined` when there is none. */
export function findProvider(
  merchant: Merchant,
  { operation, format, account }: DocumentToRoute,
): Provider | undefined {
  const own = account === undefined ? null : providerOfAccount(merchant, account, operation);
  return own ?? merchant.providers.find((provider) => takes(provider, operation, format));
}

/** Whether a provider takes the operation, and the format if there is one. */
export function takes({ capabilities }: Provider, operation: string, format?: string): boolean {
  const { operations, formats } = capabilities;
  return operations.includes(operation) && (format === undefined || formats.includes(format));
}

/** Who does not take a document: all providers of a merchant, or an account when there is none. */
interface NotTaken {
  readonly format?: string | undefined;
  readonly merchant?: Pick<Merchant, 'providers'> | undefined;
  /** Sentence about others that would. */
  readonly hint?: string | undefined;
}

/** Returns the error for a document that nobody takes. */
export function providerUnsupported(operation: string, { format, merchant, hint }: NotTaken): FiscalError {
  const document = format === undefined ? operation : `${operation} in the format ${format}`;
  const message = merchant
    ? `No provider of this merchant takes a ${document}; it has ${merchant.providers.map(described).join('; ')}.`
    : `This account takes no ${document}.`;
  return new FiscalError({
    code: 'provider.unsupported',
    message: hint === undefined ? message : `${message} ${hint}`,
    retryable: false,
  });
}

/** Describes what a provider takes. */
function described({ name, capabilities: { operations, formats } }: Provider): string {
  const taken =
    formats.length > 0 ? `${operations.join(', ')} in ${formats.join(', ')}` : operations.join(', ');
  return `${name} (${taken})`;
}

/** Returns the merchant's provider of this account, if it is configured and takes the operation. */
export function providerOfAccount(merchant: Merchant, account: string, operation: string): Provider | null {
  const own = merchant.providers.find((provider) => accountName(provider, merchant.id) === account);
  return own && takes(own, operation) ? own : null;
}

/** Returns the zone of a merchant's creation times, in hours from UTC. */
export function offsetOf(merchant: Merchant): number {
  return merchant.utcOffsetHours ?? defaultUtcOffsetHours;
}
