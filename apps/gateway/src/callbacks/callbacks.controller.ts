import { longestCallback } from '@fiscalkit/ledger';
import { FiscalService } from '@fiscalkit/nestjs';
import { FiscalError } from '@fiscalkit/schemas';
import { Controller, HttpCode, Inject, Param, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { AuthenticationThrottle } from '../auth/authentication-throttle.js';
import { bodyOf } from '../http/request-record.js';
import { AUTHENTICATION_THROTTLE } from '../tokens.js';

/** Route that takes callbacks, as the router knows it: the token stands in no log and no metric. */
export const callbacksRoute = '/callbacks/:account/:token';

/** Largest body of a callback, in bytes. */
export const longestCallbackBody = longestCallback;

/** Route for providers that say that something has happened to a document. */
@Controller('callbacks')
export class CallbacksController {
  constructor(
    @Inject(FiscalService) private readonly fiscal: FiscalService,
    @Inject(AUTHENTICATION_THROTTLE) private readonly throttle: AuthenticationThrottle,
  ) {}

  /** Answers at once, and the same whatever the callback says. */
  @Post(':account/:token')
  @HttpCode(200)
  async take(
    @Param('account') account: string,
    @Param('token') token: string,
    @Req() request: FastifyRequest,
  ): Promise<object> {
    const { headers } = request;
    await this.throttle.admit(request, () => {
      const isTaken = this.fiscal.callbacks.take({ account, token, headers, body: bodyOf(request) });
      if (!isTaken) throw unknownCallback();
    });
    return {};
  }
}

/** Error for a wrong token and for an unknown account, which look alike. */
function unknownCallback(): FiscalError {
  return new FiscalError({
    code: 'callback.unknown',
    message: 'No callback is taken at this path.',
    retryable: false,
  });
}
