import {mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {test, vi} from 'vitest';
import {openTerminal} from '../support/terminal-session.js';

const breaksPage = {keys: '\t\t\t\t', ready: /cause.*when/} as const;

/** The pictures of the readme: the program in a terminal of some size, after some keys. */
const shots = [
	{name: 'dashboard', columns: 110, rows: 34, steps: []},
	// The most expensive single break of the demo is one that a command caused.
	{name: 'thread', columns: 110, rows: 34, steps: [breaksPage, {keys: '\r', ready: /Prompt tokens/}]},
	{name: 'breaks', columns: 110, rows: 30, steps: [breaksPage]},
] as const;
const grounds = ['dark', 'light'] as const;

const clock = `--import ${new URL('frozen-clock.mjs', import.meta.url).href}`;

// Not a test of anything: `npm run media` takes the pictures anew, as a user would, with the export key.
test.each(shots.flatMap(shot => grounds.map(ground => ({...shot, ground}))))(
	'$name, $ground',
	async ({name, ground, columns, rows, steps}) => {
		const folder = mkdtempSync(join(tmpdir(), 'hitrate-media-'));
		const session = openTerminal(['--demo', '--tz', 'UTC', '--theme', ground, '--export-dir', folder], {
			columns,
			rows,
			// Nothing that was chosen or kept before.
			env: {NODE_OPTIONS: clock, HOME: folder, XDG_CONFIG_HOME: folder, XDG_DATA_HOME: folder},
		});
		try {
			await session.shows(/\d % +hit rate/);
			await session.shows(/Why cache was lost/);
			for (const {keys, ready} of steps) {
				session.type(keys);
				await session.shows(ready);
			}
			session.type('e');
			const picture = await vi.waitUntil(() => readdirSync(folder).find(file => file.endsWith('.svg')), {
				timeout: 10_000,
			});
			writeFileSync(
				join(import.meta.dirname, `../../media/${name}-${ground}.svg`),
				readFileSync(join(folder, picture)),
			);
		} finally {
			await session.close();
			rmSync(folder, {recursive: true, force: true});
		}
	},
);
