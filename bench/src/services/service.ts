import type { Program } from '../programs/start-program.js';

/** A way to turn a shop's request into a registered receipt, which rows compare. */
export interface Service {
  /** As a contestant. */
  readonly name: string;
  /** What it promises less than the product does; absent for the product itself. */
  readonly lacks?: string;
  /** Makes an empty store: what a process of the service has accepted there, another one can deliver. */
  startStore(): Promise<Store>;
  start(options: ServiceOptions): Promise<Program>;
}

/** Where a service keeps what it has accepted. */
export interface Store {
  readonly url: string;
  stop(): Promise<void>;
}

/** How a service is started for a measurement. */
export interface ServiceOptions {
  /** `api` accepts and delivers nothing, `worker` delivers what waits, `all` does both. */
  readonly role: 'api' | 'worker' | 'all';
  readonly storeUrl: string;
  readonly providerUrl: string;
}
