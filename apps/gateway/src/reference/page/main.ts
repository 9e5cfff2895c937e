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

const description = await fetch('openapi.json');

SwaggerUIBundle({
  dom_id: '#reference',
  spec: withoutParameterExamples(await description.json()),
  presets: [SwaggerUIBundle.presets.apis],
  plugins: [signing],
  requestInterceptor: signRequest,
  // Its own default asks a server of somebody else's about this page.
  validatorUrl: null,
  queryConfigEnabled: false,
  deepLinking: true,
  displayRequestDuration: true,
  defaultModelsExpandDepth: 0,
});
