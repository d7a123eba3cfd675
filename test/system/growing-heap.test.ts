import {Script} from 'node:vm';
import {expect, test} from 'vitest';
import {withSlowlyGrowingHeap} from '../../source/system/growing-heap.js';

const code = 'const one = () => 1; one()';

let scripts = 0;

/** True if V8 accepts cached code, which it looks at only for a script with a new name. */
const isAccepted = (cachedData: Buffer): boolean =>
	new Script(code, {cachedData, filename: `script-${scripts++}.js`}).cachedDataRejected === false;

test('the heap grows slowly only during the work, however that ends', async () => {
	const cached = new Script(code).createCachedData();
	const during: boolean[] = [];
	await withSlowlyGrowingHeap(async () => {
		during.push(isAccepted(cached));
	});
	expect(during).toEqual([false]);
	expect(isAccepted(cached)).toBe(true);

	let end = () => {};
	const longer = withSlowlyGrowingHeap(
		() =>
			new Promise(resolve => {
				end = resolve;
			}),
	);
	await withSlowlyGrowingHeap(async () => {});
	expect(isAccepted(cached)).toBe(false);
	end();
	await longer;
	expect(isAccepted(cached)).toBe(true);

	const failing = withSlowlyGrowingHeap(async () => {
		throw new Error('unreadable');
	});
	await expect(failing).rejects.toThrow('unreadable');
	expect(isAccepted(cached)).toBe(true);
});
