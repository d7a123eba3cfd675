import type {ChildProcess} from 'node:child_process';
import {once} from 'node:events';
import {readdirSync, statSync} from 'node:fs';
import {join} from 'node:path';
import {setTimeout as wait} from 'node:timers/promises';
import type {Random} from '../../source/demo/random.js';

/** When in the life of a process it is to be killed. */
export type Moment =
	| 'start'
	| 'reading'
	/** A moment after something changed in the folder of the store. */
	| 'storing'
	/** With the first byte that it prints. */
	| 'end';

export type Life = {
	readonly child: ChildProcess;
	readonly store: string;
	/** Milliseconds that it takes undisturbed. */
	readonly length: number;
	readonly random: Random;
};

/** Sizes and times of what is in a folder; empty where there is none. */
const stateOf = (folder: string): string => {
	try {
		return readdirSync(folder)
			.map(name => {
				const {size, mtimeMs} = statSync(join(folder, name));
				return `${name} ${size} ${mtimeMs}`;
			})
			.join('\n');
	} catch {
		// Files of the store come and go.
		return '';
	}
};

/** How long starting takes at most, milliseconds. */
const starting = 150;

/** Resolves at the moment; later than the end of the process where it has no such moment. */
export const momentOf = async (moment: Moment, {child, store, length, random}: Life): Promise<void> => {
	switch (moment) {
		case 'start':
			return wait(random.next() * starting);
		case 'reading':
			return wait(starting + random.next() * Math.max(0, length - starting));
		case 'storing': {
			const before = stateOf(store);
			let ended = false;
			child.once('exit', () => {
				ended = true;
			});
			while (!ended && stateOf(store) === before) {
				await wait(1);
			}
			return wait(random.next() * (random.chance(0.5) ? 5 : 100));
		}
		case 'end':
			await Promise.race([once(child.stdout ?? child, 'data'), once(child, 'exit')]);
	}
};
