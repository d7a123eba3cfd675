import {existsSync, readdirSync} from 'node:fs';
import {basename, dirname, join, relative, resolve, sep} from 'node:path';
import {type AgentPlace, agentPlaces, type System} from './places.js';
import {silentAgents} from './silent-agents.js';

/** A folder of transcripts, or a database, of an agent. */
export type Place = {
	readonly agent: string;
	readonly kind: 'tree' | 'database';
	/** The path for display: `~/.claude/projects`. */
	readonly name: string;
	readonly path: string;
};

/** The user whose places are searched. */
type User = {
	readonly home: string;
	readonly env: Readonly<Record<string, string | undefined>>;
	/** Several systems for a copy of a home folder of unknown origin. */
	readonly systems: readonly System[];
};

/** The system that this process runs on. */
export const systemOf = (platform: NodeJS.Platform): System =>
	platform === 'win32' ? 'windows' : platform === 'darwin' ? 'macos' : 'linux';

/** True if a path is the folder or inside it. */
export const isWithin = (path: string, folder: string): boolean =>
	path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);

/** A path with `~` in place of the home folder. */
const abbreviated = (path: string, home: string): string =>
	isWithin(path, home) ? join('~', relative(home, path)) : path;

const absolute = (path: string, home: string): string => resolve(path.replace(/^~(?=[/\\]|$)/, home));

/** The folders that a template names. If a variable moves the base, the default is included as well. */
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

/** The default folders of an agent, on all systems in question. */
const homesOf = ({homes}: Pick<AgentPlace, 'homes'>, user: User): readonly string[] => {
	const templates = Array.isArray(homes)
		? (homes as readonly string[])
		: user.systems.flatMap(system => (homes as Readonly<Partial<Record<System, readonly string[]>>>)[system] ?? []);
	return [...new Set(templates.flatMap(template => expand(template, user)))];
};

/** The folders or databases that an agent's variable names; undefined if none is set. */
const namedByVariable = ({variables = []}: AgentPlace, homes: readonly string[], {env, home}: User) => {
	const variable = variables.find(({name}) => env[name]);
	if (variable === undefined) {
		return undefined;
	}
	const value = env[variable.name] as string;
	const values = variable.isList ? value.split(',').map(path => path.trim()) : [value];
	const named = values.filter(path => path !== '');
	return {
		isDatabase: variable.isDatabase ?? false,
		paths: variable.isDatabase
			? named.flatMap(path =>
					basename(path) === path ? homes.map(folder => join(folder, path)) : absolute(path, home),
				)
			: named.map(path => join(absolute(path, home), variable.below ?? '')),
	};
};

/**
 * All places where agents log requests, whether or not they exist. A glob of databases is replaced by its matches, or
 * kept if there are none.
 */
export const placesOf = (user: User): readonly Place[] => {
	const found = agentPlaces.flatMap(place => {
		const defaults = homesOf(place, user).flatMap(matching);
		const named = namedByVariable(place, defaults, user);
		const homes = named && !named.isDatabase ? named.paths : defaults;
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

/** Paths that match a path with one `*` in one of its names. */
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

/** Existing places in a folder that is treated as the home folder of a user on any system. */
export const placesInHome = (home: string): readonly Place[] =>
	placesOf({home, env: {}, systems: ['linux', 'macos', 'windows']}).filter(({path}) => existsSync(path));

/** Paths below a home folder that lead to transcripts, with `/`: `.claude/projects`, `.config/Code/User/…/tasks`. */
const findHiddenPaths = (): readonly string[] =>
	agentPlaces
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

let hiddenPaths: readonly string[] | undefined;

/**
 * Whether a folder may lead to transcripts: a visible folder may; a hidden one, or one inside a hidden folder, only if
 * it is on the way to an agent's files.
 * @param folder relative to the start of the search
 */
export const leadsToTranscripts = (folder: string): boolean => {
	const names = folder.split(sep);
	const last = names.findLastIndex(name => name.startsWith('.') && name !== '.' && name !== '..');
	if (last < 0) {
		return true;
	}
	const hidden = names.slice(last).join('/');
	hiddenPaths ??= findHiddenPaths();
	return hiddenPaths.some(path => path === hidden || path.startsWith(`${hidden}/`) || hidden.startsWith(`${path}/`));
};

const databaseNames = new RegExp(
	`^(?:${agentPlaces
		.flatMap(({databases = []}) => databases)
		.map(name => basename(name).replaceAll('.', '\\.').replaceAll('*', '.*'))
		.join('|')})$`,
);

/** True if a file has the name of an agent's database. */
export const isDatabaseName = (name: string): boolean => databaseNames.test(name);

/** An agent that is used on this machine but logs nothing about its cache. */
export type SilentAgent = {readonly agent: string; readonly folder: string; readonly reason: string};

/** The silent agents with an existing folder. */
export const silentAgentsOf = (user: User): readonly SilentAgent[] =>
	silentAgents.flatMap(({reason, ...place}) => {
		const folder = homesOf(place, user).find(path => existsSync(path));
		return folder === undefined ? [] : [{agent: place.agent, folder: abbreviated(folder, user.home), reason}];
	});
