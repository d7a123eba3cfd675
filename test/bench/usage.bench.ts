import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import process from 'node:process';
import {afterAll, test} from 'vitest';
import {cliPath} from '../support/program.js';
import {add, print} from './table.js';
import {against, time} from './time.js';
import {type UsageKind, usageKinds, usageLog} from './usage-logs.js';

const megabytes = Number(process.env.HITRATE_BENCH_USAGE_MB ?? 100);

afterAll(print);

test.each(Object.keys(usageKinds) as UsageKind[])('cold report of %s', kind => {
	const log = usageLog(kind, megabytes);
	const folder = mkdtempSync(join(tmpdir(), 'hitrate-bench-usage-'));
	const cold = (...args: string[]) =>
		time(process.execPath, [cliPath, 'report', log, ...args], {
			runs: 3,
			before: () => ({XDG_DATA_HOME: mkdtempSync(join(folder, 'data-'))}),
		}) ?? Number.NaN;
	const jq = time('jq', ['-c', usageKinds[kind].filter, log], {runs: 3});
	add({what: `${megabytes} MB, ${kind} alone, against jq -c`, goal: '≥ 10 ×', figure: against(cold(), jq)});
	add({what: 'the same with --no-store', goal: '', figure: against(cold('--no-store'), jq)});
	rmSync(folder, {recursive: true});
});
