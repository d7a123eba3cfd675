/**
 * `npm run check:package`: packs hitrate as it would be published, installs it into an empty folder, and runs it on each
 * release of Node that it is for.
 */

import {execFileSync} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync, statSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import process from 'node:process';

const releases = ['20', '22', '24'];
/** No release is larger without somebody having decided so; bytes. */
const largest = 640_000;

const folder = mkdtempSync(join(tmpdir(), 'hitrate-package-'));
const run = (program, args, options = {}) =>
	execFileSync(program, args, {encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'], ...options});

try {
	const [{filename, size}] = JSON.parse(run('npm', ['pack', '--json', '--pack-destination', folder]));
	console.log(`packed: ${Math.round(size / 1000)} kB`);
	if (size > largest) {
		throw new Error(`the package is larger than ${largest / 1000} kB`);
	}
	run('npm', ['init', '--yes'], {cwd: folder});
	run('npm', ['install', '--no-audit', '--no-fund', join(folder, filename)], {cwd: folder});
	const {version} = JSON.parse(readFileSync('package.json', 'utf8'));
	const program = join(folder, 'node_modules/hitrate/dist/cli.js');
	statSync(program);
	const env = {...process.env, XDG_DATA_HOME: join(folder, 'data'), XDG_CACHE_HOME: join(folder, 'cache')};
	for (const release of releases) {
		const node = (...args) =>
			run('npm', ['exec', '--yes', `--package=node@${release}`, '--', 'node', ...args], {cwd: folder, env});
		const printed = node(program, '--version').trim();
		const report = JSON.parse(node(program, 'report', '--demo', '--json', '--no-events', '--window', '24h'));
		const page = node(program, 'report', '--demo', '--window', '24h');
		if (printed !== version || !(report.total_events > 0) || !page.includes('PROMPT CACHE REPORT')) {
			throw new Error(`Node ${release} does not run it as it should`);
		}
		console.log(
			`Node ${release} (${node('--version').trim()}): ${report.total_events} requests in the report of the demo`,
		);
	}
} finally {
	rmSync(folder, {recursive: true, force: true});
}
