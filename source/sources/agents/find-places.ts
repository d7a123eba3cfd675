import {existsSync, readdirSync} from 'node:fs';
import {basename, dirname, join, relative, resolve, sep} from 'node:path';
import {type AgentPlace, agentPlaces, type System, silentAgents} from './places.js';

/** A folder of transcripts, or a database, of an agent. */
export type Place = {
	readonly agent: string;
	readonly kind: 'tree' | 'database';
	/** As a person writes it: `~/.claude/projects`. */
	readonly name: string;
	readonly path: string;
};

/** Whose places are looked for. */
type User = {
	readonly home: string;
	readonly env: Readonly<Record<string, string | undefined>>;
	/** Several for a copy of a home folder, of which nobody knows where it is from. */
	readonly systems: readonly System[];
};

/** The system that this process runs on, as places know it. */
export const systemOf = (platform: NodeJS.Platform): System =>
	platform === 'win32' ? 'windows' : platform === 'darwin' ? 'macos' : 'linux';

/** Whether a path is that of the folder or of something within it. */
export const isWithin = (path: string, folder: string): boolean =>
	path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);

/** A path with `~` for the home folder, where it lies there. */
const abbreviated = (path: string, home: string): string =>
	isWithin(path, home) ? join('~', relative(home, path)) : path;

const absolute = (path: string, home: string): string => resolve(path.replace(/^~(?=[/\\]|$)/, home));

/** The folders that a template names: where a variable moves the base, the usual one is looked at as well. */
const expand = (template: string, {home, env}: User): readonly string[] => {
	const bases: Readonly<Record<string, readonly (string | undefined)[]>> = {
		'~': [home],
		'{config}': [env.XDG_CONFIG_HOME, join(home, '.config')],
		'{data}': [env.XDG_DATA_HOME, join(home, '.local', 'share')],
		'{support}': [join(home, 'Library', 'Application Support')],
		'{roaming}': [env.APPDATA, join(home, 'AppData', 'Roaming')],
		'{local}': [env.LOCALAPPDATA, join(home, 'AppData', 'Local')],
	};
	const [base = '', ...below] = template.split('/');
	return (bases[base] ?? [base]).filter(folder => folder).map(folder => join(folder as string, ...below));
};

/** The usual folders of an agent, on all the systems in question. */
const homesOf = ({homes}: Pick<AgentPlace, 'homes'>, user: User): readonly string[] => {
	const templates = Array.isArray(homes)
		? (homes as readonly string[])
		: user.systems.flatMap(system => (homes as Readonly<Partial<Record<System, readonly string[]>>>)[system] ?? []);
	return [...new Set(templates.flatMap(template => expand(template, user)))];
};

/** The folders, or databases, that an agent's variable names; undefined where none is set. */
const namedByVariable = ({variables = []}: AgentPlace, {env, home}: User) => {
	const variable = variables.find(({name}) => env[name]);
	if (variable === undefined) {
		return undefined;
	}
	const value = env[variable.name] as string;
	const values = variable.isList ? value.split(',').map(path => path.trim()) : [value];
	return {
		isDatabase: variable.isDatabase ?? false,
		paths: values.filter(path => path !== '').map(path => join(absolute(path, home), variable.below ?? '')),
	};
};

/**
 * All places where agents keep what tells of their requests, whether or not there is anything. A pattern of databases
 * stands for those that match by now, and for itself where none does.
 */
export const placesOf = (user: User): readonly Place[] => {
	const found = agentPlaces.flatMap(place => {
		const named = namedByVariable(place, user);
		const homes = named && !named.isDatabase ? named.paths : homesOf(place, user).flatMap(matching);
		const trees = homes.flatMap(folder => (place.trees ?? []).map(tree => join(folder, tree)));
		const databases = named?.isDatabase
			? named.paths
			: homes.flatMap(folder => (place.databases ?? []).flatMap(name => matching(join(folder, name))));
		return [
			...trees.map(path => ({agent: place.agent, kind: 'tree' as const, path})),
			...databases.map(path => ({agent: place.agent, kind: 'database' as const, path})),
		];
	});
	const distinct = new Map(found.map(place => [place.path, place]));
	return [...distinct.values()].map(place => ({...place, name: abbreviated(place.path, user.home)}));
};

/** What a path with one `*` in one of its names stands for. */
const matching = (pattern: string): readonly string[] => {
	if (!pattern.includes('*')) {
		return [pattern];
	}
	const at = pattern.split(sep).findIndex(name => name.includes('*'));
	const names = pattern.split(sep);
	const [before = '', after = ''] = (names[at] as string).split('*');
	const folder = names.slice(0, at).join(sep) || sep;
	try {
		return readdirSync(folder)
			.filter(name => name.length >= before.length + after.length && name.startsWith(before) && name.endsWith(after))
			.sort()
			.map(name => join(folder, name, ...names.slice(at + 1)));
	} catch {
		return [];
	}
};

/** The places that are there in a folder, taken for the home folder of somebody on any system. */
export const placesInHome = (home: string): readonly Place[] =>
	placesOf({home, env: {}, systems: ['linux', 'macos', 'windows']}).filter(({path}) => existsSync(path));

/** Paths below a home folder that lead to transcripts, with `/`: `.claude/projects`, `.config/Code/User/…/tasks`. */
const hiddenPaths: readonly string[] = agentPlaces
	.flatMap(place =>
		homesOf(place, {home: '/', env: {}, systems: ['linux', 'macos', 'windows']}).flatMap(folder =>
			[...(place.trees ?? []), ...(place.databases ?? []).map(name => dirname(name))].map(name => join(folder, name)),
		),
	)
	.map(path =>
		path
			.split(sep)
			.filter(name => name !== '')
			.join('/'),
	)
	.filter(path => path.startsWith('.'));

/**
 * Whether a folder may lead to transcripts: one that is not hidden, nor within a hidden one, may; a hidden one only where
 * it is on the way to what an agent keeps.
 * @param folder relative to where the search began
 */
export const leadsToTranscripts = (folder: string): boolean => {
	const names = folder.split(sep);
	const last = names.findLastIndex(name => name.startsWith('.') && name !== '.' && name !== '..');
	if (last < 0) {
		return true;
	}
	const hidden = names.slice(last).join('/');
	return hiddenPaths.some(path => path === hidden || path.startsWith(`${hidden}/`) || hidden.startsWith(`${path}/`));
};

const databaseNames = new RegExp(
	`^(?:${agentPlaces
		.flatMap(({databases = []}) => databases)
		.map(name => basename(name).replaceAll('.', '\\.').replaceAll('*', '.*'))
		.join('|')})$`,
);

/** Whether a file is a database of an agent by its name. */
export const isDatabaseName = (name: string): boolean => databaseNames.test(name);

/** An agent that is used on this machine and keeps nothing that would tell of its cache. */
export type SilentAgent = {readonly agent: string; readonly folder: string; readonly reason: string};

/** Those of which a folder is there. */
export const silentAgentsOf = (user: User): readonly SilentAgent[] =>
	silentAgents.flatMap(({reason, ...place}) => {
		const folder = homesOf(place, user).find(path => existsSync(path));
		return folder === undefined ? [] : [{agent: place.agent, folder: abbreviated(folder, user.home), reason}];
	});
