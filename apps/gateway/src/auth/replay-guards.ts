import { type AcceptedSignature, createReplayGuard, type ReplayGuard } from '@fiscalkit/client/jws';
import { FiscalError } from '@fiscalkit/schemas';
import type { Configuration } from '../configuration/configuration.js';

/** Replay guards of the merchants that have a replay window. */
export class ReplayGuards {
  readonly #guards: ReadonlyMap<string, ReplayGuard>;

  constructor({ merchants }: Configuration) {
    this.#guards = new Map(
      merchants.flatMap(({ id, replayWindowMs }) =>
        replayWindowMs === undefined ? [] : [[id, createReplayGuard({ windowMs: replayWindowMs })]],
      ),
    );
  }

  /**
   * Checks that a signature is new. Throws `signature.replayed` for one that was used before,
   * `signature.expired` for one outside of the window, `signature.replay.missing` for one without id or time,
   * and `signature.replay.full`, retryable, while there are more than can be remembered.
   */
  refuseReplay(signature: AcceptedSignature): void {
    const check = this.#guards.get(signature.merchantId)?.admit(signature);
    if (!check || check.ok) return;
    throw new FiscalError({
      code: check.code,
      message:
        'The signature holds, but not for this request now: sign each request anew, with request_id and iat.',
      retryable: check.code === 'signature.replay.full',
    });
  }
}
