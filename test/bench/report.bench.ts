import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import process from 'node:process';
import {afterAll, test} from 'vitest';
import {cliPath} from '../support/program.js';
import {benchLog} from './logs.js';
import {add, print} from './table.js';
import {against, time} from './time.js';

const megabytes = Number(process.env.HITRATE_BENCH_MB ?? 1000);

/** Where what is read is kept; each cold run has one of its own. */
const newData = () => mkdtempSync(join(tmpdir(), 'hitrate-bench-data-'));

const hitrate = (data: string, ...args: string[]) =>
	time(process.execPath, [cliPath, ...args], {env: {XDG_DATA_HOME: data}}) ?? Number.NaN;

/** Nothing is known of the log before each run. */
const cold = (...args: string[]) => {
	const folders: string[] = [];
	const taken = time(process.execPath, [cliPath, ...args], {
		before: () => {
			const data = newData();
			folders.push(data);
			return {XDG_DATA_HOME: data};
		},
	});
	for (const folder of folders) {
		rmSync(folder, {recursive: true});
	}
	return taken ?? Number.NaN;
};

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

const folder = mkdtempSync(join(tmpdir(), 'hitrate-bench-'));
const empty = join(folder, 'empty.log');
writeFileSync(empty, '');
const python = join(folder, 'line-by-line.py');
writeFileSync(python, lineByLine);

afterAll(() => {
	print();
	rmSync(folder, {recursive: true});
});

test.each([
	{name: '5 % relevant', relevant: 0.05, grep: '≥ 1 ×', script: '≥ 15 ×'},
	{name: '60 % relevant', relevant: 0.6, grep: '', script: '≥ 8 ×'},
])('cold report, $name', ({name, relevant, grep, script}) => {
	const log = benchLog({megabytes, relevant, rendering: 'json'});
	const patterns = ['Block ', 'too small for caching', 'Usage type', 'LLM API call'];
	const baselines = [
		{by: 'grep -cF', goal: grep, taken: time('grep', ['-cF', ...patterns.flatMap(pattern => ['-e', pattern]), log])},
		{by: 'Python line by line', goal: script, taken: time('python3', [python, log], {runs: 1})},
	];
	const kept = cold('report', log);
	const passing = cold('report', '--no-store', log);
	for (const {by, goal, taken} of baselines) {
		add({what: `${megabytes} MB, ${name}, against ${by}`, goal, figure: against(kept, taken)});
		add({what: `the same with --no-store`, goal, figure: against(passing, taken)});
	}
	const data = newData();
	hitrate(data, 'report', log);
	add({
		what: `second report of it, against one of an empty log`,
		goal: '≥ 0.77 ×',
		figure: against(hitrate(data, 'report', log), hitrate(data, 'report', empty)),
	});
	rmSync(data, {recursive: true});
});

test('start', () => {
	const data = newData();
	const node = time(process.execPath, ['-e', '0']);
	add({
		what: 'report of an empty log, against node itself',
		goal: '≤ 110 ms',
		figure: against(hitrate(data, 'report', empty), node),
	});
	add({what: '--help, against node itself', goal: '', figure: against(hitrate(data, '--help'), node)});
	rmSync(data, {recursive: true});
});
