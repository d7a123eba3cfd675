import fc from 'fast-check';
import {expect, test} from 'vitest';
import {Recency} from '../../../../../source/formats/backends/agentpress/conversations/recency.js';

type Item = {readonly name: number; earlier: Item | undefined; later: Item | undefined};

test('items are in the order of their last use, as in a list from which each is taken before it is put at the end', () => {
	const step = fc.record({name: fc.nat(8), removes: fc.boolean()});
	fc.assert(
		fc.property(fc.array(step, {maxLength: 60}), steps => {
			const items = Array.from({length: 9}, (_, name): Item => ({name, earlier: undefined, later: undefined}));
			const recency = new Recency<Item>();
			let expected: readonly number[] = [];
			for (const {name, removes} of steps) {
				expected = expected.filter(other => other !== name);
				if (removes) {
					recency.remove(items[name] as Item);
				} else {
					recency.use(items[name] as Item);
					expected = [...expected, name];
				}
				expect([...recency].map(item => item.name)).toEqual(expected);
				expect(recency.latest?.name).toBe(expected.at(-1));
			}
		}),
	);
});

test('those that are walked over may be removed', () => {
	const items = Array.from({length: 4}, (_, name): Item => ({name, earlier: undefined, later: undefined}));
	const recency = new Recency<Item>();
	items.forEach(item => {
		recency.use(item);
	});
	for (const item of recency) {
		if (item.name < 2) {
			recency.remove(item);
		}
	}
	expect([...recency].map(({name}) => name)).toEqual([2, 3]);
});
