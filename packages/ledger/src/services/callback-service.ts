import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { CallbackHint, IncomingCallback, Provider } from '@fiscalkit/client';
import { FiscalError } from '@fiscalkit/schemas';
import { accountName } from '../entry/accounts.js';
import type { Entry } from '../entry/entry.js';
import { hintedDetails } from '../journal/details.js';
import { sha256Hex } from '../journal/digest.js';
import type { LedgerContext } from './ledger-context.js';
import type { Merchant } from './merchants.js';

/** Settings of callbacks, by which providers say that something has happened to a document. */
export interface CallbackSettings {
  /**
   * Address of the route that takes callbacks, as providers reach it: `https://pay.shop.example/callbacks`, 180
   * characters at most. Documents carry it, with account and token behind it. Nobody is told of it when absent.
   */
  readonly url?: string | undefined;
  /** Secret that the tokens of all accounts are derived from: 32 characters at least. */
  readonly key: string;
  /** Earlier secrets, whose tokens are still taken: documents that are under way carry them. */
  readonly formerKeys?: readonly string[] | undefined;
  /** Least time between two steps of one document that callbacks bring forward, in ms; 5,000 when absent. */
  readonly everyMs?: number | undefined;
}

/** A request to the route that takes callbacks. */
export interface ReceivedCallback extends IncomingCallback {
  /** The last two parts of its path. */
  readonly account: string;
  readonly token: string;
}

interface CallbackAccount {
  readonly provider: Provider;
  readonly name: string;
  /** Tokens by the age of their keys, newest first. */
  readonly tokens: readonly string[];
  hear: { second: number; count: number };
}

/** Largest body that is read, in bytes; a larger one is no report of one document. */
export const longestCallback = 65_536;

const longestUrl = 180;
const shortestKey = 32;
const defaultEveryMs = 5_000;
/** Callbacks of one account in a second that are followed up, and of all accounts at the same time. */
const mostPerSecond = 100;
const mostUnderWay = 32;

type CallbackContext = Pick<LedgerContext, 'store' | 'wake'>;

/**
 * Takes callbacks of providers. None is believed: it brings the next question about a document forward, once in
 * an interval, and nothing else. So a forged one is harmless, and a lost one costs the usual wait.
 */
export class CallbackService {
  readonly #context: CallbackContext;
  readonly #settings: CallbackSettings | undefined;
  readonly #accounts = new Map<string, CallbackAccount>();
  readonly #elapsed: () => number;
  readonly #underWay = new Set<Promise<void>>();

  /** Throws a `FiscalError` with code `callbacks.url` or `callbacks.key`. */
  constructor(
    context: CallbackContext,
    {
      settings,
      merchants,
      elapsed,
    }: {
      readonly settings: CallbackSettings | undefined;
      readonly merchants: readonly Pick<Merchant, 'id' | 'providers'>[];
      readonly elapsed: () => number;
    },
  ) {
    this.#context = context;
    this.#settings = settings;
    this.#elapsed = elapsed;
    if (settings === undefined) return;
    checkSettings(settings);
    const keys = [settings.key, ...(settings.formerKeys ?? [])];
    for (const { id, providers } of merchants) {
      for (const provider of providers.filter(({ readCallback }) => readCallback !== undefined)) {
        const name = accountName(provider, id);
        const tokens = keys.map((key) => tokenOf(key, provider.name, name));
        this.#accounts.set(partOf(provider.name, name), { provider, name, tokens, hear: noneYet });
      }
    }
  }

  /** Returns the address that documents of a merchant tell the provider; `undefined` where there is none. */
  urlOf(provider: Provider, merchant: string): string | undefined {
    const url = this.#settings?.url;
    if (url === undefined || provider.readCallback === undefined) return undefined;
    const part = partOf(provider.name, accountName(provider, merchant));
    const token = this.#accounts.get(part)?.tokens[0];
    return token === undefined ? undefined : `${url.replace(/\/+$/, '')}/${part}/${token}`;
  }

  /**
   * Takes a callback in; false if its token is not that of its account. Waits for nothing: whether it names a
   * document of ours shows neither in the result nor in the time.
   */
  take({ account: part, token, body, headers }: ReceivedCallback): boolean {
    const account = this.#accounts.get(part);
    if (!isOneOf(token, account?.tokens ?? []) || account === undefined) return false;
    if (body.length > longestCallback || this.#isTooMuch(account)) return true;
    const following = this.#follow(account, { body, headers }).finally(() =>
      this.#underWay.delete(following),
    );
    this.#underWay.add(following);
    return true;
  }

  /** Resolves when what was taken in has been followed up. */
  async settled(): Promise<void> {
    await Promise.all(this.#underWay);
  }

  #isTooMuch(account: CallbackAccount): boolean {
    const second = Math.floor(this.#elapsed() / 1_000);
    const count = account.hear.second === second ? account.hear.count + 1 : 1;
    account.hear = { second, count };
    return count > mostPerSecond || this.#underWay.size >= mostUnderWay;
  }

  /** Brings the next step of the document forward. Never rejects: the store reports its own troubles. */
  async #follow({ provider, name }: CallbackAccount, callback: IncomingCallback): Promise<void> {
    try {
      const hint = provider.readCallback?.(callback);
      const entry = hint ? await this.#entryOf(hint.reference) : null;
      if (!hint || entry?.provider !== provider.name || entry.account !== name) return;
      if (entry.state !== 'pending' && entry.state !== 'unknown') return;
      const { id, version } = entry;
      const everyMs = this.#settings?.everyMs ?? defaultEveryMs;
      const written = await this.#context.store.hint({ id, version, everyMs, ...documentOf(hint, entry) });
      if (written) this.#context.wake(entry);
    } catch {
      // A hint that is lost costs the usual wait.
    }
  }

  /** Returns the entry whose present request has this reference; an earlier request is nobody's any more. */
  async #entryOf(reference: string): Promise<Entry | null> {
    if (!plainReference.test(reference)) return null;
    const entry = await this.#context.store.entry(reference.replace(reissueNumber, ''));
    return entry?.request.reference === reference ? entry : null;
  }
}

/** Form of our references; another text may be none that a database takes. */
const plainReference = /^[\x21-\x7e]{1,128}$/;

/** Number behind the reference of a request that took the place of the first: see `nextRequest`. */
const reissueNumber = /(?<=^.{36})-\d{1,3}$/;

const noneYet = { second: -1, count: 0 };

function documentOf({ providerDocumentId }: CallbackHint, { state, reason }: Entry) {
  if (providerDocumentId === undefined || state !== 'unknown') return {};
  return { document: { providerDocumentId, details: hintedDetails(providerDocumentId, reason?.code) } };
}

/** Returns the part of the path that names an account: no address, and nothing that a proxy decodes. */
function partOf(provider: string, account: string): string {
  return sha256Hex(`${provider} ${account}`).slice(0, 16);
}

function tokenOf(key: string, provider: string, account: string): string {
  const token = createHmac('sha256', key).update(`callback ${provider} ${account}`).digest('base64url');
  return token.slice(0, 32);
}

/** Compares with all of them, in a time that says nothing about any. */
function isOneOf(token: string, tokens: readonly string[]): boolean {
  const digest = digestOf(token);
  let found = false;
  for (const each of [...tokens, '']) found = timingSafeEqual(digest, digestOf(each)) || found;
  return found && token !== '';
}

function digestOf(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

function checkSettings({ url, key, formerKeys = [] }: CallbackSettings): void {
  if (url !== undefined && (url.length > longestUrl || !/^https?:\/\/[^?#\s]+$/.test(url))) {
    throw refusal(
      'url',
      `The address of callbacks must be an http or https address without a query, of at most ${longestUrl} characters.`,
    );
  }
  if ([key, ...formerKeys].some((each) => typeof each !== 'string' || each.length < shortestKey)) {
    throw refusal('key', `A key of callbacks must have at least ${shortestKey} characters.`);
  }
}

function refusal(name: string, message: string): FiscalError {
  return new FiscalError({ code: `callbacks.${name}`, message, retryable: false });
}
