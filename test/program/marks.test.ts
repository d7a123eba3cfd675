import {appendFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {run, withFolder} from '../support/program.js';
import {openTerminal} from '../support/terminal-session.js';

const minute = 60_000;

/** Requests of a thread, one a minute: of the first half each reads the cache, of the second none. */
const transcript = (start: number, versions: readonly [string, string]): string =>
	Array.from({length: 40}, (_, index) => {
		const isBefore = index < 20;
		return `${JSON.stringify({
			type: 'assistant',
			uuid: `u${index}`,
			parentUuid: null,
			sessionId: 's',
			version: versions[isBefore ? 0 : 1],
			timestamp: new Date(start + index * minute).toISOString(),
			requestId: `r${index}`,
			message: {
				id: `m${index}`,
				model: 'claude-sonnet-4-5',
				usage: {
					input_tokens: isBefore ? 10 : 20_010,
					cache_read_input_tokens: isBefore ? 20_000 : 0,
					cache_creation_input_tokens: 0,
					output_tokens: 5,
				},
			},
		})}\n`;
	}).join('');

test('a mark divides what came before it from what came after it', async () => {
	await withFolder(async folder => {
		const env = {XDG_DATA_HOME: join(folder, 'data')};
		const hitrate = (...args: readonly string[]) => run(args, {cwd: folder, env});
		const start = Date.now() - 40 * minute;
		writeFileSync(join(folder, 's.jsonl'), transcript(start, ['2.1.3', '2.1.4']));
		expect((await hitrate('mark', 'late')).stdout).toMatch(/^Marked .*: late\n$/);
		appendFileSync(
			join(folder, 'data/hitrate/marks.jsonl'),
			`${JSON.stringify({time: new Date(start + 20 * minute - 1000).toISOString(), name: 'deploy 1.4'})}\n`,
		);
		const report = JSON.parse((await hitrate('report', '--json', '--window', '6h', 's.jsonl')).stdout);
		expect(report.marks.map(({name}: {name: string}) => name)).toEqual(['deploy 1.4', 'claude-code 2.1.4', 'late']);
		const since = JSON.parse((await hitrate('report', '--json', '--since-mark', 'deploy', 's.jsonl')).stdout);
		expect(since).toMatchObject({window: {name: 'since deploy 1.4'}, hit_rate: 0, previous: {hit_rate: 100}});
		const text = await hitrate('report', '--since-mark', '2.1.4', 's.jsonl');
		expect(text.stdout).toContain('since claude-code 2.1.4');
		const compared = JSON.parse(
			(await hitrate('report', '--json', '--since-mark', 'deploy', '--compare', 'previous', 's.jsonl')).stdout,
		);
		expect([compared.hit_rate, compared.comparison]).toEqual([0, expect.objectContaining({hit_rate: 100})]);
		expect(await hitrate('report', '--compare', 'mark=rollback', 's.jsonl')).toMatchObject({
			code: 2,
			stdout: '',
			stderr: expect.stringContaining('unknown mark "rollback"'),
		});
		const rule = (limit: string) => hitrate('check', '--fail-if', `hit_rate drops ${limit} since deploy`, 's.jsonl');
		const failed = await rule('5');
		expect([failed.code, failed.stdout]).toEqual([1, expect.stringContaining('100.0')]);
		const unknown = await hitrate('check', '--fail-if', 'hit_rate drops 5 since rollback', 's.jsonl');
		expect([unknown.code, unknown.stdout]).toEqual([3, expect.stringContaining('unknown mark "rollback"')]);
		expect(await hitrate('report', '--since-mark', 'rollback', 's.jsonl')).toMatchObject({code: 2, stdout: ''});
	});
});

test('many at once lose none', async () => {
	await withFolder(async folder => {
		const env = {XDG_DATA_HOME: join(folder, 'data')};
		const names = Array.from({length: 8}, (_, index) => `mark ${index}`);
		await Promise.all(names.map(name => run(['mark', name], {cwd: folder, env})));
		const {marks} = JSON.parse((await run(['mark', '--json'], {cwd: folder, env})).stdout);
		expect(marks.map(({name}: {name: string}) => name).sort()).toEqual(names);
		expect(await run(['mark', ' '], {cwd: folder, env})).toMatchObject({code: 2});
	});
});

test('the key m marks this moment', async () => {
	await withFolder(async folder => {
		const env = {XDG_DATA_HOME: join(folder, 'data')};
		writeFileSync(join(folder, 's.jsonl'), transcript(Date.now() - 40 * minute, ['2.1.3', '2.1.3']));
		const {shows, type, close} = openTerminal(['s.jsonl', '--window', '1h'], {cwd: folder, env});
		try {
			await shows(/\d % +hit rate/);
			type('m');
			await shows(/mark .*Enter/);
			type('new prompt');
			await shows(/mark new prompt/);
			type('\r');
			await shows('Marked new prompt');
			const {marks} = JSON.parse((await run(['mark', '--json'], {cwd: folder, env})).stdout);
			expect(marks).toMatchObject([{name: 'new prompt'}]);
		} finally {
			await close();
		}
	});
});

test('marks of the user are not those of the demo, and those of the demo are kept nowhere', async () => {
	await withFolder(async folder => {
		const env = {XDG_DATA_HOME: join(folder, 'data')};
		await run(['mark', 'mine'], {cwd: folder, env});
		const {stdout} = await run(['report', '--demo', '--json', '--no-events'], {cwd: folder, env});
		const names = JSON.parse(stdout).marks.map(({name}: {name: string}) => name);
		expect(names.length).toBeGreaterThan(0);
		expect(names).not.toContain('mine');
		const {shows, type, close} = openTerminal(['--demo', '--window', '1h'], {cwd: folder, env});
		try {
			await shows(/\d % +hit rate/);
			type('m');
			await shows(/mark .*Enter/);
			type('of the demo\r');
			await shows('Marked of the demo');
			// The chart names it.
			await shows(/of the demo(?![\s\S]*Marked)/);
			const {marks} = JSON.parse((await run(['mark', '--json'], {cwd: folder, env})).stdout);
			expect(marks).toMatchObject([{name: 'mine'}]);
		} finally {
			await close();
		}
	});
});
