import type { EventCallback, FiscalEventKind } from '@fiscalkit/ledger';
import { SetMetadata } from '@nestjs/common';

/** How a handler differs from others; everything has a default. */
export interface OnFiscalEventOptions {
  /**
   * What events are kept for while the handler can't be called: the same in every release. `ClassName.method` when absent, so
   * give one before you rename either, or when names are minified.
   */
  readonly name?: string;
  /** Name of the FiscalModule whose events these are; the one without a name when absent. */
  readonly instance?: string;
}

/** Fits methods that take a `FiscalEvent` of these kinds, or nothing. */
type HandlerDecorator<Kind extends FiscalEventKind> = <Handler extends EventCallback<Kind>>(
  target: object,
  method: string | symbol,
  descriptor: TypedPropertyDescriptor<Handler>,
) => void;

/**
 * Calls the method for every event of these kinds, at least once: again with back-off while it throws, and again after a crash.
 * The event's `id` tells a repeat. One entry's events come in the order in which they happened.
 */
export function OnFiscalEvent<const Kind extends FiscalEventKind>(
  kinds: Kind | readonly Kind[],
  { name, instance }: OnFiscalEventOptions = {},
): HandlerDecorator<Kind> {
  const subscription: HandlerSubscription = { kinds: [kinds].flat(), name, instance };
  return SetMetadata(handlerMetadata, subscription);
}

/** Where a method's subscription is kept; the same for every copy of the package. */
const handlerMetadata = Symbol.for('fiscalkit.nestjs.handler');

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
