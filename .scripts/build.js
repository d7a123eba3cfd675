/** Bundles the program into `dist`: one file an entry, so that little has to be found, opened and compiled at the start. */

import {mkdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {build} from 'esbuild';

/** Replaces text in a module of a package; esbuild itself complains where an `await` is left at its top level. */
const rewrite = (filter, change) => ({
	name: `rewrite ${filter}`,
	setup: ({onLoad}) => onLoad({filter}, ({path}) => ({contents: change(readFileSync(path, 'utf8')), loader: 'js'})),
});

/**
 * A script, unlike a module, is started from compiled code (source/system/code-cache.ts) but cannot wait at its top
 * level. Two packages do: Ink for development tools that are never wanted here, and Yoga for its WebAssembly, which is
 * small enough to be compiled at once.
 */
const withoutWaiting = [
	rewrite(/ink\/build\/reconciler\.js$/, text =>
		text
			.replace("await import('./devtools.js')", 'undefined')
			.replace('await loadPackageJson()', '{name: undefined, version: undefined}'),
	),
	rewrite(/yoga-layout\/dist\/binaries\/yoga-wasm-base64-esm\.js$/, text => {
		const [, binary] = /"data:application\/octet-stream;base64,([\w+/=]+)"/.exec(text);
		return `${text.replace(binary, '')}\nexport const binary = '${binary}';`;
	}),
	rewrite(/yoga-layout\/dist\/src\/index\.js$/, text =>
		text.replace('import loadYoga from', 'import loadYoga, {binary} from').replace(
			'const Yoga = wrapAssembly(await loadYoga());',
			`const assembly = {
				instantiateWasm: (imports, receive) => {
					const instance = new WebAssembly.Instance(new WebAssembly.Module(Buffer.from(binary, 'base64')), imports);
					receive(instance);
					return instance.exports;
				},
			};
			loadYoga(assembly);
			const Yoga = wrapAssembly(assembly);`,
		),
	),
];

/** As soon as it is loaded the parser of the command line sorts the names of licences, for manifests that it is never given. */
const withoutWaste = [
	rewrite(/meow\/build\/dependencies\.js$/, text =>
		text
			.replace('var normalizeExports = requireNormalize();', '')
			.replace(
				'const normalizePackageData = getDefaultExportFromCjs(normalizeExports);',
				'const normalizePackageData = data => getDefaultExportFromCjs(requireNormalize())(data);',
			),
	),
];

const {version: pricesVersion} = JSON.parse(readFileSync('node_modules/@pydantic/genai-prices/package.json', 'utf8'));

rmSync('dist', {recursive: true, force: true});
mkdirSync('dist');
writeFileSync('dist/package.json', '{"type": "commonjs"}\n');

await build({
	entryPoints: ['source/cli.ts', 'source/main.ts', 'source/status.ts', 'source/worker.ts'],
	entryNames: '[name]',
	outdir: 'dist',
	bundle: true,
	format: 'cjs',
	platform: 'node',
	target: 'node20',
	logLevel: 'warning',
	minify: true,
	plugins: [...withoutWaiting, ...withoutWaste],
	define: {
		'process.env.NODE_ENV': '"production"',
		'process.env.GENAI_PRICES_VERSION': JSON.stringify(pricesVersion),
		'import.meta.url': 'bundleUrl',
		'import.meta.dirname': '__dirname',
	},
	banner: {js: "const bundleUrl = require('node:url').pathToFileURL(__filename).href;"},
	external: [
		'blessed',
		'blessed-contrib',
		'@clickhouse/client',
		'libsql',
		'pg',
		're2js',
		'nodemailer',
		'prom-client',
		'luxon',
		'chrono-node',
		'@pydantic/genai-prices',
		'react-devtools-core',
	],
});
