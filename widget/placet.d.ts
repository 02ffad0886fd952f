/**
 * Placet in the page: `window.placet`, version 1.
 *
 * The loader defines it before any other script of the page runs. A script that may run earlier
 * queues its calls:
 *
 * ```js
 * window.placet = window.placet || [];
 * placet.push(p => p.on('change', state => console.log(state.purposes.analytics)));
 * ```
 *
 * Nothing here can grant anything: a grant is a person's click in Placet's own markup.
 */

/** What is allowed now. A copy: changing it changes nothing. */
export interface PlacetState {
  /** The site's id. */
  readonly site: string;
  /** The version of the policy that the page shows, counted from 1. */
  readonly version: number;
  /** Whether a choice that still holds was made. `false` means: nothing optional runs. */
  readonly chosen: boolean;
  /** Every purpose by its id (`data-category`): whether it is granted. Necessary ones are `true`. */
  readonly purposes: Readonly<Record<string, boolean>>;
  /** Every service by its id (`data-service`): whether it may run. Its own state wins over its purpose's. */
  readonly services: Readonly<Record<string, boolean>>;
}

export interface Placet {
  /** The version of this interface. Within it, members are only ever added. */
  readonly version: 1;
  /** Opens the preferences. Before a choice as after it; decides nothing. */
  show(): void;
  /** What is allowed now. */
  state(): PlacetState;
  /**
   * Calls `listener` after every change: a choice on this page, in another tab, or while the page lay
   * in the back/forward cache. Not for the choice that the page began with: ask `state()` for that.
   * Returns a function that ends it.
   */
  on(type: 'change', listener: (state: PlacetState) => void): () => void;
  /**
   * Takes back what was granted: for the purposes with these ids, or for all. Records it. Does
   * nothing where nothing of that is granted. Embeds are emptied at once, requests to the service's
   * addresses fail, and what it declares to store is removed; its scripts run on until the page is left.
   */
  withdraw(purposes?: readonly string[]): void;
  /** Calls `work` with this object, at once. Before the loader has run, the queue keeps it. */
  push(work: (placet: Placet) => void): void;
}

/** Dispatched on `document` after every change. */
export type PlacetChangeEvent = CustomEvent<PlacetState>;

declare global {
  interface Window {
    /** Before the loader has run: a queue of calls. */
    placet: Placet | Array<(placet: Placet) => void>;
  }
  interface DocumentEventMap {
    'placet:change': PlacetChangeEvent;
  }
}
