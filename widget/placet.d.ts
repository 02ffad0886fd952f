/** Placeholder until the first release of the types. */
export {};
