import {expect, test} from 'vitest';
import {memberLimits} from '../../source/scanner/member-places.js';
import {memberTable} from '../../source/scanner/member-table.js';

const {mostMembers, longestName} = memberLimits;

const named = (...names: readonly string[]) => names.map(name => ({name, inside: []}));

test('what the module has no room for is refused', () => {
	const most = Array.from({length: mostMembers}, (_, index) => `m${index}`);
	expect(memberTable(named(...most), 0).length).toBeGreaterThan(0);
	expect(() => memberTable(named(...most, 'more'), 0)).toThrow(RangeError);
	expect(memberTable(named('n'.repeat(longestName)), 0).length).toBeGreaterThan(0);
	// Its length is counted in bytes.
	expect(() => memberTable(named('é'.repeat(longestName)), 0)).toThrow(RangeError);
	expect(() => memberTable([{name: 'outer', inside: named('n'.repeat(longestName + 1))}], 0)).toThrow(RangeError);
});
