import { sandboxDefaults } from '../sandbox-defaults.js';

const { host, registrationDelayMs, seed } = sandboxDefaults;

/** What `--help` prints. */
export const help = `fiscalkit-sandbox: the providers' APIs on localhost, with faults on demand

  --host HOST                  address to listen on (default ${host})
  --port PORT                  port, 0 for any free one (default: SANDBOX_PORT, else 8090)
  --registration-delay-ms MS   how long a receipt is pending (default ${registrationDelayMs})
  --data FILE                  keep what is registered in this file
  --seed NUMBER                what chance and fiscal signs are drawn from (default ${seed})
  --faults FILE|JSON           fault rules in force from the start
  --writes WAY,WAY             how receipts are shown, listed and taken otherwise than they were sent:
                               cp866, yo, html, number-ids, …; the README lists all
  --version                    which version this is
  --help                       this text

Control: GET /_sandbox/health, GET /_sandbox/journal[?payment_id=],
         GET|POST|DELETE /_sandbox/faults[/ID], POST /_sandbox/reset
`;
