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

/** Where the gateway is for this page, below whatever prefix a proxy has put before it; this script lies in its `docs`. */
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
  // Its own default asks a server of somebody else's about this page.
  validatorUrl: null,
  queryConfigEnabled: false,
  deepLinking: true,
  displayRequestDuration: true,
  defaultModelsExpandDepth: 0,
});
