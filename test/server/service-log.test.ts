import {expect, test} from 'vitest';
import {isJournal, logTo} from '../../source/server/service-log.js';

test('lines are one each, with a time where nobody else notes it, and the same one once an hour', () => {
	let now = Date.UTC(2026, 10, 22, 9);
	const written: string[] = [];
	const say = logTo({write: text => written.push(text), timed: true, now: () => now});
	say('a\nb\u001b[2J');
	say('again');
	now += 59 * 60_000;
	say('again');
	now += 60_000;
	say('again');
	expect(written).toEqual([
		'2026-11-22T09:00:00.000Z hitrate: a\uFFFDb\uFFFD[2J\n',
		'2026-11-22T09:00:00.000Z hitrate: again\n',
		'2026-11-22T10:00:00.000Z hitrate: again\n',
	]);
	logTo({write: text => written.push(text), timed: false, now: () => now})('plain');
	expect(written.at(-1)).toBe('hitrate: plain\n');
});

test('the journal is known by the file that systemd names', () => {
	expect(isJournal({JOURNAL_STREAM: '9:1234'}, {dev: 9, ino: 1234})).toBe(true);
	// Standard error was redirected to a file.
	expect(isJournal({JOURNAL_STREAM: '9:1234'}, {dev: 9, ino: 4321})).toBe(false);
	expect(isJournal({}, {dev: 9, ino: 1234})).toBe(false);
});
