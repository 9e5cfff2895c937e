import type { Entry, EntryHistory, OperatorAction } from '@fiscalkit/ledger';
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

/** What an operator asks for. */
interface ActionCall {
  readonly id: string;
  readonly access: AdministratorAccess;
  readonly request: FastifyRequest;
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
      data: await Promise.all(shown.map((entry) => this.#view(entry, access))),
      next_cursor: cursor,
      index: { lag_ms: Math.round(lagMs) },
    };
  }

  async #stuck(query: Record<string, unknown>, access: AdministratorAccess) {
    const { merchant, ...filters } = readStuckQuery(query);
    const merchants = access.merchantsOf(merchant === undefined ? undefined : [merchant]);
    const entries = await this.fiscal.interventions.stuck({ ...filters, merchants });
    return { data: await Promise.all(entries.map((entry) => this.#view(entry, access))) };
  }

  @Get(':id')
  @Needs('read')
  @UseGuards(NoQueryGuard)
  async history(@Param('id') id: string, @Access() access: AdministratorAccess) {
    const { entry, journal, supersededBy } = await this.#history(id, access);
    return {
      data: {
        ...(await this.#view(entry, access)),
        ...(supersededBy !== null && { superseded_by: supersededBy }),
        unknown_outcome: planView(this.plans.of(entry.merchant, entry.provider)),
        journal: journal.map(journalView),
      },
    };
  }

  @Post(':id/look-up')
  @Needs('operate')
  @HttpCode(200)
  @UseGuards(NoQueryGuard)
  findNow(@Param('id') id: string, @Access() access: AdministratorAccess, @Req() request: FastifyRequest) {
    return this.#action({ id, access, request }, reasonBody, (action) =>
      this.fiscal.interventions.findNow(action),
    );
  }

  @Post(':id/retry')
  @Needs('operate')
  @HttpCode(200)
  @UseGuards(NoQueryGuard)
  retry(@Param('id') id: string, @Access() access: AdministratorAccess, @Req() request: FastifyRequest) {
    return this.#action({ id, access, request }, reasonBody, (action) =>
      this.fiscal.interventions.retry(action),
    );
  }

  @Post(':id/park')
  @Needs('operate')
  @HttpCode(200)
  @UseGuards(NoQueryGuard)
  park(@Param('id') id: string, @Access() access: AdministratorAccess, @Req() request: FastifyRequest) {
    return this.#action({ id, access, request }, reasonBody, (action) =>
      this.fiscal.interventions.park(action),
    );
  }

  @Post(':id/release')
  @Needs('operate')
  @HttpCode(200)
  @UseGuards(NoQueryGuard)
  release(@Param('id') id: string, @Access() access: AdministratorAccess, @Req() request: FastifyRequest) {
    return this.#action({ id, access, request }, reasonBody, (action) =>
      this.fiscal.interventions.release(action),
    );
  }

  @Post(':id/resolve')
  @Needs('operate')
  @HttpCode(200)
  @UseGuards(NoQueryGuard)
  resolve(@Param('id') id: string, @Access() access: AdministratorAccess, @Req() request: FastifyRequest) {
    return this.#action({ id, access, request }, resolveBody, ({ outcome, ...action }) => {
      const found =
        outcome.kind === 'rejected'
          ? outcome
          : { kind: outcome.kind, providerDocumentId: outcome.provider_document_id, link: outcome.link };
      return this.fiscal.interventions.resolve({ ...action, outcome: found });
    });
  }

  /** Returns the new entry as which the rejected document was resubmitted. */
  @Post(':id/resubmit')
  @Needs('operate')
  @HttpCode(200)
  @UseGuards(NoQueryGuard)
  resubmit(@Param('id') id: string, @Access() access: AdministratorAccess, @Req() request: FastifyRequest) {
    return this.#action({ id, access, request }, resubmitBody, (action) =>
      this.fiscal.interventions.resubmit(action),
    );
  }

  /** Returns the new entry, which goes to the other account. */
  @Post(':id/move')
  @Needs('operate')
  @HttpCode(200)
  @UseGuards(NoQueryGuard)
  move(@Param('id') id: string, @Access() access: AdministratorAccess, @Req() request: FastifyRequest) {
    return this.#action({ id, access, request }, moveBody, (action) =>
      this.fiscal.interventions.move(action),
    );
  }

  /** Acts on an entry as the body says; returns the entry after that. */
  async #action<Body extends z.ZodType<{ readonly reason: string }>>(
    { id, access, request }: ActionCall,
    schema: Body,
    action: (given: z.output<Body> & OperatorAction) => Promise<Entry>,
  ) {
    const json = parseStrictJson(bodyOf(request), this.configuration.limits.nesting);
    const given = readActionBody(schema, json);
    if (access.merchantsOf(undefined) !== undefined) await this.#history(id, access);
    const entry = await action({ ...given, id: checkedId(id), by: access.name });
    return { data: await this.#view(entry, access) };
  }

  async #view(entry: Entry, access: AdministratorAccess) {
    return entryView(entry, access, await this.fiscal.interventions.offeredActions(entry));
  }

  /** Returns the entry with its journal, unless it is another administrator's: then there is none. */
  async #history(id: string, access: AdministratorAccess): Promise<EntryHistory> {
    const found = await this.fiscal.interventions.history(checkedId(id));
    if (found && access.isFor(found.entry.merchant)) return found;
    throw notFound();
  }
}
