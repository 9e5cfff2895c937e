import { ProviderCallbacks } from '../emulators/callbacks.js';
import type { Answer } from '../http/answer.js';
import type { Call, ProviderRoute } from '../http/route.js';
import type { AtolDependencies } from './dependencies.js';
import type { AtolGroup } from './group.js';
import { registerAtolReceipt } from './register-receipt.js';
import { AtolReports } from './report.js';
import { AtolTokens } from './tokens.js';

/** Returns the routes of ATOL Online, protocols v4 and v5, below `/possystem`. */
export function atolRoutes(dependencies: AtolDependencies): {
  readonly routes: ProviderRoute[];
  readonly callbacks: ProviderCallbacks;
} {
  const tokens = new AtolTokens(dependencies);
  const reports = new AtolReports(dependencies);
  const callbacks = new ProviderCallbacks(dependencies);
  const { documents } = dependencies;
  const routes: ProviderRoute[] = [
    {
      method: 'POST',
      path: /^\/possystem\/v[45]\/getToken$/,
      endpoint: 'atol.get_token',
      paymentIdOf: () => null,
      process: (call) => tokens.issue(call, partsOf(call).version),
    },
    {
      method: 'POST',
      path: /^\/possystem\/v[45]\/[^/]+\/([^/]+)$/,
      endpoint: 'atol.register',
      paymentIdOf: ({ document }) => externalIdOf(document),
      operationTypeOf: ({ id }) => id,
      process: (call, { outcome, writing, callback: manners }) =>
        ofGroup(tokens, call, (group) =>
          registerAtolReceipt(
            {
              call,
              group,
              operation: call.id ?? '',
              fault: outcome,
              writing: [...dependencies.writing, ...writing],
              manners,
              callbacks,
              reports,
            },
            dependencies,
          ),
        ),
    },
    {
      method: 'GET',
      path: /^\/possystem\/v[45]\/[^/]+\/report\/([^/]+)$/,
      endpoint: 'atol.report',
      paymentIdOf: ({ id }) => documents.byUuid(id ?? '')?.externalId ?? null,
      process: (call) => ofGroup(tokens, call, (group) => reports.report(call.id ?? '', group)),
    },
  ];
  return { routes, callbacks };
}

/** Answers for the group of a call with a valid token. */
function ofGroup(tokens: AtolTokens, call: Call, answer: (group: AtolGroup) => Answer): Answer {
  const group = tokens.group(call, partsOf(call));
  return 'body' in group ? group : answer(group);
}

/** Returns the version and the code of the group in a path. */
function partsOf({ path }: Call): { version: string; code: string } {
  const [, , version = '', code = ''] = path.split('/');
  return { version, code };
}

/** Returns the external id in a body that is not validated yet. */
function externalIdOf(document: unknown): string | null {
  const { external_id } = Object(document);
  return typeof external_id === 'string' ? external_id : null;
}
