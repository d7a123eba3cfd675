import {EventLoopYield} from '../../event-loop-yield.js';
import type {Catalogue, Found} from '../catalogue.js';
import type {LogFolder} from '../log-folder.js';
import type {SetContext, SetLog} from '../set-log.js';
import {TreeFolder} from './tree-folder.js';

/** The transcripts in a folder and below. */
export class TranscriptTree implements Catalogue {
	readonly logs = new Map<string, SetLog>();
	readonly #root: TreeFolder;

	/**
	 * @param name of the folder, for people
	 * @param path of the folder, which need not exist yet
	 */
	constructor(name: string, path: string, context: SetContext) {
		this.#root = new TreeFolder(name, path, {context, logs: this.logs});
	}

	get folders(): Iterable<LogFolder> {
		return this.#root.all();
	}

	forget(id: string): void {
		this.logs.delete(id);
	}

	async list(folders: readonly LogFolder[]): Promise<Found> {
		const eventLoop = new EventLoopYield();
		const logs: SetLog[] = [];
		const found: LogFolder[] = [];
		const gone: LogFolder[] = [];
		const replaced: LogFolder[] = [];
		for (const folder of folders) {
			await eventLoop.yieldIfDue();
			const there = (folder as TreeFolder).list();
			for (const log of there.logs) {
				logs.push(log);
			}

			found.push(...there.folders);
			gone.push(...there.gone.flatMap(folder => [...folder.all()]));
			if (there.isReplaced) {
				replaced.push(folder);
			}
		}

		return {logs, folders: found, unlisted: found, gone, replaced};
	}
}
