/**
 * Bundles the program into `dist`: one file that starts it, also in other threads, and one that holds everything, so
 * that little has to be found, opened and compiled at the start.
 */

import {mkdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {resolve} from 'node:path';
import {build} from 'esbuild';
import {licencesOf} from './licences.js';

/** The layout that Ink uses, in a file of its own: few verbs need it. */
const layoutModule = 'yoga.wasm';
/** What models cost, a line for each provider and one for its models: most runs need those of one. */
const priceData = 'prices.jsonl';
/** What looks for the lines that matter: as text in the bundle it would be a third larger, and pack badly. */
const scannerModule = 'scanner.wasm';

/**
 * Changes modules of packages. Each change finds what it replaces, or the package is another one than it was made for.
 * @param changes what is replaced, and by what
 */
const rewrite = (filter, ...changes) => ({
	name: `rewrite ${filter}`,
	setup: ({onLoad}) =>
		onLoad({filter}, ({path}) => {
			let text = readFileSync(path, 'utf8');
			for (const [from, to] of changes) {
				const before = text;
				text = text.replace(from, to);
				if (text === before) {
					throw new Error(`${path} does not hold ${from}`);
				}
			}
			return {contents: text, loader: 'js'};
		}),
});

/** Takes the place of a module of a package. */
const replace = (filter, contents) => ({
	name: `replace ${filter}`,
	setup: ({onLoad}) => onLoad({filter}, () => ({contents, loader: 'js'})),
});

/**
 * A script, unlike a module, is started from compiled code (source/system/code-cache.ts) but cannot wait at its top
 * level. Two packages do: Ink for development tools that are never wanted here, and Yoga for its WebAssembly, which is
 * small enough to be compiled at once.
 */
const withoutWaiting = [
	rewrite(
		/ink\/build\/reconciler\.js$/,
		["await import('./devtools.js')", 'undefined'],
		['await loadPackageJson()', '{name: undefined, version: undefined}'],
	),
	rewrite(/yoga-layout\/dist\/binaries\/yoga-wasm-base64-esm\.js$/, [
		/(?<="data:application\/octet-stream;base64,)[\w+/=]+/,
		binary => {
			writeFileSync(`dist/${layoutModule}`, binary, 'base64');
			return '';
		},
	]),
	rewrite(/yoga-layout\/dist\/src\/index\.js$/, [
		'const Yoga = wrapAssembly(await loadYoga());',
		`import {readFileSync} from 'node:fs';
		const assembly = {
			instantiateWasm: (imports, receive) => {
				const binary = readFileSync(import.meta.dirname + '/${layoutModule}');
				const instance = new WebAssembly.Instance(new WebAssembly.Module(binary), imports);
				receive(instance);
				return instance.exports;
			},
		};
		loadYoga(assembly);
		const Yoga = wrapAssembly(assembly);`,
	]),
];

/** All that the program tells of its manifest is the version. */
const onlyVersion = {
	name: 'only version',
	setup: ({onLoad}) =>
		onLoad({filter: /\/package\.json$/}, ({path}) => {
			if (path === resolve('package.json')) {
				const {version} = JSON.parse(readFileSync(path, 'utf8'));
				return {contents: JSON.stringify({version}), loader: 'json'};
			}
		}),
};

/** Fifty files import what is there anyway; each would get a copy of all its hundred members. */
const oneProcess = {
	name: 'one process',
	setup: ({onResolve, onLoad}) => {
		onResolve({filter: /^(?:node:)?process$/}, () => ({path: 'process', namespace: 'global'}));
		onLoad({filter: /^process$/, namespace: 'global'}, () => ({
			contents: 'export default globalThis.process; export const {cwd, env} = globalThis.process;',
		}));
	},
};

/** The ASCII part of sets of characters, by Unicode's names. */
const asciiLetters = {
	Lu: 'A-Z',
	Uppercase_Letter: 'A-Z',
	Ll: 'a-z',
	Lowercase_Letter: 'a-z',
	Alpha: 'A-Za-z',
	N: '0-9',
};

/** What packages hold, do or prepare as soon as they are loaded, and is not needed here. */
const withoutWaste = [
	// The parser of the command line comes with a reader of manifests, which it is never given one for.
	rewrite(/meow\/build\/options\.js$/, [
		/^import {.*} from '\.\/dependencies\.js';$/m,
		'const readPackageUpSync = () => undefined;\nconst normalizePackageData = () => {};',
	]),
	rewrite(
		/meow\/build\/dependencies\.js$/,
		['promisify(execFile);', ''],
		["import require$$5, { createRequire } from 'node:module';", 'const require$$$$5 = {};'],
		['createRequire ? createRequire(import.meta.url) : undefined', 'undefined'],
		[/^((?:var|const) [\w$]+ = )(?=(?:require[\w$]+|getDefaultExportFromCjs)\()/gm, '$1/* @__PURE__ */ '],
		// The names of flags are ASCII, and compiling sets of all letters takes a millisecond and a half.
		[
			/\\p\{(\w+)\}/g,
			(_, name, at, text) => {
				const letters = asciiLetters[name];
				if (letters === undefined) {
					throw new Error(`which letters are \\p{${name}}?`);
				}
				return text.lastIndexOf('[', at) > text.lastIndexOf(']', at) ? letters : `[${letters}]`;
			},
		],
	),
	// To measure any text, tables of all characters are made; what the screen draws is measured without them.
	rewrite(
		/node_modules\/string-width\/index\.js$/,
		['/^[\\u0020-\\u007E]*$/.test(string)', 'isNarrow(string)'],
		[/\b(segmenter|\w+Regex)\b/g, '$1()'],
		[/^const (\w+)\(\) = (.+);$/gm, 'let $1Made;\nconst $1 = () => ($1Made ??= $2);'],
		[/^/, `import {isNarrow} from ${JSON.stringify(resolve('source/text/narrow.ts'))};\n`],
	),
	// Ink's own goes through every character of every frame, and compiling that keeps a processor busy at the start.
	replace(
		/ink\/build\/output\.js$/,
		`export {InkOutput as default} from ${JSON.stringify(resolve('source/terminal/ink-output.ts'))};`,
	),
	// The terminal's size is known, an error ends the program, and nobody asks how long a frame took.
	replace(/terminal-size\/index\.js$/, 'export default () => ({columns: 80, rows: 24});'),
	replace(/ink\/build\/components\/ErrorOverview\.js$/, 'export default () => null;'),
	rewrite(/ink\/build\/ink\.js$/, [/performance\.now\(\)/g, '0']),
	rewrite(/scheduler\/cjs\/scheduler\.production\.js$/, [
		/if \("object" === typeof performance .*\n\s*var localPerformance = performance;/,
		`if (true) {
			var localPerformance = {now: require(${JSON.stringify(resolve('source/time/monotonic.ts'))}).monotonic};`,
	]),
	// Ink lays out blanks (source/screen/view/screen.tsx): there is nothing to be wrapped or cut.
	replace(/(?:(?:slice|wrap)-ansi\/index|ink\/build\/wrap-text)\.js$/, 'export default text => text;'),
	rewrite(/signal-exit\/index\.js$/, ["require('assert')", '{equal() {}}']),
];

/**
 * Packages that few runs need, each in a file of its own, which `lazy` (source/system/lazy.ts) finds beside the bundle:
 * looking for a package and compiling it takes longer than what most runs do with it. Only what is used is in the file.
 */
const beside = {'@pydantic/genai-prices': {file: 'prices', used: ['calcPrice']}};
const filesBeside = Object.fromEntries(Object.entries(beside).map(([name, {file}]) => [name, file]));

/** What is loaded late is to be loaded fast. */
const withoutDelay = [
	{
		name: 'scanner in a file',
		setup: ({onLoad}) =>
			onLoad({filter: /source\/scanner\/scanner-code\.ts$/}, () => {
				const [, binary] = /'([\w+/=]{1000,})'/.exec(readFileSync('source/scanner/scanner-wasm.ts', 'utf8'));
				writeFileSync(`dist/${scannerModule}`, binary, 'base64');
				return {
					contents: `import {readFileSync} from 'node:fs';
					export const scannerCode = () => readFileSync(import.meta.dirname + '/${scannerModule}');`,
					loader: 'js',
				};
			}),
	},
	replace(/source\/system\/bundled\.ts$/, "export const bundled = {libsql: () => require('libsql')};"),
	// The program is read in full to tell which C library there is, not a report of everything that the process does.
	rewrite(/@neon-rs\/load\/dist\/index\.js$/, [
		/const report = process\.report\?\.getReport\(\);.*?(?=\n\})/s,
		"return require('detect-libc').familySync() === 'glibc';",
	]),
	rewrite(
		/detect-libc\/lib\/detect-libc\.js$/,
		["const childProcess = require('child_process');", ''],
		[/childProcess\./g, "require('child_process')."],
	),
	// The engine itself is a package of the machine's kind, which comes with libsql.
	rewrite(/node_modules\/libsql\/index\.js$/, [
		/return require\((`@libsql.+?`)\)/,
		`try {
			return require($1);
		} catch {
			// Some package managers put it where libsql alone finds it.
			const {createRequire} = require('node:module');
			return createRequire(createRequire(__filename).resolve('libsql'))($1);
		}`,
	]),
	// 500 KB of objects take ten times as long as reading them as text; nor are requests priced here: the prices are asked
	// for, and what each unit is priced by need not be told.
	rewrite(
		/genai-prices\/dist\/index\.js$/,
		['const p = he(c, r);', 'const p = {};'],
		['const X = new Y(J);', 'let X;'],
		['return X;', 'return (X ??= new Y(J));'],
		[
			/^const E = (\[\n.+?\n\])(?=, J = \{)/s,
			(_, data) => {
				const providers = new Function(`return ${data}`)();
				const lines = providers.flatMap(
					({id, api_pattern, model_match, provider_match, fallback_model_providers, models}) => [
						{id, api_pattern, model_match, provider_match, fallback_model_providers},
						// Most are matched by their own id alone.
						models.map(({id, match, prices}) =>
							Object.keys(match).length === 1 && match.equals === id ? [id, prices] : [id, prices, match],
						),
					],
				);
				writeFileSync(`dist/${priceData}`, lines.map(line => `${JSON.stringify(line)}\n`).join(''));
				return `import {readFileSync} from 'node:fs';
			const lines = readFileSync(import.meta.dirname + '/${priceData}', 'utf8').split('\\n');
			const E = Array.from({length: ${providers.length}}, (_, index) => {
				let models;
				return Object.defineProperty(JSON.parse(lines[2 * index]), 'models', {
					get: () =>
						(models ??= JSON.parse(lines[2 * index + 1]).map(([id, prices, match = {equals: id}]) => ({id, match, prices}))),
					enumerable: true,
				});
			})`;
			},
		],
	),
];

const {version: pricesVersion} = JSON.parse(readFileSync('node_modules/@pydantic/genai-prices/package.json', 'utf8'));

rmSync('dist', {recursive: true, force: true});
mkdirSync('dist');
writeFileSync('dist/package.json', '{"type": "commonjs"}\n');

const bundleUrl = "const bundleUrl = require('node:url').pathToFileURL(__filename).href;";

/** How everything is bundled. */
const options = {
	metafile: true,
	outdir: 'dist',
	bundle: true,
	format: 'cjs',
	platform: 'node',
	target: 'node20',
	logLevel: 'warning',
	minify: true,
	// They stand in licenses.txt.
	legalComments: 'none',
	plugins: [oneProcess, onlyVersion, ...withoutWaiting, ...withoutWaste, ...withoutDelay],
	// One for all: packages bring older ones of their own.
	alias: Object.fromEntries(['string-width', 'detect-libc'].map(name => [name, resolve('node_modules', name)])),
	define: {
		'process.env.NODE_ENV': '"production"',
		'process.env.GENAI_PRICES_VERSION': JSON.stringify(pricesVersion),
		// As text: an object would be a module of its own, which each of a thousand others begins with.
		'process.env.PACKAGES_BESIDE': JSON.stringify(JSON.stringify(filesBeside)),
		bundleRequire: 'require',
		'import.meta.url': 'bundleUrl',
		'import.meta.dirname': '__dirname',
	},
	banner: {js: bundleUrl},
};

/** Packages that are installed with hitrate. */
const external = [
	...Object.keys(beside),
	'blessed',
	'blessed-contrib',
	'@clickhouse/client',
	'pg',
	're2js',
	'nodemailer',
	'prom-client',
	'luxon',
	'chrono-node',
	'react-devtools-core',
];

const builds = await Promise.all([
	build({...options, entryPoints: ['source/cli.ts', 'source/thread.ts'], external}),
	// Run by source/system/code-cache.ts, which would have to copy a megabyte to put it into a function.
	build({
		...options,
		entryPoints: ['source/main.ts'],
		external,
		banner: {js: `(function (exports, require, module, __filename, __dirname) {${bundleUrl}`},
		footer: {js: '})'},
	}),
	...Object.entries(beside).map(([name, {file, used}]) => {
		const contents = `export {${used.join(', ')}} from '${name}';`;
		return build({...options, outdir: undefined, outfile: `dist/${file}.js`, stdin: {contents, resolveDir: '.'}});
	}),
]);

// Code that was kept from an earlier run cannot import: it requires (source/system/lazy.ts).
for (const {path, kind, external} of builds.flatMap(({metafile}) =>
	Object.values(metafile.outputs).flatMap(({imports}) => imports),
)) {
	if (external && kind === 'dynamic-import') {
		throw new Error(`${path} is imported, and not in the bundle`);
	}
}

/** The folders of the packages that are bundled: they are not installed with hitrate, so their licences come with it. */
const bundled = new Set(
	builds
		.flatMap(({metafile}) => Object.values(metafile.outputs))
		.flatMap(({inputs}) => Object.keys(inputs))
		.flatMap(path => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path) ?? []),
);
writeFileSync('dist/licenses.txt', licencesOf([...bundled].sort()));
