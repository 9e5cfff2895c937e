import { join } from 'node:path';
import type { Program } from '@fiscalkit/testing';
import { startEcho, startGateway } from '../../programs.js';
import type { Service } from '../../services.js';

type Environment = Readonly<Record<string, string>>;

/** A program whose start is measured. */
export interface Starter extends Pick<Service, 'name' | 'weakerGuarantee'> {
  /** Starts it once, with more variables; resolves when it prints where it listens. */
  start(environment?: Environment): Promise<Program>;
}

/** A Nest application on Fastify with one route. */
export const bareService: Starter = {
  name: 'bare Nest + Fastify',
  weakerGuarantee: 'opens no store, checks nothing',
  start: startEcho,
};

/** Where a gateway keeps its ledgers, and the provider that it delivers to. */
interface GatewayPlace {
  readonly folder: string;
  readonly providerUrl: string;
}

/** Returns a gateway that finds no ledger, and makes it. */
export function gatewayOnNothing({ folder, providerUrl }: GatewayPlace): Starter {
  let started = 0;
  return {
    name: 'gateway, no ledger yet',
    start(environment = {}) {
      started += 1;
      const ledgerUrl = `sqlite:${join(folder, `fresh-${started}.sqlite`)}`;
      return startGateway({ role: 'all', ledgerUrl, providerUrl, environment });
    },
  };
}

/** Returns a gateway that opens this ledger. */
export function gatewayOn(
  path: string,
  name: string,
  { providerUrl }: Pick<GatewayPlace, 'providerUrl'>,
): Starter {
  return {
    name,
    start: (environment = {}) =>
      startGateway({ role: 'all', ledgerUrl: `sqlite:${path}`, providerUrl, environment }),
  };
}

/** Writes the cache on SIGTERM, which a program without a handler for it does not do by itself. */
const keepingTheCache = `--import=data:text/javascript,${encodeURIComponent(
  "import { flushCompileCache } from 'node:module'; process.once('SIGTERM', () => { flushCompileCache(); process.exit(); });",
)}`;

/** A program that finds V8's compile cache filled. */
interface CachedStarter extends Starter {
  /** Starts it once to fill the cache. */
  fill(): Promise<void>;
}

/** Returns the same program with V8's compile cache in a folder of its own. */
export function withCompileCache(starter: Starter, folder: string): CachedStarter {
  const cache = { NODE_COMPILE_CACHE: join(folder, starter.name) };
  return {
    ...starter,
    start: () => starter.start(cache),
    async fill() {
      const program = await starter.start({ ...cache, NODE_OPTIONS: keepingTheCache });
      await program.stop();
    },
  };
}
