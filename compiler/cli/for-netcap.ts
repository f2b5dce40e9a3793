/** What netcap needs of the compiler to compile a filter itself. Loads all of it: to be imported when it is needed. */
export { compileObject, identifyBuild } from '../object/clang.js';
export { compileFilter, type FilterArguments } from './compile-filter.js';
