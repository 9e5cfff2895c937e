import { randomUUID } from 'node:crypto';
import type { Provider, RegistrationRequest } from '../../contract/provider.js';
import type { Reason } from '../../contract/verdict.js';
import { isRecord, readJson, textOf } from '../../transport/read-json.js';
import { reasonOf } from '../../verdicts/reason.js';
import { type StatusQuestion, verdictOfRegistration, verdictOfStatusQuestion } from './answer-to-verdict.js';
import { orangedataCapabilities } from './capabilities.js';
import { findDocument } from './find.js';
import { freezeDocument } from './freeze.js';
import { contentOf, readFrozen, secretsOf } from './frozen-request.js';
import { isAccepted, openOrangedataApi } from './orangedata-api.js';
import { pollPauseMs } from './poll-pause.js';
import { providerName } from './provider-name.js';
import { groupOf, type OrangedataSettings } from './settings.js';
import { orangedataUnknownOutcome } from './unknown-outcome.js';

const defaultPollMs = 2000;

/**
 * Creates the provider of OrangeData, API v2. Throws a `FiscalError` with `settings.base-url`, `settings.inn`,
 * `settings.format`, `settings.group`, `settings.key`, `settings.signature-key`, `settings.client-certificate`,
 * `settings.client-key`, `settings.server-ca`, `settings.characters` or `settings.callback-url`. Source:
 * https://github.com/orangedata-official/API, protocol 2.31.3.
 */
export function createOrangedata(settings: OrangedataSettings): Provider {
  const { inn, pollMs = defaultPollMs, receiptPages: hasPages = false, clock = () => new Date() } = settings;
  const api = openOrangedataApi(settings);
  const capabilities = orangedataCapabilities(settings);

  function questionOf({ reference, businessTime, body }: RegistrationRequest): StatusQuestion {
    const now = clock();
    const frozen = readFrozen(body);
    return {
      reference,
      inn,
      content: contentOf(frozen),
      secrets: secretsOf(frozen),
      now,
      hasPages,
      pollAfterMs: pollPauseMs(now.getTime() - businessTime.getTime(), pollMs),
    };
  }

  function ask({ reference, body }: RegistrationRequest, signal: AbortSignal | undefined) {
    return api.status(readFrozen(body).kind, reference, { requestId: reference, signal });
  }

  return {
    name: providerName,
    capabilities,
    account: { address: api.address, merchantId: `${inn}/${groupOf(settings)}` },
    unknownOutcome: orangedataUnknownOutcome(capabilities),
    freeze: (document, identity) => ({
      operation: document.operation,
      reference: identity.reference,
      businessTime: identity.businessTime,
      body: freezeDocument(document, identity, settings),
    }),
    submit: async ({ reference, body }, options) => {
      const frozen = readFrozen(body);
      const call = { requestId: reference, signal: options?.signal };
      const outcome = await api.register(frozen.kind, frozen.body, call);
      const secrets = secretsOf(frozen);
      return verdictOfRegistration(outcome, { reference, now: clock(), secrets, pollAfterMs: pollMs });
    },
    poll: async (request, _id, options) =>
      verdictOfStatusQuestion(await ask(request, options?.signal), questionOf(request)),
    find: (request, options) =>
      findDocument({
        question: questionOf(request),
        options,
        memoryMs: capabilities.deduplicationWindowMs,
        isProven: () => api.isProven,
        ask: () => ask(request, options.signal),
        checkAccess: () => api.checkAccess({ requestId: randomUUID(), signal: options.signal }),
      }),
    check: async (options): Promise<Reason | null> => {
      const outcome = await api.checkAccess({ requestId: randomUUID(), signal: options?.signal });
      if (isAccepted(outcome)) return null;
      if (outcome.kind !== 'answered') return reasonOf(outcome.code);
      const isRefused = outcome.status === 400 || outcome.status === 401;
      return reasonOf(isRefused ? 'provider.unauthorized' : 'provider.unexpected-status', {
        httpStatus: outcome.status,
      });
    },
    // OrangeData signs no callback: only the id of ours is read.
    readCallback: ({ body }) => {
      const callback = readJson(body);
      const reference = isRecord(callback) ? textOf(callback.id) : null;
      return reference === null ? null : { reference };
    },
    close: () => api.close(),
  };
}
