import {isLasting, type Message} from '../presentation/message.js';

/** How long a message stays, in milliseconds: long enough to read two paths. */
const messageTime = 8000;

type MessagesOptions = {
	readonly get: () => Message | undefined;
	readonly set: (message: Message | undefined) => void;
};

/** The one message that is shown: it goes away by itself, or with the next key, unless it is about what still goes on. */
export class Messages {
	readonly #options: MessagesOptions;
	#timer: NodeJS.Timeout | undefined;

	constructor(options: MessagesOptions) {
		this.#options = options;
	}

	say(message: Message): void {
		clearTimeout(this.#timer);
		this.#options.set(message);
		if (!isLasting(message)) {
			this.#timer = setTimeout(() => this.#options.set(undefined), messageTime);
		}
	}

	/** A key was pressed: what is shown has been read. */
	dismiss(): void {
		const message = this.#options.get();
		if (message && !isLasting(message)) {
			clearTimeout(this.#timer);
			this.#options.set(undefined);
		}
	}

	/**
	 * Says that files are being written, and then which or why not; one export at a time.
	 * @param write resolves with the paths, rejects with an error for the user
	 */
	async export(write: () => Promise<readonly string[]>): Promise<void> {
		if (this.#options.get()?.kind === 'exporting') {
			return;
		}
		this.say({kind: 'exporting'});
		try {
			this.say({kind: 'exported', paths: await write()});
		} catch (error) {
			this.say({kind: 'failed', error});
		}
	}

	/** Ends the timer. */
	close(): void {
		clearTimeout(this.#timer);
	}
}
