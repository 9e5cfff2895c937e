import type { ManyInterventionsResult } from '@fiscalkit/ledger';
import { FiscalService } from '@fiscalkit/nestjs';
import { Controller, HttpCode, Inject, Post, Req, Res, UseGuards } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Access, AdministratorGuard } from '../auth/administrator.guard.js';
import { type AdministratorAccess, Needs } from '../auth/roles.js';
import type { Configuration } from '../configuration/configuration.js';
import { idempotencyKeyOf } from '../http/request-parameters.js';
import { bodyOf } from '../http/request-record.js';
import { parseStrictJson } from '../http/strict-json.js';
import { untilClosed } from '../http/until-closed.js';
import { CONFIGURATION, STOPPING } from '../tokens.js';
import { readActionBody } from './action-bodies.js';
import { batchBody, batchOf } from './batch-body.js';
import { NoQueryGuard } from './no-query.guard.js';

/** Route for operators to act on all entries that match a filter. */
@Controller('admin/acts')
@UseGuards(AdministratorGuard, NoQueryGuard)
export class BatchController {
  constructor(
    @Inject(FiscalService) private readonly fiscal: FiscalService,
    @Inject(CONFIGURATION) private readonly configuration: Configuration,
    @Inject(STOPPING) private readonly stopping: AbortSignal,
  ) {}

  /** Returns what was done, or, in a dry run, what would be. Ends soon when the caller goes away. */
  @Post()
  @Needs('operate')
  @HttpCode(200)
  async intervene(
    @Access() access: AdministratorAccess,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const body = parseStrictJson(bodyOf(request), this.configuration.limits.nesting);
    const given = batchOf(readActionBody(batchBody, body));
    const { merchant } = given.filter;
    const result = await this.fiscal.interventions.interveneInMany({
      ...given,
      ...idempotencyKeyOf(request),
      merchants: access.merchantsOf(merchant === undefined ? undefined : [merchant]),
      by: access.name,
      signal: AbortSignal.any([untilClosed(reply.raw), this.stopping]),
    });
    return { data: batchView(result) };
  }
}

function batchView({
  dryRun,
  acted,
  actedBefore,
  isComplete,
  isAllCounted,
  ...result
}: ManyInterventionsResult) {
  const { batch, action, limit, left, refused, next } = result;
  return {
    batch,
    act: action,
    dry_run: dryRun,
    limit,
    [dryRun ? 'would_act' : 'acted']: acted,
    acted_before: actedBefore,
    left,
    refused: refused.map(({ code, message, state, count }) => ({ state, code, message, count })),
    complete: isComplete,
    all_counted: isAllCounted,
    next,
  };
}
