// Loaded into the program before its own code (`node --import`), in the threads that it starts too: it is always the same
// moment, so that the same pictures come out on every day. Timers go on.
const frozen = Date.UTC(2026, 10, 25, 17, 20);
const Clock = Date;

globalThis.Date = class extends Clock {
	constructor(...parts) {
		super(...(parts.length === 0 ? [frozen] : parts));
	}

	static now() {
		return frozen;
	}
};
