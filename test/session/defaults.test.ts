import {expect, test} from 'vitest';
import {type Flags, withDefaults} from '../../source/session/defaults.js';
import type {Settings} from '../../source/settings/schema.js';

const settings: Settings = {
	sources: ['logs/worker.log'],
	exec: ['docker logs -f web'],
	window: '7d',
	tz: 'Europe/Berlin',
	model: 'claude-haiku-4-5',
	prices: {a: '1,0.1'},
	color: false,
	store: false,
	retention: 30,
};

const found = (sources: readonly string[], flags: Flags) => withDefaults(sources, flags, settings);

test('the config file says what no flag does', () => {
	const {sources, flags} = found([], {});
	expect(sources).toEqual(['logs/worker.log']);
	expect(flags).toMatchObject({
		exec: ['docker logs -f web'],
		window: '7d',
		tz: 'Europe/Berlin',
		planModel: 'claude-haiku-4-5',
		price: ['a=1,0.1'],
		color: false,
		store: false,
		retention: '30',
	});
	// That file's model prices requests without one; it does not filter.
	expect(flags.model).toBeUndefined();
});

test.each<[readonly string[], Flags]>([
	[['other.log'], {}],
	[[], {logFile: ['other.log']}],
	[[], {exec: ['tail -F x']}],
	[[], {demo: true}],
])('a source that is named replaces all of the file: %j %j', (named, given) => {
	const {sources, flags} = found(named, given);
	expect(sources).toEqual(named);
	expect(flags.exec).toEqual(given.exec);
});

test.each<Flags>([{days: '2'}, {window: '1h'}, {since: 'yesterday'}, {until: 'now'}, {sinceMark: 'deploy'}])(
	'a window that is named replaces that of the file: %j',
	given => {
		expect(found([], given).flags.window).toBe(given.window);
	},
);

test('flags win, and prices add up: the last of a model holds', () => {
	const {flags} = found([], {tz: 'UTC', retention: '1', price: ['a=2,0.2']});
	expect(flags).toMatchObject({tz: 'UTC', retention: '1', price: ['a=1,0.1', 'a=2,0.2']});
	expect(withDefaults([], {}, {}).flags).toMatchObject({color: true, mouse: true, store: true});
	expect(withDefaults([], {color: false}, {color: true}).flags.color).toBe(false);
});
