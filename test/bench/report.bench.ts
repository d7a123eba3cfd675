import {spawnSync} from 'node:child_process';
import {mkdtempSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, test} from 'vitest';
import {cliPath, environment} from '../support/program.js';
import {benchLog} from './logs.js';
import {add, median, print} from './table.js';

const megabytes = Number(process.env.HITRATE_BENCH_MB ?? 200);
const runs = 3;

/** Milliseconds that a command takes, the median of some runs; undefined where it is not installed. */
const time = (command: string, args: readonly string[]): number | undefined => {
	const taken: number[] = [];
	for (let run = 0; run < runs; run++) {
		const start = performance.now();
		const {error} = spawnSync(command, args, {
			env: environment(),
			stdio: ['ignore', 'pipe', 'ignore'],
			maxBuffer: 1 << 30,
		});
		if (error) {
			return undefined;
		}
		taken.push(performance.now() - start);
	}
	return median(taken);
};

const hitrate = (...args: string[]) => time(process.execPath, [cliPath, ...args]) ?? Number.NaN;
const against = (own: number, baseline: number | undefined) =>
	baseline === undefined
		? 'absent here'
		: `${(baseline / own).toFixed(2)} × (${Math.round(own)} ms against ${Math.round(baseline)} ms)`;

/** The usual way of a script: decode each line, look for the words, add up. */
const lineByLine = `
import re, sys
hits = misses = tokens = 0
with open(sys.argv[1], encoding='utf-8', errors='replace') as log:
    for line in log:
        if 'Block ' in line and 'Cached' in line:
            hits += 1
            found = re.search(r'\\((\\d+) tokens', line)
            if found:
                tokens += int(found.group(1))
        elif 'too small for caching' in line or 'NO CACHE' in line:
            misses += 1
        re.match(r'(\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d)', line)
print(hits, misses, tokens)
`;

afterAll(print);

test.each([
	{name: '5 % relevant', unrelated: 250, grep: '≥ 1 ×', script: '≥ 15 ×'},
	{name: '60 % relevant', unrelated: 8, grep: '', script: '≥ 8 ×'},
])('cold report, $name', ({name, unrelated, grep, script}) => {
	const log = benchLog({megabytes, unrelated, rendering: 'json'});
	const python = join(mkdtempSync(join(tmpdir(), 'hitrate-bench-')), 'line-by-line.py');
	writeFileSync(python, lineByLine);
	const own = hitrate('report', '--json', '--no-events', log);
	const patterns = ['Block ', 'too small for caching', 'Usage type', 'LLM API call'].flatMap(pattern => [
		'-e',
		pattern,
	]);
	add({
		what: `${megabytes} MB, ${name}, against grep -cF`,
		goal: grep,
		figure: against(own, time('grep', ['-cF', ...patterns, log])),
	});
	add({
		what: `${megabytes} MB, ${name}, against Python line by line`,
		goal: script,
		figure: against(own, time('python3', [python, log])),
	});
});

test('start', () => {
	const empty = join(mkdtempSync(join(tmpdir(), 'hitrate-bench-')), 'empty.log');
	writeFileSync(empty, '');
	const node = time(process.execPath, ['-e', '0']);
	add({
		what: 'report of an empty log, against node itself',
		goal: '≤ 110 ms',
		figure: against(hitrate('report', empty), node),
	});
	add({what: '--help, against node itself', goal: '', figure: against(hitrate('--help'), node)});
});
