import { suite } from 'uvu';

/** Registers a test of the suite that `describe` is building. */
export interface Test {
  (name: string, body: () => void | Promise<void>): void;
  /** Registers the test, or prints why it cannot run here. CI allows no such reason that a stranger's CI could mend. */
  skipUnless(missing: string | undefined, name: string, body: () => void | Promise<void>): void;
}

/**
 * Build one uvu suite and run it. A file that forgot uvu's `.run()` would pass with 0 tests, so test files only
 * ever call this. `missing` of `skipUnless` is the sentence that says what the machine lacks, or undefined.
 */
export function describe(name: string, body: (test: Test) => void): void {
  const tests = suite(name);
  const register = (title: string, run: () => void | Promise<void>) => tests(title, run);
  const skipUnless = (
    missing: string | undefined,
    title: string,
    run: () => void | Promise<void>,
  ) => {
    if (missing === undefined) tests(title, run);
    else {
      tests.skip(title);
      console.log(`skipped: ${name}: ${title}: ${missing}`);
    }
  };
  body(Object.assign(register, { skipUnless }));
  tests.run();
}
