import { relative, resolve } from 'node:path';
import { Project } from 'ts-morph';
import * as assert from 'uvu/assert';
import { describe } from './support/suite.js';

interface Import {
  readonly from: string;
  /** A path in the project, or a package's name. */
  readonly to: string;
  /** Loads what it names when the module itself is loaded, and not later or, as for types, never. */
  readonly isLoading: boolean;
}

const imports = readImports();

/** Who may import whom: each sentence is one test. */
describe('architecture', (test) => {
  test('imports were found', () => {
    assert.ok(imports.length > 100);
  });

  test('a phase imports no other phase', () => {
    expectNone(({ from, to }) => {
      const phase = phaseOf(from);
      const other = phaseOf(to);
      return phase !== undefined && other !== undefined && phase !== other;
    });
  });

  test('the compiler does not import the runtime', () => {
    expectNone(({ from, to }) => from.startsWith('compiler/') && to.startsWith('runtime/'));
  });

  test('the runtime imports the compiler through doors of its own only', () => {
    expectNone(
      ({ from, to }) =>
        from.startsWith('runtime/') &&
        to.startsWith('compiler/') &&
        to !== 'compiler/for-runtime.ts' &&
        // Both programs treat their command lines alike.
        to !== 'compiler/cli/command-line.ts' &&
        to !== 'compiler/cli/filter-options.ts' &&
        to !== 'compiler/cli/for-netcap.ts',
    );
  });

  test('only a command that compiles loads the compiler', () => {
    const others = ['netcap', 'run', 'list', 'match', 'verify', 'doctor'];
    const loaded = loadedBy(others.map((name) => `runtime/cli/${name}.ts`));
    assert.ok(loaded.has('compiler/object/manifest.ts'), 'they load something of it');
    assert.not(loaded.has('compiler/compile.ts'));
    // What an object says of itself is a type and a number.
    const phases = [...loaded].filter((path) => phaseOf(path) !== undefined);
    assert.equal(phases, ['compiler/5-emit/manifest.ts']);
  });

  test('ast, ir, names, target and diagnostics are leaves', () => {
    const leaf = /^compiler\/(ast|ir|names|target|diagnostics)\//;
    expectNone(({ from, to }) => leaf.test(from) && to.startsWith('compiler/') && !leaf.test(to));
  });

  test('nothing imports a command line interface but another', () => {
    const cli = /^(compiler|runtime)\/cli\//;
    expectNone(({ from, to }) => cli.test(to) && !cli.test(from) && !from.startsWith('test/'));
  });

  test('commander stays in the command line interfaces', () => {
    expectNone(({ from, to }) => to === 'commander' && !/^(compiler|runtime)\/cli\//.test(from));
  });

  test('koffi stays in runtime/ffi', () => {
    expectNone(({ from, to }) => to === 'koffi' && !from.startsWith('runtime/ffi/'));
  });

  test('ts-morph stays in the generator and the tests', () => {
    expectNone(
      ({ from, to }) =>
        to === 'ts-morph' && from !== 'runtime/events/generate.ts' && !from.startsWith('test/'),
    );
  });

  test('the product does not import its tests', () => {
    expectNone(({ from, to }) => /^(test|fuzz)\//.test(to) && /^(compiler|runtime)\//.test(from));
  });
});

function expectNone(isForbidden: (one: Import) => boolean): void {
  const found = imports.filter(isForbidden).map(({ from, to }) => `${from} -> ${to}`);
  assert.equal(found, []);
}

/** These modules and all that are loaded with them. */
function loadedBy(modules: readonly string[]): ReadonlySet<string> {
  const loaded = new Set(modules);
  for (const module of loaded)
    for (const { from, to, isLoading } of imports) if (from === module && isLoading) loaded.add(to);
  return loaded;
}

function phaseOf(path: string): string | undefined {
  return /^compiler\/(\d-[a-z]+)\//.exec(path)?.[1];
}

function readImports(): readonly Import[] {
  const project = new Project({ skipAddingFilesFromTsConfig: true });
  project.addSourceFilesAtPaths(['compiler/**/*.ts', 'runtime/**/*.ts', 'test/**/*.ts']);
  return project.getSourceFiles().flatMap((file) => {
    const from = relative('.', file.getFilePath());
    const declarations = [...file.getImportDeclarations(), ...file.getExportDeclarations()];
    const specifiers = [
      ...declarations.map((one) => [one.getModuleSpecifierValue(), !one.isTypeOnly()] as const),
      ...Array.from(
        file.getFullText().matchAll(/\bimport\('([^']+)'\)/g),
        ([, name]) => [name, false] as const,
      ),
    ];
    return specifiers.flatMap(([specifier, isLoading]) => {
      if (specifier === undefined) return [];
      const target = resolve(file.getDirectoryPath(), specifier).replace(/\.js$/, '.ts');
      const to = specifier.startsWith('.') ? relative('.', target) : specifier;
      return { from, to, isLoading };
    });
  });
}
