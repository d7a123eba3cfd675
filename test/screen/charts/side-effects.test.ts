import {execFile} from 'node:child_process';
import {fileURLToPath, pathToFileURL} from 'node:url';
import {promisify} from 'node:util';
import {build} from 'esbuild';
import {expect, test} from 'vitest';

const source = fileURLToPath(new URL('../../../source/screen/charts/line-chart.ts', import.meta.url));

const script = `
import {createRequire} from 'node:module';
import {basename} from 'node:path';
import {lineChart} from './line-chart.js';
const {cache} = createRequire(import.meta.url);
const loaded = () => Object.keys(cache).filter(path => /[\\\\/]blessed-contrib[\\\\/]/.test(path)).map(path => basename(path));
const emitters = [process, process.stdin, process.stdout, process.stderr];
const state = () => ({
	listeners: emitters.map(emitter => emitter.eventNames().map(name => [String(name), emitter.listenerCount(name)])),
	globals: Object.getOwnPropertyNames(globalThis),
	loaded: loaded(),
});
const before = state();
const drawn = lineChart({columns: 40, rows: 6, values: [1, 2], unicode: true});
console.log(JSON.stringify({before, after: state(), drawn}));
`;

test('blessed-contrib stays out of the bundle, loads at the first line, and leaves the process as it was', async () => {
	const {outputFiles} = await build({
		stdin: {contents: script, resolveDir: fileURLToPath(new URL('.', pathToFileURL(source))), sourcefile: 'script.ts'},
		bundle: true,
		format: 'esm',
		platform: 'node',
		write: false,
		// The bundle runs from standard input; it resolves packages as the source would.
		define: {'import.meta.url': JSON.stringify(pathToFileURL(source).href)},
	});
	const bundle = outputFiles[0]?.text ?? '';
	expect(bundle).not.toContain('Line.prototype.setData = ');

	const run = promisify(execFile)(process.execPath, ['--input-type=module']);
	run.child.stdin?.end(bundle);
	const {stdout, stderr} = await run;
	expect(stderr).toBe('');
	expect(stdout.trim().split('\n')).toHaveLength(1);

	const {before, after, drawn} = JSON.parse(stdout);
	expect(drawn.join('')).toMatch(/[\u2801-\u28FF]/);
	expect(after.listeners).toEqual(before.listeners);
	expect(after.globals).toEqual(before.globals);
	expect(before.loaded).toEqual([]);
	expect(after.loaded.sort()).toEqual(['canvas.js', 'line.js', 'utils.js']);
});
