import { randomUUID } from 'node:crypto';
import { FiscalService } from '@fiscalkit/nestjs';
import { FiscalError } from '@fiscalkit/schemas';
import { Controller, Get, HttpCode, Inject, Param, Post, Req, UseGuards } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Access, AdministratorGuard } from '../auth/administrator.guard.js';
import { type AdministratorAccess, Needs } from '../auth/roles.js';
import type { Configuration } from '../configuration/configuration.js';
import { bodyOf } from '../http/request-record.js';
import { parseStrictJson } from '../http/strict-json.js';
import type { Logger } from '../logs/logger.js';
import { readActionBody } from '../operator/action-bodies.js';
import { NoQueryGuard } from '../operator/no-query.guard.js';
import { CONFIGURATION, LOGGER } from '../tokens.js';
import { readEndpointCondition } from './endpoint-condition.js';
import { readerRequestSchema } from './reader-state.js';
import { readerName, type WebhookEndpoint } from './webhook-settings.js';
import { Webhooks } from './webhooks.js';

const sendAgainBody = z.strictObject({
  from: z.iso.datetime({ offset: true, error: 'field.format' }),
});

/** Routes for operators to look at the endpoints of webhooks, and to send events again. */
@Controller('admin/webhooks')
@UseGuards(AdministratorGuard, NoQueryGuard)
export class WebhooksController {
  constructor(
    @Inject(FiscalService) private readonly fiscal: FiscalService,
    @Inject(Webhooks) private readonly webhooks: Webhooks,
    @Inject(CONFIGURATION) private readonly configuration: Configuration,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** Lists all endpoints, and how each of them is. */
  @Get()
  @Needs('read')
  async list(@Access() access: AdministratorAccess) {
    const endpoints = this.webhooks.endpoints.filter(({ merchant }) => access.isFor(merchant));
    return { data: await Promise.all(endpoints.map((endpoint) => this.#view(endpoint))) };
  }

  /** Lists the last deliveries to an endpoint, newest first. */
  @Get(':merchant/:name/deliveries')
  @Needs('read')
  async deliveries(
    @Access() access: AdministratorAccess,
    @Param('merchant') merchant: string,
    @Param('name') name: string,
  ) {
    const endpoint = this.#endpoint(access, merchant, name);
    const { lines } = await this.fiscal.events.readers.report(readerName(endpoint));
    return { data: lines.map((line): unknown => JSON.parse(line)) };
  }

  /** Sends all events from a time on again, also to an endpoint that is disabled. */
  @Post(':merchant/:name/send-again')
  @Needs('operate')
  @HttpCode(202)
  async sendAgain(
    @Access() access: AdministratorAccess,
    @Param('merchant') merchant: string,
    @Param('name') name: string,
    @Req() request: FastifyRequest,
  ) {
    const endpoint = this.#endpoint(access, merchant, name);
    const body = parseStrictJson(bodyOf(request), this.configuration.limits.nesting);
    const { from } = readActionBody(sendAgainBody, body);
    // Again when somebody else has left a request meanwhile, which must not be lost.
    while (!(await this.#leave(endpoint, new Date(from))));
    this.webhooks.hurry(endpoint);
    this.logger.log('info', 'webhook.send-again', { merchant, webhook: name, by: access.name });
    return { data: { merchant, name, from: new Date(from).toISOString() } };
  }

  /**
   * Leaves the request to begin at the time, or with what it was not sent again yet; whoever holds the endpoint
   * passes over nothing that it has not taken. Returns whether it did: another may have been left meanwhile.
   */
  async #leave(endpoint: WebhookEndpoint, time: Date): Promise<boolean> {
    const { events } = this.fiscal;
    const { merchant } = endpoint;
    const name = readerName(endpoint);
    const { request: replaces } = await events.readers.report(name);
    const notBehind = replaces === null ? [] : [readerRequestSchema.parse(JSON.parse(replaces)).cursor];
    const cursor = await events.cursorAt({ merchant, time, notBehind });
    const request = JSON.stringify({ id: randomUUID(), cursor });
    return events.readers.request({ name, request, replaces });
  }

  #endpoint(access: AdministratorAccess, merchant: string, name: string): WebhookEndpoint {
    const found = this.webhooks.endpoints.find((each) => each.merchant === merchant && each.name === name);
    if (found && access.isFor(merchant)) return found;
    throw new FiscalError({
      code: 'webhook.not-found',
      message: 'There is no such endpoint.',
      retryable: false,
    });
  }

  async #view(endpoint: WebhookEndpoint) {
    const condition = await readEndpointCondition(this.fiscal.events.readers, endpoint);
    return { merchant: endpoint.merchant, ...condition };
  }
}
