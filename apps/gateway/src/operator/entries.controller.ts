import type { EntryHistory, OperatorAction } from '@fiscalkit/ledger';
import { FiscalService } from '@fiscalkit/nestjs';
import { FiscalError } from '@fiscalkit/schemas';
import { Controller, Get, HttpCode, Inject, Param, Post, Query, Req, UseGuards } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { Access, AdministratorGuard } from '../auth/administrator.guard.js';
import { type AdministratorAccess, Needs } from '../auth/roles.js';
import type { Configuration } from '../configuration/configuration.js';
import { isUuid } from '../http/request-parameters.js';
import { bodyOf } from '../http/request-record.js';
import { parseStrictJson } from '../http/strict-json.js';
import { CONFIGURATION, PROVIDER_PLANS } from '../tokens.js';
import { moveBody, readActionBody, reasonBody, resolveBody, resubmitBody } from './action-bodies.js';
import { entryView, journalView } from './entry-view.js';
import { NoQueryGuard } from './no-query.guard.js';
import { type ProviderPlans, planView } from './provider-plans.js';
import { asksForSearch, readSearchQuery } from './search-query.js';
import { readStuckQuery } from './stuck-query.js';

function notFound(): FiscalError {
  return new FiscalError({
    code: 'entry.not-found',
    message: 'There is no entry of this id.',
    retryable: false,
  });
}

function checkedId(id: string): string {
  if (isUuid(id)) return id.toLowerCase();
  throw notFound();
}

/** Routes for operators to search entries, to see those that delivery can't settle by itself, and to intervene. */
@Controller('admin/entries')
@UseGuards(AdministratorGuard)
export class EntriesController {
  constructor(
    @Inject(FiscalService) private readonly fiscal: FiscalService,
    @Inject(CONFIGURATION) private readonly configuration: Configuration,
    @Inject(PROVIDER_PLANS) private readonly plans: ProviderPlans,
  ) {}

  @Get()
  @Needs('read')
  async list(@Query() query: Record<string, unknown>, @Access() access: AdministratorAccess) {
    return asksForSearch(query) ? this.#search(query, access) : this.#stuck(query, access);
  }

  async #search(query: Record<string, unknown>, access: AdministratorAccess) {
    const { merchant, ...filters } = readSearchQuery(query);
    const merchants = access.merchantsOf(merchant === undefined ? undefined : [merchant]);
    const only = merchants?.length === 1 ? merchants[0] : merchant;
    const { entries, cursor, lagMs } = await this.fiscal.entries.search({ ...filters, merchant: only });
    // Who is for several merchants gets what is theirs of each page.
    const shown = entries.filter((entry) => merchants === undefined || merchants.includes(entry.merchant));
    return {
      data: shown.map((entry) => entryView(entry, access)),
      next_cursor: cursor,
      index: { lag_ms: Math.round(lagMs) },
    };
  }

  async #stuck(query: Record<string, unknown>, access: AdministratorAccess) {
    const { merchant, ...filters } = readStuckQuery(query);
    const merchants = access.merchantsOf(merchant === undefined ? undefined : [merchant]);
    const entries = await this.fiscal.interventions.stuck({ ...filters, merchants });
    return { data: entries.map((entry) => entryView(entry, access)) };
  }

  @Get(':id')
  @Needs('read')
  @UseGuards(NoQueryGuard)
  async history(@Param('id') id: string, @Access() access: AdministratorAccess) {
    const { entry, journal, supersededBy } = await this.#history(id, access);
    return {
      data: {
        ...entryView(entry, access),
        ...(supersededBy !== null && { superseded_by: supersededBy }),
        unknown_outcome: planView(this.plans.of(entry.merchant, entry.provider)),
        journal: journal.map(journalView),
      },
    };
  }

  @Post(':id/retry')
  @Needs('operate')
  @HttpCode(200)
  @UseGuards(NoQueryGuard)
  async retry(
    @Param('id') id: string,
    @Access() access: AdministratorAccess,
    @Req() request: FastifyRequest,
  ) {
    const { reason } = this.#body(reasonBody, request);
    return {
      data: entryView(
        await this.fiscal.interventions.retry(await this.#actionOf(id, access, reason)),
        access,
      ),
    };
  }

  @Post(':id/park')
  @Needs('operate')
  @HttpCode(200)
  @UseGuards(NoQueryGuard)
  async park(@Param('id') id: string, @Access() access: AdministratorAccess, @Req() request: FastifyRequest) {
    const { reason } = this.#body(reasonBody, request);
    return {
      data: entryView(await this.fiscal.interventions.park(await this.#actionOf(id, access, reason)), access),
    };
  }

  @Post(':id/resolve')
  @Needs('operate')
  @HttpCode(200)
  @UseGuards(NoQueryGuard)
  async resolve(
    @Param('id') id: string,
    @Access() access: AdministratorAccess,
    @Req() request: FastifyRequest,
  ) {
    const { reason, outcome } = this.#body(resolveBody, request);
    const found =
      outcome.kind === 'rejected'
        ? outcome
        : { kind: outcome.kind, providerDocumentId: outcome.provider_document_id, link: outcome.link };
    const entry = await this.fiscal.interventions.resolve({
      ...(await this.#actionOf(id, access, reason)),
      outcome: found,
    });
    return { data: entryView(entry, access) };
  }

  /** Returns the new entry as which the rejected document was resubmitted. */
  @Post(':id/resubmit')
  @Needs('operate')
  @HttpCode(200)
  @UseGuards(NoQueryGuard)
  async resubmit(
    @Param('id') id: string,
    @Access() access: AdministratorAccess,
    @Req() request: FastifyRequest,
  ) {
    const { reason, ...again } = this.#body(resubmitBody, request);
    const entry = await this.fiscal.interventions.resubmit({
      ...(await this.#actionOf(id, access, reason)),
      ...again,
    });
    return { data: entryView(entry, access) };
  }

  /** Returns the new entry, which goes to the other account. */
  @Post(':id/move')
  @Needs('operate')
  @HttpCode(200)
  @UseGuards(NoQueryGuard)
  async move(@Param('id') id: string, @Access() access: AdministratorAccess, @Req() request: FastifyRequest) {
    const { reason, account } = this.#body(moveBody, request);
    const entry = await this.fiscal.interventions.move({
      ...(await this.#actionOf(id, access, reason)),
      account,
    });
    return { data: entryView(entry, access) };
  }

  /** Returns the entry with its journal, unless it is another administrator's: then there is none. */
  async #history(id: string, access: AdministratorAccess): Promise<EntryHistory> {
    const found = await this.fiscal.interventions.history(checkedId(id));
    if (found && access.isFor(found.entry.merchant)) return found;
    throw notFound();
  }

  async #actionOf(id: string, access: AdministratorAccess, reason: string): Promise<OperatorAction> {
    if (access.merchantsOf(undefined) !== undefined) await this.#history(id, access);
    return { id: checkedId(id), by: access.name, reason };
  }

  #body<Body extends z.ZodType>(schema: Body, request: FastifyRequest): z.output<Body> {
    return readActionBody(schema, parseStrictJson(bodyOf(request), this.configuration.limits.nesting));
  }
}
