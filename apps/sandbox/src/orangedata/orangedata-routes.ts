import { operationTypes } from '@fiscalkit/schemas';
import { ProviderCallbacks } from '../emulators/callbacks.js';
import type { Call, ProviderRoute } from '../http/route.js';
import type { OrangedataDependencies } from './dependencies.js';
import { isRefusal, Organisations } from './organisations.js';
import type { OrangedataKind } from './record.js';
import { registerOrangedataDocument } from './register-document.js';
import { OrangedataStatuses } from './status.js';

/** Returns the routes of OrangeData, below `/api/v2`. */
export function orangedataRoutes(dependencies: OrangedataDependencies): {
  readonly routes: ProviderRoute[];
  readonly callbacks: ProviderCallbacks;
} {
  const organisations = new Organisations(dependencies);
  const statuses = new OrangedataStatuses(dependencies, organisations);
  const callbacks = new ProviderCallbacks(dependencies);
  const { documents } = dependencies;
  const routes: ProviderRoute[] = [
    {
      method: 'POST',
      path: /^\/api\/v2\/(?:documents|corrections|correction12)\/$/,
      endpoint: 'orangedata.register',
      paymentIdOf: ({ document }) => textOf(Object(document).meta) ?? textOf(Object(document).id),
      operationTypeOf: operationOf,
      process: (call, { outcome, writing, callback: manners }) => {
        const account = organisations.accountOf(call);
        if (isRefusal(account)) return account;
        return registerOrangedataDocument(
          {
            account,
            path: partsOf(call).path,
            document: call.document,
            fault: outcome,
            writing: [...dependencies.writing, ...writing],
            manners,
            callbacks,
          },
          dependencies,
        );
      },
    },
    {
      method: 'GET',
      path: /^\/api\/v2\/(?:documents|corrections|correction12)\/\d+\/status\/([^/]+)$/,
      endpoint: 'orangedata.status',
      paymentIdOf: (call) => documents.get(partsOf(call).inn, call.id ?? '')?.meta ?? call.id,
      process: (call) => statuses.status({ ...partsOf(call), id: decodeURIComponent(call.id ?? '') }),
    },
    {
      method: 'POST',
      path: /^\/api\/v2\/check$/,
      endpoint: 'orangedata.check',
      paymentIdOf: () => null,
      process: (call) => {
        const account = organisations.accountOf(call);
        return isRefusal(account) ? account : { status: 200, body: undefined };
      },
    },
  ];
  return { routes, callbacks };
}

function partsOf({ path }: Call): { readonly path: OrangedataKind; readonly inn: string } {
  const [, , , kind = '', inn = ''] = path.split('/');
  return { path: kind as OrangedataKind, inn };
}

/** Returns the operation in a body that is not validated yet: of a correction, under its own name. */
function operationOf({ path, document }: Call): string | null {
  const { type } = Object(Object(document).content);
  const [name] = Object.entries(operationTypes).find(([, value]) => value === type) ?? [];
  if (name === undefined) return null;
  return path.includes('/documents/') ? name : `${name}_correction`;
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
