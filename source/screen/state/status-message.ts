import {isLasting, type Message} from '../presentation/message.js';

/** How long a message is shown, in milliseconds: long enough to read two paths. */
const messageTime = 8000;

type MessagesOptions = {
	readonly get: () => Message | undefined;
	readonly set: (message: Message | undefined) => void;
};

/**
 * The one message on the screen. It disappears after `messageTime` or with the next key, unless it describes work still
 * in progress.
 */
export class StatusMessage {
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

	/** Removes the message because a key was pressed; messages about work in progress stay. */
	dismiss(): void {
		const message = this.#options.get();
		if (message && !isLasting(message)) {
			clearTimeout(this.#timer);
			this.#options.set(undefined);
		}
	}

	/**
	 * Reports that files are being written, then their paths or the reason for the failure. A second export while one
	 * is running is ignored.
	 * @param write resolves with the paths; rejects with an error whose message is for the user
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

	/** Stops the timer. */
	close(): void {
		clearTimeout(this.#timer);
	}
}
