import {extname} from 'node:path';
import {withoutCompression} from '../compressed/compression.js';

// 1, 20261123, 2025-10-20, 2025-10-20_08-15-30, 20251020-081530, 20261123-1763856000
const number = /^\d{1,4}$/;
const date = /^\d{4}-?\d{2}-?\d{2}(?:[-_.T]?\d[\d.:_-]*)?$/;
const mark = /[-._]{1,2}(?:old|\d[\d._:T-]*)$/;
const separator = /^[-._]{1,2}/;

const isNumber = (text: string): boolean => text.startsWith('.') && number.test(text.slice(1));

const isDate = (text: string): boolean => separator.test(text) && date.test(text.replace(separator, ''));

/**
 * True if `name` is a rotation of `base`, compressed or not. For `x.log`: `x.log.1`, `x.log.old`, `x.log-20261123`,
 * `x.log.2025-10-20`, `x-20261123.log`, `x.1.log`, each with or without `.gz`, `.zst`, `.xz` or `.bz2` (logrotate,
 * Python's RotatingFileHandler and TimedRotatingFileHandler, kubelet, PM2).
 */
export const isRotationOf = (base: string, name: string): boolean => {
	const plain = withoutCompression(name);
	if (plain.startsWith(base)) {
		const added = plain.slice(base.length);
		return added === '' ? plain !== name : added === '.old' || isNumber(added) || isDate(added);
	}

	const extension = extname(base);
	const stem = base.slice(0, base.length - extension.length);
	if (extension === '' || !plain.startsWith(stem) || !plain.endsWith(extension)) {
		return false;
	}

	const added = plain.slice(stem.length, plain.length - extension.length);
	return isNumber(added) || isDate(added);
};

/** Names of logs of which a file with this name may be a rotation, nearest first; few, and none for most names. */
export const rotatedFrom = (name: string): string[] => {
	const plain = withoutCompression(name);
	const extension = extname(plain);
	const stem = plain.slice(0, plain.length - extension.length);
	const bases = [plain, plain.replace(mark, ''), stem.replace(mark, '') + extension];
	return [...new Set(bases)].filter(base => base !== name && isRotationOf(base, name));
};
