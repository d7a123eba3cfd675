import process from 'node:process';

/** Percent by which the heap may grow from one collection to the next while much is read. */
const growth = 50;

/** Number of works that go on. */
let working = 0;

/**
 * Does work whose garbage becomes old before it is garbage. V8 otherwise lets the heap grow to four times of what is
 * alive. With a hundred thousand logs it takes 340 MB this way instead of 570, for about a tenth more CPU time.
 */
export const withSlowlyGrowingHeap = async (work: () => Promise<void>): Promise<void> => {
	const {setFlagsFromString} = process.getBuiltinModule('node:v8');
	working++;
	setFlagsFromString(`--heap-growing-percent=${growth}`);
	try {
		await work();
	} finally {
		working--;
		if (working === 0) {
			letHeapGrow();
		}
	}
};

/** Restores V8's own way. Cached code is valid only under the flags of the start, so it is called before code is saved. */
export const letHeapGrow = (): void => {
	process.getBuiltinModule('node:v8').setFlagsFromString('--heap-growing-percent=0');
};
