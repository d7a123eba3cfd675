import {scannerCode} from './scanner-code.js';

/** The exports of `assembly/index.ts`: functions on addresses in the module's memory, and addresses. */
export type ScannerModule = {
	readonly memory: {readonly buffer: ArrayBuffer};
	readonly buffer: {readonly value: number};
	readonly capacity: {readonly value: number};
	readonly margin: {readonly value: number};
	readonly records: {readonly value: number};
	readonly names: {readonly value: number};
	readonly texts: {readonly value: number};
	scan(from: number, end: number, needle: number): number;
	scannedTo(): number;
	countLines(from: number, end: number): number;
	readObject(start: number, end: number, node: number): number;
	matchLayout(layout: number, start: number): number;
	nameCount(): number;
	forgetNames(): void;
};

/** The parts of Node's `WebAssembly` that are used; its types are part of the browsers' types. */
declare const WebAssembly: {
	readonly Module: new (bytes: Uint8Array) => object;
	readonly Instance: new (module: object) => {readonly exports: ScannerModule};
};

let shared: ScannerModule | null | undefined;

/** The module of this thread; undefined without WebAssembly SIMD. */
export const scannerModule = (): ScannerModule | undefined => {
	if (shared === undefined) {
		try {
			const module = new WebAssembly.Module(scannerCode());
			shared = new WebAssembly.Instance(module).exports;
		} catch {
			shared = null;
		}
	}
	return shared ?? undefined;
};
