import { FiscalService } from '@fiscalkit/nestjs';
import { FiscalError } from '@fiscalkit/schemas';
import { Controller, Delete, Get, Inject, Param, Put, Req, UseGuards } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { MerchantId } from '../auth/merchant-directory.js';
import { SignatureGuard } from '../auth/signature.guard.js';
import type { Configuration } from '../configuration/configuration.js';
import { bodyOf } from '../http/request-record.js';
import { parseStrictJson } from '../http/strict-json.js';
import type { Logger } from '../logs/logger.js';
import { NoQueryGuard } from '../operator/no-query.guard.js';
import { CONFIGURATION, LOGGER } from '../tokens.js';
import { readEndpointCondition } from './endpoint-condition.js';
import { changedEndpoint, createdEndpoint, type OwnEndpoint } from './own-endpoints.js';
import { type PutEndpoint, readPutEndpoint } from './put-endpoint.js';
import { mostEndpoints, readerName, type WebhookEndpoint } from './webhook-settings.js';
import { Webhooks } from './webhooks.js';

/** Routes for merchants to set endpoints of their own. */
@Controller('v5/webhooks')
@UseGuards(SignatureGuard, NoQueryGuard)
export class OwnEndpointsController {
  constructor(
    @Inject(FiscalService) private readonly fiscal: FiscalService,
    @Inject(Webhooks) private readonly webhooks: Webhooks,
    @Inject(CONFIGURATION) private readonly configuration: Configuration,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** Lists the merchant's endpoints, those of the configuration first. */
  @Get()
  async list(@MerchantId() merchant: string) {
    const { endpoints } = await this.webhooks.own.of(merchant);
    const configured = this.webhooks.configured(merchant).map((endpoint) => this.#view(endpoint));
    const own = endpoints.map((endpoint) => this.#viewOwn(merchant, endpoint));
    return { data: await Promise.all([...configured, ...own]) };
  }

  @Get(':name')
  async get(@MerchantId() merchant: string, @Param('name') name: string) {
    const { endpoints } = await this.webhooks.own.of(merchant);
    const own = endpoints.find((each) => each.name === name);
    if (own) return { data: await this.#viewOwn(merchant, own) };
    const configured = this.webhooks.configured(merchant).find((each) => each.name === name);
    if (configured) return { data: await this.#view(configured) };
    throw notFound();
  }

  /** Makes an endpoint, or changes it; the secret is shown where it was made just now, and never again. */
  @Put(':name')
  async put(@MerchantId() merchant: string, @Param('name') name: string, @Req() request: FastifyRequest) {
    const { own } = this.webhooks;
    const { limits, webhooks } = this.configuration;
    await own.of(merchant);
    const body = parseStrictJson(bodyOf(request), limits.nesting);
    const wanted = readPutEndpoint(checkedName(name), body, webhooks);
    const configured = this.webhooks.configured(merchant);
    if (configured.some((each) => each.name === name)) throw isConfigured();
    const cursor = await this.fiscal.events.cursorAt({
      merchant,
      ...(wanted.from && { time: wanted.from }),
    });
    const { endpoint, isNew } = await own.change(merchant, (endpoints) =>
      put(endpoints, wanted, { cursor, now: Date.now(), most: mostEndpoints - configured.length }),
    );
    await this.#deliverNow();
    if (isNew) this.logger.log('info', 'webhook.set', { merchant, webhook: name });
    const secret = isNew && wanted.secret === undefined ? endpoint.secret : null;
    return { data: { ...(await this.#viewOwn(merchant, endpoint)), secret } };
  }

  /** Deletes an endpoint, which is sent nothing more. */
  @Delete(':name')
  async delete(@MerchantId() merchant: string, @Param('name') name: string) {
    const { own } = this.webhooks;
    const gone = await own.change(merchant, (endpoints) => {
      const result = endpoints.find((each) => each.name === name);
      return { endpoints: result ? endpoints.filter((each) => each !== result) : null, result };
    });
    if (!gone)
      throw this.webhooks.configured(merchant).some((each) => each.name === name)
        ? isConfigured()
        : notFound();
    // Whoever delivers to it, in any process, finds its lease lost.
    await this.fiscal.events.readers.forget(readerName(own.deliverable(merchant, gone, Date.now())));
    await this.#deliverNow();
    this.logger.log('info', 'webhook.deleted', { merchant, webhook: name });
    return { data: { name, deleted: true } };
  }

  /** Lets this process deliver as it was set; the others read it within a second, and so does this one if it fails. */
  async #deliverNow(): Promise<void> {
    await this.webhooks.refresh().catch(() => {});
  }

  async #viewOwn(merchant: string, endpoint: OwnEndpoint) {
    const { url, createdAt, oldSecret } = endpoint;
    const now = Date.now();
    const until = oldSecret && oldSecret.until > now ? new Date(oldSecret.until).toISOString() : null;
    return {
      ...(await this.#view(this.webhooks.own.deliverable(merchant, endpoint, now))),
      source: 'merchant',
      url,
      created_at: new Date(createdAt).toISOString(),
      old_secret_until: until,
    };
  }

  async #view(endpoint: WebhookEndpoint) {
    return {
      ...(await readEndpointCondition(this.fiscal.events.readers, endpoint)),
      source: 'configuration',
      url: null,
      created_at: null,
      old_secret_until: null,
    };
  }
}

/** Puts an endpoint among those of its merchant, of which there may be so many. */
function put(
  endpoints: readonly OwnEndpoint[],
  wanted: PutEndpoint,
  { cursor, now, most }: { readonly cursor: string; readonly now: number; readonly most: number },
) {
  const known = endpoints.find(({ name }) => name === wanted.name);
  if (known === undefined) {
    if (endpoints.length >= most) throw tooMany();
    const endpoint = createdEndpoint(wanted, { cursor, now });
    return { endpoints: [...endpoints, endpoint], result: { endpoint, isNew: true } };
  }
  const endpoint = changedEndpoint(known, wanted, now);
  const isSame = JSON.stringify(endpoint) === JSON.stringify(known);
  return {
    endpoints: isSame ? null : endpoints.map((each) => (each === known ? endpoint : each)),
    result: { endpoint, isNew: false },
  };
}

function checkedName(name: string): string {
  if (/^[\w-]{1,32}$/.test(name)) return name;
  throw new FiscalError({
    code: 'webhook.name.format',
    message: 'The name of an endpoint is 1 to 32 letters, digits, _ or -.',
    retryable: false,
  });
}

function notFound(): FiscalError {
  return new FiscalError({
    code: 'webhook.not-found',
    message: 'There is no such endpoint.',
    retryable: false,
  });
}

function isConfigured(): FiscalError {
  return new FiscalError({
    code: 'webhook.configured',
    message: 'The endpoint of this name is in the configuration of the gateway: choose another name.',
    retryable: false,
  });
}

function tooMany(): FiscalError {
  return new FiscalError({
    code: 'webhook.too-many',
    message: `A merchant has at most ${mostEndpoints} endpoints, those of the configuration among them.`,
    retryable: false,
  });
}
