import type { Ledger } from '@fiscalkit/ledger';
import { Acceptances } from './acceptances.js';
import { countEvents } from './count-events.js';
import { measureFigures } from './measure-figures.js';
import type { OpenTelemetry } from './open-telemetry.js';
import type { Telemetry } from './telemetry.js';
import { traceAccept } from './trace-accept.js';
import { traceAttempts } from './trace-attempts.js';

/** What is traced and measured. */
interface TelemetrySubject {
  readonly ledger: Ledger;
  /** Name of the module instance, if it has one. */
  readonly name: string | undefined;
}

const scope = '@fiscalkit/nestjs';

/** Traces and measures a ledger with whatever SDK the application has registered. */
export function createTelemetry(api: OpenTelemetry, { ledger, name }: TelemetrySubject): Telemetry {
  const tracer = api.trace.getTracer(scope);
  const meter = api.metrics.getMeter(scope);
  const own = name === undefined ? {} : { 'fiscalkit.instance': name };
  const acceptances = new Acceptances();
  const endings = [
    ledger.observe((event) => acceptances.hear(event)),
    traceAttempts({ api, tracer, ledger, own, acceptances }),
    countEvents({ meter, ledger, own }),
    measureFigures({ meter, ledger, own }),
  ];
  return {
    accept: (facts, work) => traceAccept({ api, tracer, own, facts, acceptances }, work),
    stop() {
      for (const end of endings) end();
    },
  };
}
