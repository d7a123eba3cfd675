import {memberLimits, memberPlaces} from './member-places.js';

/** A member that is wanted of objects. */
export type WantedMember = {
	readonly name: string;
	/** Where its value is an object: which of its members are wanted. */
	readonly inside: readonly WantedMember[];
	/** An object in which the value is none of these texts is of no interest. Plain ASCII. */
	readonly among?: readonly string[] | undefined;
};

/** Members with those inside of them, in the order of their numbers. */
export const withInner = <Member extends {readonly inside: readonly Member[]}>(
	members: readonly Member[],
): readonly Member[] => members.flatMap(member => [member, ...withInner(member.inside)]);

const nodeLength = 4 * (memberLimits.longestName + 1);

/**
 * Puts what is wanted where the module looks for it, as `assembly/members.ts` describes it. Throws a `RangeError` where
 * that is too much.
 * @param memory the module's
 */
export const writeMemberTable = (memory: Buffer, members: readonly WantedMember[]): void => {
	const all = withInner(members);
	if (all.length > memberLimits.mostMembers) {
		throw new RangeError('more members than the module has room for');
	}
	let free: number = memberPlaces.memberTable;
	const take = (length: number): number => {
		const place = free;
		free += (length + 3) & ~3;
		return place;
	};
	const writeText = (text: string): number => {
		const place = take(Buffer.byteLength(text));
		memory.write(text, place);
		return place;
	};
	const writeTexts = (texts: readonly string[]): number => {
		const place = take(4 + 8 * texts.length);
		memory.writeInt32LE(texts.length, place);
		for (const [index, text] of texts.entries()) {
			const quoted = JSON.stringify(text);
			memory.writeInt32LE(quoted.length, place + 4 + 8 * index);
			memory.writeInt32LE(writeText(quoted), place + 8 + 8 * index);
		}
		return place;
	};
	const writeNode = (wanted: readonly WantedMember[]): number => {
		const node = take(nodeLength);
		memory.fill(0, node, node + nodeLength);
		for (const length of new Set(wanted.map(({name}) => Buffer.byteLength(name)))) {
			const group = wanted.filter(({name}) => Buffer.byteLength(name) === length);
			const list = take(4 + 16 * group.length);
			memory.writeInt32LE(list, node + 4 * length);
			memory.writeInt32LE(group.length, list);
			for (const [index, member] of group.entries()) {
				const place = list + 4 + 16 * index;
				memory.writeInt32LE(all.indexOf(member), place);
				memory.writeInt32LE(writeText(member.name), place + 4);
				memory.writeInt32LE(member.inside.length === 0 ? 0 : writeNode(member.inside), place + 8);
				memory.writeInt32LE(member.among ? writeTexts(member.among) : 0, place + 12);
			}
		}
		return node;
	};
	writeNode(members);
};
