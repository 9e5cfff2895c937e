import type { EventCallback, FiscalEventKind } from '@fiscalkit/ledger';
import { Inject, Injectable } from '@nestjs/common';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import { InstanceNames } from '../module/instance-names.js';
import { handlerFault } from './handler-fault.js';
import { type HandlerSubscription, subscriptionOf } from './handler-subscription.js';

type Wrapper = ReturnType<DiscoveryService['getProviders']>[number];

/** A method that is to be called with events. */
export interface DiscoveredHandler {
  readonly name: string;
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
   * The handlers for the events of one module instance. Throws a `FiscalError` with code `event.handler.scope` for a handler of
   * which there is not one instance, and `event.handler.instance` for one that would never be called.
   */
  find(instance: string | undefined): DiscoveredHandler[] {
    const wrappers = [...this.#discovery.getProviders(), ...this.#discovery.getControllers()];
    const instances = this.#names.all();
    const marked = wrappers.flatMap((wrapper) => this.#markedMethods(wrapper));
    for (const { wrapper, subscription } of marked) {
      if (wrapper.isTransient || !wrapper.isDependencyTreeStatic()) throw handlerFault('scope');
      if (!instances.includes(subscription.instance)) throw handlerFault('instance');
    }
    return marked
      .filter(({ subscription }) => subscription.instance === instance)
      .map(({ wrapper, method, subscription: { name, kinds }, handle }) => ({
        name: name ?? `${wrapper.instance.constructor.name}.${method}`,
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
