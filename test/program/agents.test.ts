import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import Database from 'libsql';
import {expect, onTestFinished, test} from 'vitest';
import {agentsIn} from '../support/agent-home.js';
import {openTerminal} from '../support/terminal-session.js';

test('one answer more of each agent is on the screen, also of databases that are being written', async () => {
	const home = mkdtempSync(join(tmpdir(), 'hitrate-home-'));
	onTestFinished(() => rmSync(home, {recursive: true, force: true}));
	const agents = agentsIn(home);
	onTestFinished(() => {
		for (const {close} of agents) {
			close();
		}
	});
	const screen = openTerminal(['--window', 'all'], {
		cwd: home,
		env: {HOME: home, XDG_CONFIG_HOME: join(home, '.config'), XDG_DATA_HOME: join(home, '.local/share')},
	});
	onTestFinished(screen.close);
	let requests = agents.reduce((sum, {begun}) => sum + begun, 0);
	await screen.shows(new RegExp(`\\b${requests} requests`));
	for (const {format, begun, add} of agents) {
		add();
		requests += 2 - begun;
		await screen.shows(new RegExp(`\\b${requests} requests`)).catch((error: unknown) => {
			throw new Error(`nothing of ${format} appeared:\n${screen.screen()}`, {cause: error});
		});
	}

	// While a transaction is under way: what was committed before it is shown, its own rows are when it has ended.
	const writer = new Database(join(home, '.copilot/session-store.db'));
	onTestFinished(() => void writer.close());
	const insert = (input: number) =>
		`INSERT INTO assistant_usage_events VALUES (NULL, 's1', 'm', ${input}, 5, 0, 800, '2026-11-20 10:00:05')`;
	writer.exec(insert(2001));
	writer.exec('BEGIN IMMEDIATE');
	writer.exec(insert(2002));
	await screen.shows(new RegExp(`\\b${requests + 1} requests`));
	writer.exec('COMMIT');
	await screen.shows(new RegExp(`\\b${requests + 2} requests`));
	screen.type('!');
	await screen.shows(/Sources/);
	expect(screen.screen()).not.toMatch(/problem/i);
});
