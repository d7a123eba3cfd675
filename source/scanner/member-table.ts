import {memberLimits} from './member-places.js';

/** A wanted member of objects. */
export type WantedMember = {
	readonly name: string;
	/** For objects, the members wanted inside. */
	readonly inside: readonly WantedMember[];
	/** Objects in which the value is none of these texts are irrelevant. Plain ASCII. */
	readonly among?: readonly string[] | undefined;
	/** Bits of the groups in which it is compared with the object before; missing or 0 for none. */
	readonly groups?: number | undefined;
	/** Texts that are looked for at the beginning of its value. Plain ASCII. */
	readonly telling?: readonly string[] | undefined;
};

/** Members and those inside them, in the order of their numbers. */
export const withInner = <Member extends {readonly inside: readonly Member[]}>(
	members: readonly Member[],
): readonly Member[] => members.flatMap(member => [member, ...withInner(member.inside)]);

/** Maximum bytes of a table, far more than needed. */
const longestTable = 1 << 15;
const watchedAt = 4 * (memberLimits.longestName + 1);
const nodeLength = watchedAt + 4;

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
		const list = take(4 + 8 * texts.length);
		write(list, texts.length, ...texts.flatMap(text => [text.length, writeText(text)]));
		return place + list;
	};
	const writeWatched = (): void => {
		const watched = all.filter(({groups = 0, telling = []}) => groups > 0 || telling.length > 0);
		const list = take(4 + 16 * watched.length);
		let bit = 0;
		const entries = watched.flatMap(member => {
			const {groups = 0, telling = []} = member;
			const first = bit;
			bit += telling.length;
			return [all.indexOf(member), groups, telling.length === 0 ? 0 : writeTexts(telling), first];
		});
		write(list, watched.length, ...entries);
		write(watchedAt, watched.length === 0 ? 0 : place + list);
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
				const texts = member.among ? writeTexts(member.among.map(text => JSON.stringify(text))) : 0;
				write(list + 4 + 16 * index, all.indexOf(member), writeText(member.name), inside, texts);
			}
		}
		return place + node;
	};
	writeNode(members);
	writeWatched();
	return table.subarray(0, free);
};
