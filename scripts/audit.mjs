// Asks the registry for known vulnerabilities of the dependencies of published packages: `node
// scripts/audit.mjs`. Exits with 1 for high and critical ones. A registry that can't be asked gives one line
// and passes: no change of ours caused that. `--answer FILE` reads a recorded answer, `--within-ms N` sets
// another time limit.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { environment, packageManager, root } from './workspace.mjs';

const serious = ['high', 'critical'];
/** The folders of published packages at the start of the answer's paths. */
const published = /^(?:packages|apps)__/;

/** Returns the output of the package manager; rejects with the reason when it could not ask. */
function ask(withinMs) {
  return new Promise((resolve, reject) => {
    const child = spawn('npx', [...packageManager, 'audit', '--json', '--prod'], {
      cwd: root,
      env: environment,
      stdio: ['ignore', 'pipe', 'pipe'],
      // A group of its own, so that the package manager ends with the command that started it.
      detached: true,
    });
    let answer = '';
    let trouble = '';
    child.stdout.on('data', (chunk) => {
      answer += chunk;
    });
    child.stderr.on('data', (chunk) => {
      trouble += chunk;
    });
    const timer = setTimeout(() => {
      reject(new Error(`no answer within ${withinMs / 1000} s`));
      process.kill(-child.pid, 'SIGKILL');
    }, withinMs);
    child.once('error', reject);
    child.once('close', () => {
      clearTimeout(timer);
      if (answer.trimStart().startsWith('{')) resolve(answer);
      else reject(new Error(reasonIn(`${answer}\n${trouble}`)));
    });
  });
}

/** Returns the package manager's own error message, on one line and without its drawing. */
function reasonIn(text) {
  const words = text.slice(Math.max(text.indexOf('×'), 0)).replaceAll(/[×│├╰─▶\s]+/g, ' ');
  return words.trim().slice(0, 200) || 'the package manager said nothing';
}

/** Lists the advisories of an answer that concern a published package, one for each version found. */
function weaknessesIn(answer) {
  return Object.values(JSON.parse(answer).advisories).flatMap((advisory) =>
    advisory.findings.flatMap(({ version, paths }) => {
      const path = paths.find((each) => published.test(each));
      return path === undefined ? [] : [{ ...advisory, version, path }];
    }),
  );
}

function lineOf({ severity, module_name, version, title, url, path }) {
  return `  ${severity}: ${module_name} ${version}, ${title} (${url}), through ${path}`;
}

const { values } = parseArgs({
  options: { answer: { type: 'string' }, 'within-ms': { type: 'string', default: '60000' } },
});

async function answerOrStop() {
  try {
    return values.answer ? readFileSync(values.answer, 'utf8') : await ask(Number(values['within-ms']));
  } catch (error) {
    console.log(`○ Dependency audit left out: ${error.message}`);
    process.exit(0);
  }
}

const weaknesses = weaknessesIn(await answerOrStop());
const grave = weaknesses.filter(({ severity }) => serious.includes(severity));
for (const weakness of weaknesses) console.log(lineOf(weakness));
if (grave.length > 0) {
  console.error(`✗ Dependency audit: ${grave.length} high or critical`);
  process.exit(1);
}
console.log('✓ Dependency audit: nothing high or critical');
