import { targetNames } from '../targets/open-targets.js';

/** What `--help` prints. */
export const help = `fuzz: hostile input for every parser and endpoint

  --seconds N      how long, all targets together (default 60)
  --seed N         where to begin; a random one is chosen and printed otherwise
  --target NAME    only this target; may be given several times
  --path PATH      only the input that a finding named; with --seed and one --target
  --json FILE      also write the result as JSON
  --help           this text

Targets: ${targetNames.join(', ')}

Ends with 1 when anything violates what must hold of every input.
`;
