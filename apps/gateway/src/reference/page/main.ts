import { signRequest } from './sign-request.js';
import { createSignerForm } from './signer-form.js';
import { withoutParameterExamples } from './without-parameter-examples.js';

interface SwaggerSystem {
  readonly React: Parameters<typeof createSignerForm>[0];
}

interface SwaggerUi {
  (settings: object): unknown;
  readonly presets: { readonly apis: unknown };
}

declare const SwaggerUIBundle: SwaggerUi;

function signing({ React }: SwaggerSystem) {
  return { components: { apiKeyAuth: createSignerForm(React) } };
}

/** Address of the gateway for this page, below any prefix of a proxy; this script lies in its `docs`. */
const gateway = new URL('../', import.meta.url);
const description: unknown = await (await fetch(new URL('openapi.json', gateway))).json();

SwaggerUIBundle({
  dom_id: '#reference',
  spec: withoutParameterExamples({
    ...Object(description),
    servers: [{ url: gateway.href.replace(/\/$/, '') }],
  }),
  presets: [SwaggerUIBundle.presets.apis],
  plugins: [signing],
  requestInterceptor: signRequest(gateway),
  // The default sends the page's address to somebody else's server.
  validatorUrl: null,
  queryConfigEnabled: false,
  deepLinking: true,
  displayRequestDuration: true,
  defaultModelsExpandDepth: 0,
});
