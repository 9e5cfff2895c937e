import { FiscalService } from '@fiscalkit/nestjs';
import { Controller, HttpCode, Inject, Post, Req, UseGuards } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Access, AdministratorGuard } from '../auth/administrator.guard.js';
import { type AdministratorAccess, Needs } from '../auth/roles.js';
import type { Configuration } from '../configuration/configuration.js';
import { bodyOf } from '../http/request-record.js';
import { parseStrictJson } from '../http/strict-json.js';
import { CONFIGURATION } from '../tokens.js';
import { accountBody, readActionBody } from './action-bodies.js';
import { NoQueryGuard } from './no-query.guard.js';

/** Routes for operators to settle entries of accounts that are not configured any more. */
@Controller('admin/accounts')
@UseGuards(AdministratorGuard, NoQueryGuard)
export class AccountsController {
  constructor(
    @Inject(FiscalService) private readonly fiscal: FiscalService,
    @Inject(CONFIGURATION) private readonly configuration: Configuration,
  ) {}

  /** Returns how many entries were settled, and how many are left. */
  @Post('settle')
  @Needs('admin')
  @HttpCode(200)
  async settle(@Access() access: AdministratorAccess, @Req() request: FastifyRequest) {
    const body = parseStrictJson(bodyOf(request), this.configuration.limits.nesting);
    const { merchant, ...action } = readActionBody(accountBody, body);
    const merchants = access.merchantsOf(merchant === undefined ? undefined : [merchant]);
    const settled = await this.fiscal.interventions.settleAccount({ ...action, merchants, by: access.name });
    return { data: settled };
  }
}
