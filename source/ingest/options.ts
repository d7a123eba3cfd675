import type {Format, FormatContext} from '../formats/format.js';
import type {Position} from '../sources/file/position.js';
import type {RemoteCursor} from '../sources/remote-cursor.js';
import type {LocalLedger} from '../store/local-ledger.js';
import type {Batch} from '../store/store.js';

/** What reading logs into a store depends on, beside the store. */
export type IngestOptions = Omit<FormatContext, 'source' | 'lineAt' | 'onRequest' | 'onRetract'> & {
	readonly formats: readonly Format[];
	readonly now: () => number;
	/** Called after anything changed, often. */
	readonly onChange: () => void;
	/** How far a log has been read, by its id; without it the next process begins at its start. */
	readonly positionOf?: ((log: string) => Position | RemoteCursor | undefined) | undefined;
	/**
	 * Called for a log without news for long, when it is kept how far it was read. True where the source holds nothing of it
	 * from now on, and goes on from what is kept.
	 */
	readonly onRest?: ((log: string) => boolean) | undefined;
	/** Leaves out of a batch what another source told already, given what is kept so far. */
	readonly withoutRepeats?: ((batch: Batch, kept: Pick<LocalLedger, 'requests'>) => Batch) | undefined;
};
