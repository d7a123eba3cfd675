import {mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {test, vi} from 'vitest';
import {openTerminal} from '../support/terminal-session.js';

const breaksPage = {keys: '\t\t\t\t', ready: /cause.*when/} as const;

/** The pictures of the readme: the program in a terminal of some size, after some keys. */
const shots = [
	{name: 'dashboard', columns: 120, rows: 38, steps: [{keys: '', ready: /What to do/}]},
	// The most expensive single break of the demo is one that a command caused.
	{name: 'thread', columns: 120, rows: 40, steps: [breaksPage, {keys: '\r', ready: /Prompt tokens/}]},
	{name: 'breaks', columns: 120, rows: 30, steps: [breaksPage]},
	{name: 'small', columns: 80, rows: 24, steps: [{keys: '5', ready: /last 7 d/}]},
] as const;

// Not a test of anything: `npm run media` takes the pictures anew, as a user would, with the export key.
test.each(shots)('$name', async ({name, columns, rows, steps}) => {
	const folder = mkdtempSync(join(tmpdir(), 'hitrate-media-'));
	const session = openTerminal(['--demo', '--tz', 'UTC', '--export-dir', folder], {columns, rows});
	try {
		await session.shows(/\d % +hit rate/);
		for (const {keys, ready} of steps) {
			session.type(keys);
			await session.shows(ready);
		}
		session.type('e');
		const picture = await vi.waitUntil(() => readdirSync(folder).find(file => file.endsWith('.svg')), {
			timeout: 10_000,
		});
		writeFileSync(join(import.meta.dirname, `../../media/${name}.svg`), readFileSync(join(folder, picture)));
	} finally {
		await session.close();
		rmSync(folder, {recursive: true, force: true});
	}
});
