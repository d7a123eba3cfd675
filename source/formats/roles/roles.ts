import {objectIn, plainName, type View} from '../json/view.js';
import {type Role, roleNames} from './role-names.js';

/** A value under one of a role's names; a lower rank is a more specific name. */
type RoleValue = {readonly rank: number; readonly value: unknown};

/** The values of an object for each role, most specific name first. */
type Roles = ReadonlyMap<Role, readonly RoleValue[]>;

const byPath = new Map<string, {readonly role: Role; readonly rank: number}[]>();
/** Prefixes of paths: members that contain others. */
const prefixes = new Set<string>();
for (const [role, names] of Object.entries(roleNames)) {
	for (const [rank, name] of names.entries()) {
		const path = plainName(name);
		byPath.set(path, [...(byPath.get(path) ?? []), {role: role as Role, rank}]);
		for (let dot = path.indexOf('.'); dot > 0; dot = path.indexOf('.', dot + 1)) {
			prefixes.add(path.slice(0, dot));
		}
	}
}

const collect = (members: Iterable<readonly [string, unknown]>, prefix: string, into: Map<Role, RoleValue[]>): void => {
	for (const [name, value] of members) {
		const path = prefix + name;
		for (const {role, rank} of byPath.get(path) ?? []) {
			const told = into.get(role);
			if (told) {
				told.push({rank, value});
			} else {
				into.set(role, [{rank, value}]);
			}
		}
		const inner = prefixes.has(path) ? objectIn(value) : undefined;
		if (inner) {
			collect(
				Object.entries(inner).map(([key, part]) => [plainName(key), part] as const),
				`${path}.`,
				into,
			);
		}
	}
};

const known = new WeakMap<View, Roles>();

/** The roles of an object's members, found in a single pass. */
export const rolesIn = (view: View): Roles => {
	const before = known.get(view);
	if (before) {
		return before;
	}
	const roles = new Map<Role, RoleValue[]>();
	collect(view.members, '', roles);
	for (const told of roles.values()) {
		if (told.length > 1) {
			told.sort((one, other) => one.rank - other.rank);
		}
	}
	known.set(view, roles);
	return roles;
};

/** The values of a role, object by object. */
export const valuesOf = (views: readonly View[], role: Role): readonly unknown[] => {
	const values: unknown[] = [];
	for (const view of views) {
		for (const {value} of rolesIn(view).get(role) ?? []) {
			values.push(value);
		}
	}
	return values;
};
