import {scannerWasm} from './scanner-wasm.js';

/** The compiled scanner as bytes. The build replaces this module by one that reads a file (`.scripts/build.js`). */
export const scannerCode = (): Uint8Array => Buffer.from(scannerWasm, 'base64');
