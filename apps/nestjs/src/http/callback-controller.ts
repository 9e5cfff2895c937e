import { Controller, HttpCode, Inject, NotFoundException, Param, Post, Req, type Type } from '@nestjs/common';
import { getFiscalServiceToken } from '../module/inject-fiscal.decorator.js';
import type { FiscalService } from '../service/fiscal.service.js';

/** Where a controller of callbacks is mounted. */
export interface CallbackControllerOptions {
  /** Path in front of `/:account/:token`; `callbacks` when absent. */
  readonly path?: string;
  /** Name of the FiscalModule, if it has one. */
  readonly name?: string;
}

/** Request of Express or Fastify, as far as it is read here. */
interface CallbackRequest {
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body?: unknown;
  /** Bytes as they arrived, where the application keeps them (`rawBody: true`). */
  readonly rawBody?: Uint8Array;
}

/**
 * Returns a controller that takes the callbacks of providers, for the `controllers` of a module of the
 * application. It is a class like any other: the application's own decorators, such as one that lifts a global
 * guard, can be applied to it. It answers 200, or 404 for a token that is not that of its account.
 */
export function callbackController({
  path = 'callbacks',
  name,
}: CallbackControllerOptions = {}): Type<object> {
  @Controller(path)
  class CallbackController {
    constructor(@Inject(getFiscalServiceToken(name)) private readonly fiscal: FiscalService) {}

    @Post(':account/:token')
    @HttpCode(200)
    take(
      @Param('account') account: string,
      @Param('token') token: string,
      @Req() { headers, rawBody, body }: CallbackRequest,
    ): object {
      const isTaken = this.fiscal.callbacks.take({ account, token, headers, body: rawBody ?? bytesOf(body) });
      // In words of its own: those of Nest repeat the path, and the token in it.
      if (!isTaken) throw new NotFoundException();
      return {};
    }
  }
  return CallbackController;
}

/** Returns the bytes of a body that the application has parsed already. */
function bytesOf(body: unknown): Uint8Array {
  if (body instanceof Uint8Array) return body;
  const text = typeof body === 'string' ? body : (JSON.stringify(body ?? '') ?? '');
  return new TextEncoder().encode(text);
}
