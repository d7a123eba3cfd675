import {spawnSync} from 'node:child_process';
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import process from 'node:process';
import {afterAll, expect, test} from 'vitest';
import {cliPath, environment} from '../support/program.js';
import {add, print} from './table.js';
import {against, time} from './time.js';
import {benchTranscripts} from './transcripts.js';

const megabytes = Number(process.env.HITRATE_BENCH_TRANSCRIPTS_MB ?? 500);
const version = '20.0.24';

afterAll(print);

/** The program that most people count transcripts with; undefined where it cannot be installed. */
const installed = (folder: string): string | undefined => {
	const {status} = spawnSync('npm', ['install', '--silent', '--prefix', folder, `ccusage@${version}`], {
		stdio: 'ignore',
	});
	const path = join(folder, 'node_modules/.bin/ccusage');
	return status === 0 && spawnSync(path, ['--version']).status === 0 ? path : undefined;
};

const output = (command: string, args: readonly string[], env: Record<string, string>): string =>
	spawnSync(command, args, {env: environment(env), encoding: 'utf8', maxBuffer: 1 << 30}).stdout;

test(`${megabytes} MB of transcripts`, () => {
	const folder = mkdtempSync(join(tmpdir(), 'hitrate-bench-ccusage-'));
	const env = {CLAUDE_CONFIG_DIR: benchTranscripts(megabytes)};
	const report = ['report', join(env.CLAUDE_CONFIG_DIR, 'projects')];
	const own = (...more: string[]) =>
		time(process.execPath, [cliPath, ...report, ...more], {
			before: () => ({...env, XDG_DATA_HOME: mkdtempSync(join(folder, 'data-'))}),
		}) ?? Number.NaN;
	const kept = own();
	const passing = own('--no-store');
	const ccusage = installed(folder);
	const other = ccusage === undefined ? undefined : time(ccusage, ['daily', '--json', '--offline'], {env});
	const what = `cold report, ${megabytes} MB of transcripts, against ccusage ${version}`;
	add({what, goal: '≥ 1.5 ×', figure: against(kept, other)});
	add({what: 'the same with --no-store', goal: '', figure: against(passing, other)});
	if (ccusage !== undefined) {
		const {tokens} = JSON.parse(
			output(process.execPath, [cliPath, ...report, '--json', '--no-events', '--no-store'], env),
		);
		const {totals} = JSON.parse(output(ccusage, ['daily', '--json', '--offline'], env));
		expect([tokens.cache_read, tokens.cache_write_5m, tokens.uncached, tokens.output]).toEqual([
			totals.cacheReadTokens,
			totals.cacheCreationTokens,
			totals.inputTokens,
			totals.outputTokens,
		]);
	}
	rmSync(folder, {recursive: true});
});
