import {memberLimits} from './member-places.js';

/** A wanted member of objects. */
export type WantedMember = {
	readonly name: string;
	/** For objects, the members wanted inside. */
	readonly inside: readonly WantedMember[];
	/** Objects in which the value is none of these texts are irrelevant. Plain ASCII. */
	readonly among?: readonly string[] | undefined;
};

/** Members and those inside them, in the order of their numbers. */
export const withInner = <Member extends {readonly inside: readonly Member[]}>(
	members: readonly Member[],
): readonly Member[] => members.flatMap(member => [member, ...withInner(member.inside)]);

/** Maximum bytes of a table, far more than needed. */
const longestTable = 1 << 15;
const nodeLength = 4 * (memberLimits.longestName + 1);

/**
 * The table for `assembly/members.ts`, starting with the node of the line's object. Throws a `RangeError` if it exceeds
 * the module's limits.
 * @param place its address in the module's memory
 */
export const memberTable = (members: readonly WantedMember[], place: number): Buffer => {
	const all = withInner(members);
	if (all.length > memberLimits.mostMembers) {
		throw new RangeError('more members than the module has room for');
	}
	if (all.some(({name}) => Buffer.byteLength(name) > memberLimits.longestName)) {
		throw new RangeError('a name of a member that is longer than the module has room for');
	}
	const table = Buffer.alloc(longestTable);
	let free = 0;
	const take = (length: number): number => {
		const taken = free;
		free += (length + 3) & ~3;
		return taken;
	};
	const write = (at: number, ...numbers: readonly number[]): void => {
		for (const [index, number] of numbers.entries()) {
			table.writeInt32LE(number, at + 4 * index);
		}
	};
	const writeText = (text: string): number => {
		const at = take(Buffer.byteLength(text));
		table.write(text, at);
		return place + at;
	};
	const writeTexts = (texts: readonly string[]): number => {
		const quoted = texts.map(text => JSON.stringify(text));
		const list = take(4 + 8 * texts.length);
		write(list, texts.length, ...quoted.flatMap(text => [text.length, writeText(text)]));
		return place + list;
	};
	const writeNode = (wanted: readonly WantedMember[]): number => {
		const node = take(nodeLength);
		for (const length of new Set(wanted.map(({name}) => Buffer.byteLength(name)))) {
			const group = wanted.filter(({name}) => Buffer.byteLength(name) === length);
			const list = take(4 + 16 * group.length);
			write(node + 4 * length, place + list);
			write(list, group.length);
			for (const [index, member] of group.entries()) {
				const inside = member.inside.length === 0 ? 0 : writeNode(member.inside);
				const texts = member.among ? writeTexts(member.among) : 0;
				write(list + 4 + 16 * index, all.indexOf(member), writeText(member.name), inside, texts);
			}
		}
		return place + node;
	};
	writeNode(members);
	return table.subarray(0, free);
};
