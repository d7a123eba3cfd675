import {execFileSync, spawn} from 'node:child_process';
import {existsSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, onTestFinished, test} from 'vitest';
import {execSource} from '../../../source/sources/stream/exec-source.js';
import {until} from '../../support/until.js';
import {followed, numbered, readAll, temporaryFolder} from '../collect.js';

const soon = {first: 10, longest: 40};

/** Whether a process is there, and no zombie. */
const isRunning = (pid: number): boolean => {
	try {
		return !execFileSync('ps', ['-o', 'stat=', '-p', String(pid)])
			.toString()
			.startsWith('Z');
	} catch {
		return false;
	}
};

/** The process id that a command wrote to a file. */
const pidIn = (path: string) => until(() => Number(/^\d+\n/.exec(readFileSync(path, 'utf8'))?.[0]));

test('reads what a command prints, to its end', async () => {
	const command = `printf 'a\\nb\\nun'; printf 'finished'; echo aside >&2`;
	const read = await readAll(execSource(command));
	expect(read.text).toBe('a\nb\nunfinished\n');
	expect(read.heads[0]).toBe(true);
	expect(read.facts.at(-1)).toMatchObject({log: {id: `exec:${command}`, name: command}, lines: 3, size: 14});
	expect(read.problems).toEqual([]);
});

test('reports that a command failed, with the end of its error output', async () => {
	const {problems} = await readAll(execSource('echo first >&2; echo host not found >&2; exit 3'));
	expect(problems).toMatchObject([{kind: 'command-failed', count: 1}]);
	expect(problems[0]?.message).toContain('ended with exit code 3 (host not found)');
});

test('of endless error output, the end is reported', async () => {
	const {problems} = await readAll(execSource(`head -c 500000 /dev/zero | tr '\\0' x >&2; exit 1`));
	expect(problems[0]?.message.length).toBeLessThan(500);
});

test('a command that is not there, and one that is killed', async () => {
	const missing = await readAll(execSource('no-such-command-anywhere'));
	expect(missing.problems[0]?.message).toContain('exit code 127');
	const killed = await readAll(execSource('kill -KILL $$'));
	expect(killed.problems[0]?.message).toContain('signal SIGKILL');
});

test('a followed command is started again when it ends, and begins with a head', async () => {
	const count = join(temporaryFolder(), 'count');
	const log = await followed(execSource(`echo x >> ${count}; cat ${count}; echo; exit 1`, soon));
	await until(() => expect(log.text).toContain('x\nx\nx\n'));
	expect(log.heads.filter(head => head).length).toBeGreaterThan(2);
	expect(log.kinds).toContain('command-failed');
	await log.stop();
	const runs = readFileSync(count, 'utf8');
	await new Promise(resolve => setTimeout(resolve, 100));
	expect(readFileSync(count, 'utf8')).toBe(runs);
});

test('follows a file through tail, and ends it', async () => {
	const path = join(temporaryFolder(), 'worker.log');
	writeFileSync(path, numbered(1, 2));
	const log = await followed(execSource(`tail -n +1 -f ${path}`));
	expect(log.text).toBe(numbered(1, 2));
	writeFileSync(path, numbered(3, 2), {flag: 'a'});
	await until(() => expect(log.text).toBe(numbered(1, 4)));
	await log.stop();
	expect(log.problems).toEqual([]);
});

test.each(['listens', 'does not listen'])('stopped, its children end with it, also one that %s', async how => {
	const path = join(temporaryFolder(), 'pid');
	const trap = how === 'listens' ? '' : "trap '' TERM;";
	const log = await followed(
		execSource(`(${trap} sh -c 'echo $$ > ${path}; while :; do sleep 0.1; done') & echo up; wait`),
	);
	const pid = await pidIn(path);
	await until(() => expect(log.text).toBe('up\n'));
	await log.stop();
	await until(() => expect(isRunning(pid)).toBe(false));
});

test('what a command left in the background ends with it', async () => {
	const path = join(temporaryFolder(), 'pid');
	await readAll(
		execSource(`sh -c 'echo $$ > ${path}; sleep 60' >/dev/null 2>&1 & while [ ! -s ${path} ]; do sleep 0.01; done`),
	);
	const pid = await pidIn(path);
	await until(() => expect(isRunning(pid)).toBe(false));
});

test('a killed process leaves no orphan behind', async () => {
	const folder = temporaryFolder();
	const path = join(folder, 'pid');
	const bundle = join(folder, 'exec-source.mjs');
	const entry = new URL('../../../source/sources/stream/exec-source.ts', import.meta.url).pathname;
	execFileSync('npx', ['esbuild', entry, '--bundle', '--platform=node', '--format=esm', `--outfile=${bundle}`], {
		stdio: 'ignore',
	});
	const program = `
		import {execSource} from ${JSON.stringify(bundle)};
		const sink = {lines() {}, caughtUp() {}, problem() {}};
		await execSource("echo $$ > ${path}; while :; do sleep 0.1; done").follow(sink);
	`;
	const child = spawn(process.execPath, ['--input-type=module', '-e', program], {stdio: 'ignore'});
	onTestFinished(() => void child.kill('SIGKILL'));
	await until(() => expect(existsSync(path)).toBe(true));
	const pid = await pidIn(path);
	expect(isRunning(pid)).toBe(true);
	child.kill('SIGKILL');
	await until(() => expect(isRunning(pid)).toBe(false));
});
