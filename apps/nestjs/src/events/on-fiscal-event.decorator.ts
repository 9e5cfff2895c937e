import type { EventCallback, FiscalEventKind } from '@fiscalkit/ledger';
import { SetMetadata } from '@nestjs/common';

/** Options of a handler; everything has a default. */
export interface OnFiscalEventOptions {
  /**
   * Name under which events are kept while the handler can't be called: the same in every release.
   * `ClassName.method` when absent, so give one before you rename either, or when names are minified.
   */
  readonly name?: string;
  /** Name of the FiscalModule whose events these are; the one without a name when absent. */
  readonly instance?: string;
}

/** Decorator of methods that take a `FiscalEvent` of these kinds, or nothing. */
type HandlerDecorator<Kind extends FiscalEventKind> = <Handler extends EventCallback<Kind>>(
  target: object,
  method: string | symbol,
  descriptor: TypedPropertyDescriptor<Handler>,
) => void;

/**
 * Calls the method for every event of these kinds, at least once: again with back-off while it throws, and
 * again after a crash. The event's `id` identifies a repeat. The events of one entry come in the order in
 * which they happened.
 */
export function OnFiscalEvent<const Kind extends FiscalEventKind>(
  kinds: Kind | readonly Kind[],
  { name, instance }: OnFiscalEventOptions = {},
): HandlerDecorator<Kind> {
  const subscription: HandlerSubscription = { kinds: [kinds].flat(), name, instance };
  return SetMetadata(handlerMetadata, subscription);
}

/** Key of a method's subscription; the same for every copy of the package. */
const handlerMetadata = Symbol.for('fiscalkit.nestjs.handler');

/** Subscription of a decorated method. */
export interface HandlerSubscription {
  readonly kinds: readonly FiscalEventKind[];
  readonly name: string | undefined;
  readonly instance: string | undefined;
}

/** Returns the subscription of a method, if it was decorated. */
export function subscriptionOf(method: object): HandlerSubscription | undefined {
  return Reflect.getMetadata(handlerMetadata, method);
}
