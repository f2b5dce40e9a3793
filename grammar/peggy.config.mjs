/** Generates grammar/parser.js and parser.d.ts: `npx peggy -c grammar/peggy.config.mjs`. */
export default {
  input: 'grammar/filter.peggy',
  output: 'grammar/parser.js',
  format: 'es',
  dts: true,
  allowedStartRules: ['Filter', 'Values'],
  returnTypes: {
    Filter: "import('../compiler/ast/nodes.js').Node | null",
    Values: "readonly import('../compiler/ast/nodes.js').Literal[]",
  },
};
