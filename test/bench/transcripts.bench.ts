import {spawnSync} from 'node:child_process';
import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import process from 'node:process';
import {afterAll, expect, test} from 'vitest';
import {cliPath, environment} from '../support/program.js';
import {scale} from './scale.js';
import {add, print} from './table.js';
import {against, asMuch, type Command, command, hitrate, inTurn, newData, peakOf} from './time.js';
import {benchTranscripts, shortTranscript} from './transcripts.js';

const megabytes = Math.min(500, scale.megabytes.at(-1) ?? 0);
const version = '20.0.24';

const folder = mkdtempSync(join(tmpdir(), 'hitrate-bench-ccusage-'));

afterAll(() => {
	print('Reading transcripts');
	rmSync(folder, {recursive: true});
});

/** The program that most people count transcripts with; undefined where it cannot be installed. */
const installed = (): string | undefined => {
	const {status} = spawnSync('npm', ['install', '--silent', '--prefix', folder, `ccusage@${version}`], {
		stdio: 'ignore',
	});
	const path = join(folder, 'node_modules/.bin/ccusage');
	return status === 0 && spawnSync(path, ['--version']).status === 0 ? path : undefined;
};

const ccusage = installed();
const daily = ['daily', '--json', '--offline'];
const counted = (env: Record<string, string>): Command =>
	ccusage === undefined ? () => undefined : command(ccusage, daily, () => env);

const output = (name: string, args: readonly string[], env: Record<string, string>): string =>
	spawnSync(name, args, {env: environment(env), encoding: 'utf8', maxBuffer: 1 << 30}).stdout;

test(`${megabytes} MB of transcripts`, () => {
	const env = {CLAUDE_CONFIG_DIR: benchTranscripts(megabytes)};
	const report = ['report', join(env.CLAUDE_CONFIG_DIR, 'projects')];
	const {own, passing, other} = inTurn({
		own: hitrate(report, newData, env),
		passing: hitrate([...report, '--no-store'], newData, env),
		other: counted(env),
	});
	const what = `cold report, ${megabytes} MB of transcripts, against ccusage ${version}`;
	add({what, goal: '≥ 1 ×, CPU ≥ 0.67 ×', figure: against(own, other)});
	add({what: 'the same with --no-store', goal: '', figure: against(passing, other)});
	if (ccusage !== undefined) {
		const {tokens} = JSON.parse(
			output(process.execPath, [cliPath, ...report, '--json', '--no-events', '--no-store'], env),
		);
		const {totals} = JSON.parse(output(ccusage, daily, env));
		expect([tokens.cache_read, tokens.cache_write_5m, tokens.uncached, tokens.output]).toEqual([
			totals.cacheReadTokens,
			totals.cacheCreationTokens,
			totals.inputTokens,
			totals.outputTokens,
		]);
	}
});

test.each(scale.files)('%i short transcripts', files => {
	const home = join(folder, `home-${files}`);
	for (let number = 0; number < files; number++) {
		const project = join(home, 'projects', `project-${number % 50}`);
		mkdirSync(project, {recursive: true});
		writeFileSync(join(project, `${number}.jsonl`), shortTranscript(number));
	}
	const env = {CLAUDE_CONFIG_DIR: home};
	const report = ['report', join(home, 'projects')];
	const nothing = join(home, 'empty.log');
	writeFileSync(nothing, '');
	const data = newData();
	const {own, other} = inTurn({own: hitrate(report, newData, env), other: counted(env)}, 1);
	hitrate(report, () => data, env)();
	const {second, empty} = inTurn(
		{second: hitrate(report, () => data, env), empty: hitrate(['report', nothing], newData, env)},
		1,
	);
	const most = files === scale.files.at(-1);
	const what = `${files.toLocaleString('en')} transcripts of three requests`;
	add({what: `${what}, cold, against ccusage ${version}`, goal: most ? '≥ 0.5 ×' : '', figure: against(own, other)});
	add({what: `${what}, unchanged, against an empty log`, goal: '', figure: asMuch(second, empty)});
	const [cold, again] = [peakOf(report, newData(), env), peakOf(report, data, env)];
	add({what: `${what}, memory, cold and unchanged`, goal: most ? '≤ 300 MB' : '', figure: `${cold}, ${again} MB`});
	for (const used of [data, home]) {
		rmSync(used, {recursive: true});
	}
});
