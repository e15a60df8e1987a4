/** Tasks for the tests of the process runner: each does what a hostile document makes a parser do. */
export const tasks = {
  echo: (input: unknown) => input,
  /** Never lets go of the thread. */
  burn: (_: unknown, report: (value: unknown) => void) => {
    report("burning");
    for (;;) Math.sqrt(Math.random());
  },
  /** As `burn`, but tells who it is. */
  burnTelling: async (_: unknown, report: (value: unknown) => void) => {
    report(process.pid);
    await new Promise((resolve) => setTimeout(resolve, 200));
    for (;;) Math.sqrt(Math.random());
  },
  /** Fills memory that is no heap, so that only the resident size tells. */
  hoard: (_: unknown, report: (value: unknown) => void) => {
    report("hoarding");
    const kept: Buffer[] = [];
    for (;;) kept.push(Buffer.alloc(4 * 1024 * 1024, kept.length % 250 + 1));
  },
  /** Fills the heap. */
  pile: () => {
    const kept: string[][] = [];
    for (;;) kept.push(Array.from({ length: 10_000 }, (_, index) => `${kept.length}-${index}`));
  },
  /** Waits for what never comes. */
  wait: (_: unknown, report: (value: unknown) => void) => {
    report(process.pid);
    return new Promise(() => {});
  },
  /** Ends the process as a fault of the engine would. */
  fall: () => process.kill(process.pid, "SIGSEGV"),
  surroundings: async () => ({ environment: Object.keys(process.env), priority: (await import("node:os")).getPriority() }),
  throws: () => {
    throw new RangeError("a mistake of ours");
  },
};
