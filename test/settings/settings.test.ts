import {chmod, mkdir, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {UsageError} from '../../source/errors.js';
import type {Settings} from '../../source/settings/schema.js';
import {loadSettings} from '../../source/settings/settings.js';
import {withFolder} from '../support/program.js';

const nowhere = {env: {}, home: undefined, platform: 'linux'} as const;

const load = async (content: unknown, mode = 0o600): Promise<Settings> => {
	let settings: Settings = {};
	await withFolder(async folder => {
		const path = join(folder, 'config.json');
		await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content));
		await chmod(path, mode);
		try {
			settings = loadSettings({...nowhere, path});
		} catch (error) {
			throw error instanceof UsageError ? new UsageError(error.message.replaceAll(folder, '')) : error;
		}
	});
	return settings;
};

test('defaults for flags, and alerts with times as milliseconds', async () => {
	const written = {
		sources: ['/srv/api/logs'],
		exec: ['docker logs -f web'],
		window: '24h',
		tz: 'Europe/Berlin',
		logTz: 'UTC',
		format: 'agentpress',
		promptTokens: 'included',
		model: 'claude-sonnet-4-5',
		prices: {'house/model': '3,0.3', other: 'claude-sonnet-4-5'},
		color: false,
		ascii: true,
		theme: 'mono',
		exportDir: '/var/reports',
		store: true,
		retention: 90,
	};
	const alerts = {
		rules: ['hit_rate < 70', 'hit_rate drops 10'],
		minRequests: 20,
		window: '6h',
		hysteresis: 5,
		channels: [
			{type: 'slack', url: {env: 'SLACK'}},
			{type: 'webhook', url: 'https://example.com/a', secret: {env: 'SHARED'}},
			{type: 'email', url: 'smtp://mail.example.com', user: 'a', password: {env: 'P'}, to: ['a@b.c'], from: 'x <y@z>'},
			{type: 'command', command: 'wall'},
			{type: 'glitchtip', name: 'errors', dsn: {env: 'DSN'}},
		],
	};
	expect(await load({...written, alerts: {...alerts, cooldown: '90m'}})).toEqual({
		...written,
		alerts: {...alerts, cooldown: 5_400_000},
	});
});

test('is found in the usual place, where it may be missing', async () => {
	await withFolder(async folder => {
		const place = {env: {}, home: folder, platform: 'linux'} as const;
		expect(loadSettings(place)).toEqual({});
		await mkdir(join(folder, '.config/hitrate'), {recursive: true});
		await writeFile(join(folder, '.config/hitrate/config.json'), '{"window":"7d"}');
		expect(loadSettings(place)).toEqual({window: '7d'});
		expect(loadSettings({...place, env: {XDG_CONFIG_HOME: join(folder, '.config')}, home: undefined})).toEqual({
			window: '7d',
		});
		expect(loadSettings(nowhere)).toEqual({});
	});
});

test('a file that was named has to be one', async () => {
	await withFolder(async folder => {
		const refused = (path: string) => () => loadSettings({...nowhere, path});
		expect(refused(join(folder, 'none.json'))).toThrow(/none\.json: no such file\.$/);
		expect(refused(folder)).toThrow(/: this is not a settings file\.$/);
		expect(refused('/dev/zero')).toThrow(/: this is not a settings file\.$/);
	});
});

test.each<[unknown, string]>([
	[{windw: '24h'}, 'windw: unknown key. Did you mean "window"?'],
	[{alerts: {cooldwon: '6h'}}, 'alerts.cooldwon: unknown key. Did you mean "cooldown"?'],
	[{window: '2y'}, 'window: expected a length like 15m, 6h, 7d or 2w, or all.'],
	[{sources: '/srv'}, 'sources: expected a list of texts: ["…"].'],
	[{sources: ['/srv', '']}, 'sources[1]: this is empty.'],
	[
		{tz: 'Mars/Base'},
		'tz: unknown time zone "Mars/Base". Use a name like Europe/Berlin, UTC or whole hours like +02:00.',
	],
	[{retention: 0}, 'retention: expected a number of days above 0.'],
	[{color: 'no'}, 'color: expected true or false.'],
	[{alerts: {cooldown: '6 hours'}}, 'alerts.cooldown: expected a time like 90s, 30m, 6h or 2d.'],
	[{alerts: {cooldown: 6}}, 'alerts.cooldown: expected a time like 90s, 30m, 6h or 2d, in quotes.'],
	[{alerts: {minRequests: 1.5}}, 'alerts.minRequests: expected a whole number.'],
	[{alerts: {hysteresis: 200}}, 'alerts.hysteresis: expected a number from 0 to 100.'],
	[{alerts: []}, 'alerts: expected an object: {…}.'],
	[
		{alerts: {channels: [{type: 'slak', url: 'x'}]}},
		'alerts.channels[0].type: expected one of slack, webhook, email, command, glitchtip.',
	],
	[{alerts: {channels: [{type: 'slack'}]}}, 'alerts.channels[0].url: this is missing.'],
	[
		{alerts: {channels: [{type: 'slack', url: {evn: 'A'}}]}},
		'alerts.channels[0].url: expected a text, or {"env": "NAME"} for what an environment variable holds.',
	],
	[
		{alerts: {channels: [{type: 'slack', url: 'x', secret: 'y'}]}},
		'alerts.channels[0].secret: unknown key. Choose from type, name, url.',
	],
	[
		{alerts: {channels: [{type: 'email', url: 'smtp://a', to: ['ops']}]}},
		'alerts.channels[0].to[0]: expected a mail address.',
	],
	[
		{
			alerts: {
				channels: [
					{type: 'command', command: 'a'},
					{type: 'command', command: 'b'},
				],
			},
		},
		'alerts.channels: two channels have the same name: give each a "name" of its own.',
	],
	[{ascii: 1, color: 1}, 'color: expected true or false. (And 1 more.)'],
	[[], 'expected an object: {…}.'],
	['{\n"window": "24h",\n}', 'not valid JSON: line 3.'],
])('%j is refused in one line', async (content, message) => {
	await expect(load(content)).rejects.toThrow(new UsageError(`/config.json: ${message}`));
});

test('a price that is none is refused', async () => {
	await expect(load({prices: {house: '3'}})).rejects.toThrow(/^\/config\.json: prices: "house=3" is not a valid price/);
});

test('a broken file is not quoted: it may hold secrets', async () => {
	await expect(load('{"url": hunter2}')).rejects.not.toThrow(/hunter2/);
});

const channels = (...list: readonly object[]) => ({alerts: {channels: list}});

test.each([
	[{type: 'slack', url: 'https://hooks.slack.com/x'}],
	[{type: 'webhook', url: {env: 'A'}, secret: 'x'}],
	[{type: 'email', url: 'smtp://user:pass@mail.example.com', to: ['a@b.c']}],
	[{type: 'email', url: 'smtp://mail.example.com', password: 'x', to: ['a@b.c']}],
	[{type: 'command', command: 'wall'}],
	[{type: 'glitchtip', dsn: 'https://key@example.com/1'}],
])('%j in a file that others may read is refused', async channel => {
	for (const mode of [0o640, 0o604, 0o620]) {
		await expect(load(channels(channel), mode)).rejects.toThrow(
			'/config.json holds a secret, and others may read it. Run: chmod 600 /config.json',
		);
	}
	await expect(load(channels(channel), 0o400)).resolves.toBeDefined();
});

test.each([
	[{type: 'slack', url: {env: 'A'}}],
	[{type: 'email', url: 'smtp://mail.example.com', to: ['a@b.c'], password: {env: 'A'}}],
])('%j holds no secret, and everybody may read it', async channel => {
	await expect(load(channels(channel), 0o644)).resolves.toBeDefined();
});
