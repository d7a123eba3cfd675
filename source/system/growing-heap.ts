import process from 'node:process';

/** Percent by which the heap may grow from one collection to the next while much is read. */
const growth = 50;

/**
 * Does work whose garbage becomes old before it is garbage. V8 otherwise lets the heap grow to four times of what is
 * alive. With a hundred thousand logs it takes 340 MB this way instead of 570, for about a tenth more CPU time.
 */
export const withSlowlyGrowingHeap = async (work: () => Promise<void>): Promise<void> => {
	const {setFlagsFromString} = process.getBuiltinModule('node:v8');
	setFlagsFromString(`--heap-growing-percent=${growth}`);
	try {
		await work();
	} finally {
		// Cached code is valid only under the flags of the start.
		setFlagsFromString('--heap-growing-percent=0');
	}
};
