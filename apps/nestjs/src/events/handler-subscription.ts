import type { FiscalEventKind } from '@fiscalkit/ledger';

/** Where a method's subscription is kept; the same for every copy of the package. */
export const handlerMetadata = Symbol.for('fiscalkit.nestjs.handler');

/** What a decorated method wants to hear of. */
export interface HandlerSubscription {
  readonly kinds: readonly FiscalEventKind[];
  readonly name: string | undefined;
  readonly instance: string | undefined;
}

/** What a method was decorated with, if it was. */
export function subscriptionOf(method: object): HandlerSubscription | undefined {
  return Reflect.getMetadata(handlerMetadata, method);
}
