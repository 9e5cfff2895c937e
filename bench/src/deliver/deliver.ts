import { peersAtHand } from '../peers/peers-at-hand.js';
import { formatNumber } from '../report/format-number.js';
import type { Row } from '../row.js';
import { asContestant } from '../services/as-contestant.js';
import { gatewayOnSqlite } from '../services/gateway-services.js';
import { drain } from './drain.js';

const full = { course: { warmUp: 10_000, receipts: 20_000 }, rounds: 3 };
const quick = { course: { warmUp: 500, receipts: 500 }, rounds: 1 };

/** How fast what was accepted is registered, by processes that are warm. */
export const deliver: Row = {
  name: 'deliver',
  title: 'draining accepted receipts through an instant provider when warm, beside hand-made services',
  async measure({ quick: isQuick, tell }) {
    const { course, rounds } = isQuick ? quick : full;
    const peers = peersAtHand(tell);
    const contestants = [...peers, gatewayOnSqlite].map((service) => ({ service, samples: [] as number[] }));
    for (let round = 1; round <= rounds; round += 1) {
      for (const { service, samples } of contestants) {
        const perSecond = await drain(service, course);
        tell(`round ${round}, ${service.name}, receipts/s: ${formatNumber(perSecond)}`);
        samples.push(perSecond);
      }
    }
    return [
      {
        what: `${formatNumber(course.receipts)} receipts after ${formatNumber(course.warmUp)} to warm up, instant provider`,
        unit: 'receipts/s',
        contestants: contestants.map(({ service, samples }) => asContestant(service, samples)),
        bars: [{ kind: 'at least', ratio: 3, of: gatewayOnSqlite.name, to: peers.map((peer) => peer.name) }],
      },
    ];
  },
};
