import type {ListName} from '../tabs.js';
import {breaks} from './breaks.js';
import type {MakeListing} from './listing.js';
import {models} from './models.js';
import {projects} from './projects.js';
import {requests} from './requests.js';
import {threads} from './threads.js';

/** All pages that are lists. A new list is a file, a row here and a row in `tabs.ts`. */
export const lists: Readonly<Record<ListName, MakeListing>> = {projects, threads, models, breaks, requests};
