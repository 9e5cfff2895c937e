import type { TroubledAccount } from '@fiscalkit/ledger';
import { FiscalService } from '@fiscalkit/nestjs';
import { isFiscalError } from '@fiscalkit/schemas';
import { Controller, Get, Inject, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { shareRecent } from '../http/single-flight.js';
import { STOPPING } from '../tokens.js';

/** A probe that comes often does not wait for a commit each time. */
const ledgerAge = { renewedAfterMs: 500, usableForMs: 2_000 };

/** Health for orchestrators: whether the process is alive, and whether it can serve requests. */
@Controller('health')
export class HealthController {
  readonly #figures: FiscalService['figures'];

  constructor(
    @Inject(FiscalService) private readonly fiscal: FiscalService,
    @Inject(STOPPING) private readonly stopping: AbortSignal,
  ) {
    this.#figures = shareRecent(async () => {
      await fiscal.checkWrites();
      return fiscal.figures();
    }, ledgerAge);
  }

  @Get('live')
  live() {
    return { status: 'ok' };
  }

  /**
   * Returns the readiness: `ok`; `degraded` while an account of a provider is out of reach or refuses a
   * merchant's key (requests are accepted all the same, so the status is 200); or `unavailable` with 503
   * while the ledger can't be read or written, or the gateway is stopping. What it says of the ledger is at
   * most two seconds old. A declared restore changes no
   * status: `restored.until` is the time until which documents are searched before they are first sent.
   */
  @Get('ready')
  async ready(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    if (this.stopping.aborted) {
      request.record.problemCode = 'gateway.stopping';
      return this.#unavailable(reply, 'stopping');
    }
    const providers = this.fiscal.breakers();
    const accounts = this.fiscal.troubledAccounts();
    try {
      const { due, held, byState, restoredUntil } = await this.#figures();
      const degraded =
        Object.values(providers).some((state) => state !== 'closed') ||
        accounts.some(({ refusedKeysOf }) => refusedKeysOf.length > 0);
      return {
        status: degraded ? 'degraded' : 'ok',
        checks: { ledger: 'ok', providers, ...accountsView(accounts) },
        waiting: {
          due,
          accepted: byState.accepted,
          pending: byState.pending,
          unknown: byState.unknown,
          ...(held > 0 && { held }),
        },
        ...(restoredUntil && { restored: { until: restoredUntil.toISOString() } }),
      };
    } catch (error) {
      return this.#unavailable(reply, isFiscalError(error) ? error.code : 'ledger.unavailable');
    }
  }

  #unavailable(reply: FastifyReply, reason: string) {
    reply.status(503);
    return { status: 'unavailable', checks: { ledger: reason } };
  }
}

/** Maximum number of accounts, and of merchants of one, in an answer: thousands may be in trouble. */
const mostShown = 20;

/** Returns the accounts that calls are kept from or that refuse a key, and their number, if any. */
function accountsView(accounts: readonly TroubledAccount[]) {
  if (accounts.length === 0) return {};
  const first = accounts
    .slice(0, mostShown)
    .map(({ provider, account, breaker, pausedMs, refusedKeysOf }) => ({
      provider,
      account,
      breaker,
      paused_ms: pausedMs,
      ...(refusedKeysOf.length > 0 && { refused_keys_of: refusedKeysOf.slice(0, mostShown) }),
    }));
  return { accounts: { troubled: accounts.length, first } };
}
