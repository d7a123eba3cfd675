import type {Format, FormatContext} from '../formats/format.js';
import type {Position} from '../sources/file/position.js';
import type {RemoteCursor} from '../sources/remote-cursor.js';
import type {LocalLedger} from '../store/local-ledger.js';
import type {Batch} from '../store/store.js';
import type {SavedReadings} from './saved-readings.js';

/** Options of reading logs into a store. */
export type IngestOptions = Omit<FormatContext, 'source' | 'lineAt' | 'onRequest' | 'onRetract'> & {
	readonly formats: readonly Format[];
	readonly now: () => number;
	/** Called often, after any change. */
	readonly onChange: () => void;
	/** The saved readings that the sources continue; by default, each log continues with what is saved at its first lines. */
	readonly saved?: SavedReadings | undefined;
	/** Returns the position of a log by its id; without it, the next process starts from the beginning. */
	readonly positionOf?: ((log: string) => Position | RemoteCursor | undefined) | undefined;
	/**
	 * Called for a log that has been idle for long, when its position is saved. Returns true if the source drops the
	 * position and continues from the saved one.
	 */
	readonly onRest?: ((log: string) => boolean) | undefined;
	/** Removes from a batch what another source has reported, given what is stored. */
	readonly withoutRepeats?: ((batch: Batch, kept: Pick<LocalLedger, 'requests'>) => Batch) | undefined;
};
