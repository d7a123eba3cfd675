import {expect, test} from 'vitest';
import {emptyTally} from '../../source/formats/format.js';
import {statesVersion} from '../../source/formats/state/saved-state.js';
import {SavedReadings} from '../../source/ingest/saved-readings.js';
import type {Cursor} from '../../source/store/cursor.js';

const cursorOf = (states: number | undefined): Cursor => ({
	position: {mark: '7'},
	format: 'codex',
	session: {},
	...(states !== undefined && {states}),
	tally: emptyTally(),
	isOpen: false,
	read: 5,
	lines: 1,
});
const readings = (states: number | undefined) =>
	new SavedReadings({cursor: () => cursorOf(states), glance: () => undefined});

test('a log goes on where it was', () => {
	const saved = readings(statesVersion);
	expect(saved.beginRows('a')).toEqual({mark: '7'});
	expect(saved.take('a')?.cursor?.format).toBe('codex');
});

test.each([undefined, statesVersion + 1])(
	'a log whose state another version saved (%s) is read again from its start',
	states => {
		const saved = readings(states);
		expect(saved.beginRows('a')).toBeUndefined();
		expect(saved.take('a')).toEqual({cursor: undefined, glance: undefined});
		expect(saved.positionOf('a')).toBeUndefined();
	},
);
