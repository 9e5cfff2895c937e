import { randomUUID } from 'node:crypto';
import type { Provider, RegistrationRequest } from '../../contract/provider.js';
import { findingOf, type Unknown, type Verdict } from '../../contract/verdict.js';
import { reasonOf } from '../../verdicts/reason.js';
import { verdictOfRegistration, verdictOfReport } from './answer-to-verdict.js';
import { openAtolApi } from './atol-api.js';
import { atolCapabilities } from './capabilities.js';
import { freezeDocument } from './freeze.js';
import { readFrozen, secretsOf, totalOf } from './frozen-request.js';
import { pollPauseMs } from './poll-pause.js';
import { providerName } from './provider-name.js';
import { readAnswer } from './read-answer.js';
import type { AtolSettings } from './settings.js';
import { atolUnknownOutcome } from './unknown-outcome.js';

/** Answer to a search without a uuid: ATOL has none. */
const noSuchQuestion: Unknown = { kind: 'unknown', reason: reasonOf('provider.unsupported') };

const defaultPollMs = 2000;

/**
 * Creates the provider of ATOL Online, protocol v4 or v5, or of a service that speaks it. Throws a `FiscalError`
 * with `settings.base-url`, `settings.version`, `settings.group-code`, `settings.login`, `settings.password` or
 * `settings.callback-url`. Source: https://online.atol.ru, "API service of ATOL Online".
 */
export function createAtol(settings: AtolSettings): Provider {
  const { groupCode, pollMs = defaultPollMs, clock = () => new Date() } = settings;
  const api = openAtolApi(settings);
  const capabilities = atolCapabilities(settings);

  async function report(
    { reference, businessTime, body }: RegistrationRequest,
    uuid: string,
    signal: AbortSignal | undefined,
  ): Promise<Verdict> {
    const exchange = await api.report(uuid, { requestId: reference, signal });
    if (exchange.kind !== 'sent') return exchange;
    const now = clock();
    const frozen = readFrozen(body);
    return verdictOfReport(exchange.outcome, {
      uuid,
      reference,
      total: totalOf(frozen),
      now,
      isTokenNew: exchange.isTokenNew,
      secrets: [...exchange.secrets, ...secretsOf(frozen)],
      pollAfterMs: pollPauseMs(now.getTime() - businessTime.getTime(), pollMs),
    });
  }

  return {
    name: providerName,
    capabilities,
    account: { address: api.address, merchantId: groupCode },
    unknownOutcome: atolUnknownOutcome(capabilities),
    freeze: (document, identity) => ({
      operation: document.operation,
      reference: identity.reference,
      businessTime: identity.businessTime,
      body: freezeDocument(document, identity, settings),
    }),
    submit: async (request, options) => {
      const frozen = readFrozen(request.body);
      const call = { requestId: request.reference, signal: options?.signal };
      const exchange = await api.register(frozen.operation, frozen.body, call);
      if (exchange.kind !== 'sent') return exchange;
      const { outcome, isTokenNew } = exchange;
      const secrets = [...exchange.secrets, ...secretsOf(frozen)];
      return verdictOfRegistration(outcome, { now: clock(), isTokenNew, secrets, pollAfterMs: pollMs });
    },
    poll: (request, uuid, options) => report(request, uuid, options?.signal),
    find: async (request, { providerDocumentId, signal }) =>
      providerDocumentId === undefined
        ? noSuchQuestion
        : findingOf(await report(request, providerDocumentId, signal)),
    check: async (options) => {
      const failure = await api.logIn({ requestId: randomUUID(), signal: options?.signal });
      return failure?.reason ?? null;
    },
    // ATOL signs nothing: the uuid in a callback may be anybody's, and is not used.
    readCallback: ({ body }) => {
      const reference = readAnswer(body)?.externalId;
      return reference == null ? null : { reference };
    },
    close: () => api.close(),
  };
}
