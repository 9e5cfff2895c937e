import { type EventCallback, type FiscalEventKind, fiscalEventKinds } from '@fiscalkit/ledger';
import { FiscalError } from '@fiscalkit/schemas';
import { Inject, Injectable } from '@nestjs/common';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import { InstanceNames } from '../module/instance-names.js';
import { type HandlerSubscription, subscriptionOf } from './on-fiscal-event.decorator.js';

type Wrapper = ReturnType<DiscoveryService['getProviders']>[number];

/** A method that handles events. */
export interface DiscoveredHandler {
  readonly name: string;
  /** `Class#method`, for messages. */
  readonly place: string;
  readonly kinds: readonly FiscalEventKind[];
  readonly handle: EventCallback;
}

interface MarkedMethod {
  readonly wrapper: Wrapper;
  readonly method: string;
  readonly subscription: HandlerSubscription;
  readonly handle: EventCallback;
}

/** Finds the methods that `@OnFiscalEvent` marks, in the providers and controllers of the whole application. */
@Injectable()
export class EventHandlerExplorer {
  readonly #discovery: DiscoveryService;
  readonly #scanner: MetadataScanner;
  readonly #names: InstanceNames;

  constructor(
    @Inject(DiscoveryService) discovery: DiscoveryService,
    @Inject(MetadataScanner) scanner: MetadataScanner,
    @Inject(InstanceNames) names: InstanceNames,
  ) {
    this.#discovery = discovery;
    this.#scanner = scanner;
    this.#names = names;
  }

  /**
   * Returns the handlers for the events of one module instance. Throws a `FiscalError` with code
   * `event.handler.scope` for a handler that does not have exactly one instance, `event.handler.instance` for
   * one that would never be called, and `event.handler.kinds` for one that names no kind, or an unknown one.
   */
  find(instance: string | undefined): DiscoveredHandler[] {
    const wrappers = [...this.#discovery.getProviders(), ...this.#discovery.getControllers()];
    const instances = this.#names.all();
    const marked = wrappers.flatMap((wrapper) => this.#markedMethods(wrapper));
    for (const each of marked) assertCallable(each, instances);
    return marked
      .filter(({ subscription }) => subscription.instance === instance)
      .map(({ wrapper, method, subscription: { name, kinds }, handle }) => ({
        name: name ?? `${classOf(wrapper)}.${method}`,
        place: placeOf({ wrapper, method }),
        kinds,
        handle,
      }));
  }

  #markedMethods(wrapper: Wrapper): MarkedMethod[] {
    const subject: unknown = wrapper.isAlias ? null : wrapper.instance;
    if (typeof subject !== 'object' || subject === null) return [];
    const prototype = Object.getPrototypeOf(subject);
    return this.#scanner.getAllMethodNames(prototype).flatMap((method) => {
      const subscription = subscriptionOf(prototype[method]);
      if (!subscription) return [];
      const handle: EventCallback = (event) => Reflect.get(subject, method).call(subject, event);
      return [{ wrapper, method, subscription, handle }];
    });
  }
}

function classOf({ instance, metatype, name }: Wrapper): string {
  // Of a request-scoped class Nest keeps an object without a constructor.
  return metatype?.name || instance?.constructor?.name || String(name);
}

function placeOf({ wrapper, method }: Pick<MarkedMethod, 'wrapper' | 'method'>): string {
  return `${classOf(wrapper)}#${method}`;
}

function assertCallable(marked: MarkedMethod, instances: readonly (string | undefined)[]): void {
  const { wrapper, subscription } = marked;
  const { kinds, instance } = subscription;
  const place = placeOf(marked);
  if (wrapper.isTransient || !wrapper.isDependencyTreeStatic()) {
    const message =
      'a handler of fiscal events is in a class with one instance, neither request-scoped nor transient.';
    throw handlerFault('scope', place, message);
  }
  if (!instances.includes(instance)) {
    throw handlerFault(
      'instance',
      place,
      `there is no FiscalModule with the name ${JSON.stringify(instance)}.`,
    );
  }
  const unknown = kinds.find((kind) => !fiscalEventKinds.includes(kind));
  if (unknown !== undefined) {
    throw handlerFault(
      'kinds',
      place,
      `there is no event ${JSON.stringify(unknown)}, but ${fiscalEventKinds.join(', ')}.`,
    );
  }
  if (kinds.length === 0)
    throw handlerFault('kinds', place, 'a handler of fiscal events names at least one kind.');
}

/** Returns the handlers. Throws a `FiscalError`, code `event.handler.duplicate`, when two have one name. */
export function distinct(handlers: readonly DiscoveredHandler[]): readonly DiscoveredHandler[] {
  const places = new Map<string, string>();
  for (const { name, place } of handlers) {
    const other = places.get(name);
    if (other !== undefined) {
      const message =
        other === place
          ? 'its class is provided more than once: events would be handled by either.'
          : `${other} has the name ${name}, too; give each a name of its own.`;
      throw handlerFault('duplicate', place, message);
    }
    places.set(name, place);
  }
  return handlers;
}

/** Returns the error `event.handler.<fault>`, whose message names class and method. */
function handlerFault(fault: string, where: string, message: string): FiscalError {
  return new FiscalError({
    code: `event.handler.${fault}`,
    message: `${where}: ${message}`,
    retryable: false,
  });
}
