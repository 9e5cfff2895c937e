import type { Fault } from '@fiscalkit/schemas';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** Request, and the reply to it. */
export interface Exchange {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

/** Accepted document, and what there is to say about it. */
interface Created<Shown extends { readonly receipt_id: string }> {
  readonly data: Shown;
  readonly replayed: boolean;
  readonly warnings: readonly Fault[];
}

/** Returns the answer with a document that was accepted; what else there is to say goes into the headers. */
export function createdAnswer<Shown extends { readonly receipt_id: string }>(
  { data, replayed, warnings }: Created<Shown>,
  { request, reply }: Exchange,
) {
  request.record.receiptId = data.receipt_id;
  if (replayed) reply.header('Idempotency-Replayed', 'true');
  if (warnings.length > 0)
    reply.header('Fiscalkit-Warnings', [...new Set(warnings.map(({ code }) => code))].join(', '));
  return { data };
}
