/** A document of a megabyte can break rules a hundred thousand times; nobody reads more faults than this. */
export const maximumFaults = 1_000;
