import {afterAll, test} from 'vitest';
import {scale} from './scale.js';
import {add, print} from './table.js';
import {against, command, hitrate, inTurn} from './time.js';
import {type UsageKind, usageKinds, usageLog} from './usage-logs.js';

const megabytes = Math.min(100, scale.megabytes.at(-1) ?? 0);

afterAll(() => print('Reading usage lines'));

test.each(Object.keys(usageKinds) as UsageKind[])('cold report of %s', kind => {
	const log = usageLog(kind, megabytes);
	const {own, passing, jq} = inTurn({
		own: hitrate(['report', log]),
		passing: hitrate(['report', '--no-store', log]),
		jq: command('jq', ['-c', usageKinds[kind].filter, log]),
	});
	add({what: `${megabytes} MB, ${kind} alone, against jq -c`, goal: '≥ 10 ×', figure: against(own, jq)});
	add({what: 'the same with --no-store', goal: '', figure: against(passing, jq)});
});
