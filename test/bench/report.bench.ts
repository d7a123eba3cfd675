import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import process from 'node:process';
import {afterAll, test} from 'vitest';
import {benchLog} from './logs.js';
import {largeLog, scale} from './scale.js';
import {add, print} from './table.js';
import {against, asMuch, command, hitrate, inTurn, newData, peakOf, said} from './time.js';

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

const patterns = ['Block ', 'too small for caching', 'Usage type', 'LLM API call'];
/** Piped, for grep stops at the first match where its output is /dev/null. */
const grep = (log: string) =>
	command('sh', ['-c', 'grep -cF "$@" | cat', 'sh', ...patterns.flatMap(pattern => ['-e', pattern]), log]);

afterAll(() => {
	print('Reading a log');
	rmSync(folder, {recursive: true});
});

test.each([
	{name: '5 % of the lines relevant', relevant: 0.05, toGrep: '≥ 1 ×', toScript: '≥ 15 ×'},
	{name: '60 % of the lines relevant', relevant: 0.6, toGrep: '', toScript: '≥ 8 ×'},
])('cold report, $name', ({name, relevant, toGrep, toScript}) => {
	const log = benchLog({megabytes: largeLog, relevant, rendering: 'json'});
	const {own, passing, found, script} = inTurn({
		own: hitrate(['report', log]),
		passing: hitrate(['report', '--no-store', log]),
		found: grep(log),
		script: command('python3', [python, log]),
	});
	const what = `cold report, ${largeLog} MB, ${name}`;
	add({what: `${what}, against grep -cF`, goal: toGrep, figure: against(own, found)});
	add({what: `${what}, against Python line by line`, goal: toScript, figure: against(own, script)});
	add({what: `${what}, --no-store, against Python`, goal: '', figure: against(passing, script)});
	const data = newData();
	hitrate(['report', log], () => data)();
	const {second, none} = inTurn({
		second: hitrate(['report', log], () => data),
		none: hitrate(['report', empty], () => data),
	});
	add({what: `second report of it, against one of an empty log`, goal: '≤ 1.3 ×', figure: asMuch(second, none)});
	rmSync(data, {recursive: true});
});

test.each(scale.megabytes)('%i MB', megabytes => {
	const log = benchLog({megabytes, relevant: 0.05, rendering: 'json'});
	const {own, found} = inTurn({own: hitrate(['report', log]), found: grep(log)});
	add({what: `growth: ${megabytes} MB, against grep -cF`, goal: '', figure: against(own, found)});
	const data = newData();
	add({what: `memory at ${megabytes} MB`, goal: '', figure: `${peakOf(['report', log], data)} MB`});
	rmSync(data, {recursive: true});
});

test('start', () => {
	const {report, help, node} = inTurn(
		{
			report: hitrate(['report', empty]),
			help: hitrate(['--help']),
			node: command(process.execPath, ['-e', '0']),
		},
		Math.max(5, scale.runs),
	);
	add({what: 'report of an empty log, against node itself', goal: '≤ 2.2 ×', figure: asMuch(report, node)});
	add({what: '--help, against node itself', goal: '', figure: asMuch(help, node)});
	add({what: 'node itself', goal: '', figure: said(node)});
});
