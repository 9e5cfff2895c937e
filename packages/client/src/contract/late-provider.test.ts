import { documentedExchanges, qrCode, success } from '../providers/fiscalbox/confirmation.fixture.js';
import { createFiscalbox } from '../providers/fiscalbox/fiscalbox-provider.js';
import type { FiscalboxSettings } from '../providers/fiscalbox/settings.js';
import { type LateField, withLateFields } from './late-field.js';
import { describeProvider } from './provider.contract.js';
import type { Provider } from './provider.js';

const time: LateField = {
  path: '$.time',
  placeholder: '"time":"0000-00-00 00:00:00"',
  valueAt: (now) => `"time":"${now.toISOString().slice(0, 19).replace('T', ' ')}"`,
};

/** Creates a FiscalBox that wants the time of sending in every confirmation. */
function createLate(settings: FiscalboxSettings): Provider {
  const { clock = () => new Date() } = settings;
  const provider = createFiscalbox(settings);
  return {
    ...provider,
    lateFields: [time],
    freeze: (document, identity) => {
      const request = provider.freeze(document, identity);
      const text = Buffer.from(request.body).toString().replace(/\}$/, `,${time.placeholder}}`);
      return { ...request, body: new TextEncoder().encode(text) };
    },
    submit: (request, options) =>
      provider.submit({ ...request, body: withLateFields(request.body, [time], clock()) }, options),
  };
}

const { document, data } = documentedExchanges.anor;

describeProvider({
  name: 'fiscalbox',
  create: (baseUrl, settings) => createLate({ baseUrl, ...settings }),
  document: { operation: 'confirmation.anor', document },
  unsupported: [],
  target: 'POST /base/payment/anor_confirm',
  body:
    `{"transaction_id":"a12fc00f-5af5-65b8-adf8-74bff44680ee","qr_code":"${qrCode}",` +
    '"time":"0000-00-00 00:00:00"}',
  headers: {},
  success: success(data),
  secrets: ['998712565009'],
});
