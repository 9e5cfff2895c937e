import { FiscalError } from '@fiscalkit/schemas';
import { ReplayMemory } from './replay-memory.js';
import { type AcceptedSignature, type ReplayFault, refuse, type SignatureCheck } from './signature-check.js';

/** How strict a replay guard is. */
export interface ReplayGuardSettings {
  /** How far `iat` may lie from now, before or after, in milliseconds. */
  readonly windowMs: number;
  readonly clock?: () => Date;
  /** Most request ids remembered at a time. 100,000 by default. */
  readonly mostRemembered?: number;
}

/** Lets every signed request in once. */
export interface ReplayGuard {
  /** Hands on a refusal as it is; refuses an accepted signature that is too old, too new, or was here before. */
  admit(check: SignatureCheck): SignatureCheck;
}

/**
 * Makes a guard against requests that are recorded and sent again. It takes signatures with both `request_id` and `iat`, each
 * id once for as long as its signature is in the window (also under another `iat`). When its memory is full it refuses
 * (`signature.replay.full`) instead of forgetting an id that could still be replayed; only who can sign can fill it, so give
 * each merchant a guard of its own. It remembers in this process alone. Throws a `FiscalError` with `settings.replay-window`
 * for a window that is none.
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
