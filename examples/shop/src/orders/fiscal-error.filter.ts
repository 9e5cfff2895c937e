import { FiscalError } from '@fiscalkit/nestjs';
import { type ArgumentsHost, Catch, HttpException } from '@nestjs/common';
import { BaseExceptionFilter } from '@nestjs/core';

/** Answers with the code and the faults of a `FiscalError`. */
@Catch(FiscalError)
export class FiscalErrorFilter extends BaseExceptionFilter {
  override catch(error: FiscalError, host: ArgumentsHost): void {
    const { code, message, faults } = error;
    super.catch(
      new HttpException({ error: { code, message, faults } }, statusOf(error), { cause: error }),
      host,
    );
  }
}

function statusOf({ code, retryable }: FiscalError): number {
  if (retryable) return 503;
  return code.endsWith('.conflict') ? 409 : 422;
}
