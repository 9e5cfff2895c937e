import { FiscalError } from '@fiscalkit/schemas';
import { type AcceptedSignature, type ReplayFault, refuse, type SignatureCheck } from './signature-check.js';

/** Settings of a replay guard. */
export interface ReplayGuardSettings {
  /** Tolerance of `iat` before and after now, in milliseconds. */
  readonly windowMs: number;
  readonly clock?: () => Date;
  /** Maximum number of request ids remembered at a time. 100,000 by default. */
  readonly mostRemembered?: number;
}

/** Admits every signed request once. */
export interface ReplayGuard {
  /** Returns a refusal unchanged; refuses an accepted signature that is too old, too new, or known. */
  admit(check: SignatureCheck): SignatureCheck;
}

/**
 * Creates a guard against requests that are recorded and sent again. It accepts signatures with both
 * `request_id` and `iat`, each id once for as long as its signature is in the window (also under another
 * `iat`). When its memory is full it refuses (`signature.replay.full`) instead of forgetting an id that could
 * still be replayed; only valid signatures fill it, so give each merchant a guard of its own. It remembers in
 * this process alone. Throws a `FiscalError` with `settings.replay-window` for an invalid window.
 */
export function createReplayGuard(settings: ReplayGuardSettings): ReplayGuard {
  const { windowMs, clock = () => new Date(), mostRemembered = 100_000 } = settings;
  if (!(windowMs > 0 && Number.isFinite(windowMs))) {
    throw new FiscalError({
      code: 'settings.replay-window',
      message: 'The replay window must be a positive number of milliseconds.',
      retryable: false,
    });
  }
  const memory = new ReplayMemory({ spanMs: windowMs, mostKeys: mostRemembered });

  function faultOf({ merchantId, requestId, issuedAt }: AcceptedSignature): ReplayFault | null {
    if (requestId === undefined || issuedAt === undefined) {
      return 'signature.replay.missing';
    }
    const nowMs = clock().getTime();
    const issuedMs = issuedAt.getTime();
    if (!(Math.abs(nowMs - issuedMs) <= windowMs)) {
      return 'signature.expired';
    }
    const key = `${requestId} ${merchantId}`;
    return faults[memory.note(key, { untilMs: issuedMs + windowMs, nowMs })];
  }

  return {
    admit: (check) => {
      const fault = check.ok ? faultOf(check) : null;
      return fault === null ? check : refuse(fault);
    },
  };
}

const faults = {
  noted: null,
  known: 'signature.replayed',
  forgotten: 'signature.expired',
  full: 'signature.replay.full',
} as const;

/** Result of recording a key. */
export type NotedKey = 'noted' | 'known' | 'forgotten' | 'full';

/**
 * Remembers keys until they expire, in bounded memory. Keys that expire at about the same time are forgotten
 * together, so that recording one costs the same however many there are.
 */
class ReplayMemory {
  readonly #spanMs: number;
  readonly #mostKeys: number;
  /** Keys by the number of the time span in which they expire. */
  readonly #spans = new Map<number, Set<string>>();
  #size = 0;
  /** Time before which expired keys may have been forgotten. */
  #forgottenBeforeMs = 0;

  constructor({ spanMs, mostKeys }: { readonly spanMs: number; readonly mostKeys: number }) {
    this.#spanMs = spanMs;
    this.#mostKeys = mostKeys;
  }

  /**
   * Records a key until it expires. `known`: it was recorded before. `forgotten`: it may have been, since its
   * time was over once (the clock was set back). `full`: there is no space, and no older one is given up.
   */
  note(key: string, { untilMs, nowMs }: { readonly untilMs: number; readonly nowMs: number }): NotedKey {
    this.#forget(nowMs);
    if (untilMs < this.#forgottenBeforeMs) {
      return 'forgotten';
    }
    if ([...this.#spans.values()].some((keys) => keys.has(key))) {
      return 'known';
    }
    if (this.#size >= this.#mostKeys) {
      return 'full';
    }
    this.#keysEndingAt(untilMs).add(key);
    this.#size += 1;
    return 'noted';
  }

  #forget(nowMs: number): void {
    for (const [span, keys] of this.#spans) {
      const endMs = (span + 1) * this.#spanMs;
      if (endMs <= nowMs) {
        this.#spans.delete(span);
        this.#size -= keys.size;
        this.#forgottenBeforeMs = Math.max(this.#forgottenBeforeMs, endMs);
      }
    }
  }

  #keysEndingAt(untilMs: number): Set<string> {
    const span = Math.floor(untilMs / this.#spanMs);
    const keys = this.#spans.get(span) ?? new Set();
    this.#spans.set(span, keys);
    return keys;
  }
}
