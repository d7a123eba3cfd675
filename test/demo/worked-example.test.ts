import {expect, test} from 'vitest';
import {workedExampleEvents, workedExampleFigures, workedExampleLog} from '../support/worked-example.js';

test('the worked example has exactly its figures', () => {
	const events = workedExampleEvents();
	const counts = new Map<number, number>();
	let tokens = 0;
	for (const {event} of events) {
		const match = /^🔥 Block (\d): Cached .*\((\d+) tokens/.exec(event);
		if (match !== null) {
			const block = Number(match[1]);
			counts.set(block, (counts.get(block) ?? 0) + 1);
			tokens += Number(match[2]);
		}
	}

	const starting = (start: string) => events.filter(({event}) => event.startsWith(start)).length;
	expect(starting('📊 Applying')).toBe(workedExampleFigures.requests);
	expect(starting('System prompt too small for caching')).toBe(workedExampleFigures.misses);
	expect(Object.fromEntries(counts)).toEqual(workedExampleFigures.blocks);
	expect(tokens).toBe(workedExampleFigures.markedTokens);
	expect(events.some(({event}) => /LLM|Usage|CACHE/.test(event))).toBe(false);
});

test('it is within the day before its end, in order', () => {
	const end = Date.UTC(2026, 0, 5);
	const times = workedExampleEvents({end}).map(({time}) => time);
	expect(times).toEqual([...times].sort((a, b) => a - b));
	expect(times[0]).toBeGreaterThan(end - 86_400_000);
	expect(times.at(-1)).toBeLessThan(end);
});

test('it renders in each way, and at info without what is said at debug', () => {
	expect(workedExampleLog('plain').split('\n').length).toBe(workedExampleEvents().length + 1);
	expect(workedExampleLog('colour')).toContain('\u001b[1m🔥 Block 1');
	expect(JSON.parse(workedExampleLog('json').split('\n')[0] ?? '').event).toMatch(/^📊 Applying/);
	expect(workedExampleLog('plain', {level: 'info'})).not.toContain('too small');
});
