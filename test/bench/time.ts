import {spawnSync} from 'node:child_process';
import {mkdtempSync, readFileSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import process from 'node:process';
import {cliPath, environment} from '../support/program.js';
import {scale} from './scale.js';
import {median} from './table.js';

/** What a command took, milliseconds. */
export type Taken = {
	readonly wall: number;
	/** Computed, by all its threads, for itself and for the system. */
	readonly cpu: number;
};

type Environment = Readonly<Record<string, string>>;

/** One command, ready to be run; undefined where it is not installed. */
export type Command = () => Taken | undefined;

const clock = /(\d+)m([\d.]+)s/g;

/** The shell says what its children computed. */
export const command =
	(name: string, args: readonly string[], env: () => Environment = () => ({})): Command =>
	() => {
		const own = environment(env());
		const start = performance.now();
		const {status, stdout} = spawnSync('sh', ['-c', '"$@" >/dev/null 2>&1; echo; times', 'sh', name, ...args], {
			env: own,
			encoding: 'utf8',
		});
		const wall = performance.now() - start;
		const children = stdout.trim().split('\n').at(-1) ?? '';
		const seconds = [...children.matchAll(clock)].map(([, minutes, rest]) => Number(minutes) * 60 + Number(rest));
		const isThere = status === 0 && spawnSync('sh', ['-c', 'command -v "$1"', 'sh', name], {env: own}).status === 0;
		return isThere ? {wall, cpu: seconds.reduce((sum, one) => sum + one, 0) * 1000} : undefined;
	};

/** What hitrate keeps, and the code that V8 compiled for it; each gone with the temporary folder. */
export const newData = (): string => mkdtempSync(join(tmpdir(), 'hitrate-bench-data-'));
const code = newData();

/** hitrate, with the code of earlier runs, as a user has it. @param data where it keeps requests; new for each run unless told otherwise */
export const hitrate = (args: readonly string[], data: () => string = newData, env: Environment = {}): Command =>
	command(process.execPath, [cliPath, ...args], () => ({...env, XDG_CACHE_HOME: code, XDG_DATA_HOME: data()}));

/** Says at its end how much memory a program of Node took. */
const atEnd = join(code, 'peak.cjs');
writeFileSync(
	atEnd,
	`if (require('node:worker_threads').isMainThread) {
		process.on('exit', () => require('node:fs').writeFileSync(process.env.PEAK, String(process.resourceUsage().maxRSS)));
	}`,
);

/** The most resident memory that hitrate took in one run, MB. */
export const peakOf = (args: readonly string[], data: string, env: Environment = {}): number => {
	const said = join(code, 'peak');
	spawnSync(process.execPath, ['--require', atEnd, cliPath, ...args], {
		env: environment({...env, PEAK: said, XDG_CACHE_HOME: code, XDG_DATA_HOME: data}),
		stdio: 'ignore',
	});
	return Math.round(Number(readFileSync(said, 'utf8')) / 1024);
};

/** False until the first commands have been run once, which puts compiled code and files into memory. */
let isWarm = false;

/** The medians of several runs of commands in turn: what else the machine does meanwhile meets them all. */
export const inTurn = <Name extends string>(
	commands: Readonly<Record<Name, Command>>,
	runs: number = scale.runs,
): Readonly<Record<Name, Taken | undefined>> => {
	const names = Object.keys(commands) as Name[];
	const taken = Object.fromEntries(names.map(name => [name, [] as Taken[]])) as Record<Name, Taken[]>;
	const first = isWarm ? 0 : -1;
	isWarm = true;
	for (let run = first; run < runs; run++) {
		for (const name of names) {
			const one = commands[name]();
			if (one && run >= 0) {
				taken[name].push(one);
			}
		}
	}
	const middle = (some: readonly Taken[]): Taken | undefined =>
		some.length === 0 ? undefined : {wall: median(some.map(({wall}) => wall)), cpu: median(some.map(({cpu}) => cpu))};
	return Object.fromEntries(names.map(name => [name, middle(taken[name])])) as Record<Name, Taken | undefined>;
};

const seconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(2)} s`;

export const said = (taken: Taken | undefined): string =>
	taken ? `${seconds(taken.wall)}, CPU ${seconds(taken.cpu)}` : 'absent here';

/** How many times as fast as the baseline, by the clock and in CPU time; above 1 is faster. */
export const against = (own: Taken | undefined, baseline: Taken | undefined): string =>
	own && baseline
		? `${(baseline.wall / own.wall).toFixed(2)} ×, CPU ${(baseline.cpu / own.cpu).toFixed(2)} × (${said(own)}; baseline ${said(baseline)})`
		: `${said(own)}; baseline ${said(baseline)}`;

/** The same the other way round: how many times as much as the baseline. */
export const asMuch = (own: Taken | undefined, baseline: Taken | undefined): string =>
	own && baseline
		? `${(own.wall / baseline.wall).toFixed(2)} ×, CPU ${(own.cpu / baseline.cpu).toFixed(2)} × (${said(own)}; baseline ${said(baseline)})`
		: `${said(own)}; baseline ${said(baseline)}`;
