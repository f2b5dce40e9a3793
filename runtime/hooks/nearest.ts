/** Up to `count` of the names that a user may have meant, best first: few edits away, or beginning alike. */
export function nearest(name: string, names: Iterable<string>, count: number): readonly string[] {
  const limit = Math.max(1, Math.floor(name.length / 3));
  const found: { readonly name: string; readonly distance: number }[] = [];
  for (const candidate of names) {
    if (candidate.length > 2 && (candidate.includes(name) || name.includes(candidate))) {
      // A forgotten or superfluous prefix or suffix is likelier than as many typing errors.
      found.push({ name: candidate, distance: 1 + Math.abs(candidate.length - name.length) / 8 });
    } else if (Math.abs(candidate.length - name.length) <= limit) {
      const distance = editDistance(name, candidate);
      if (distance <= limit) found.push({ name: candidate, distance });
    }
  }
  found.sort((a, b) => a.distance - b.distance || (a.name < b.name ? -1 : 1));
  return [...new Set(found.map((candidate) => candidate.name))].slice(0, count);
}

/** Insertions, deletions and replacements of a letter, and swaps of neighbours, that turn one word into the other. */
function editDistance(from: string, to: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let i = 1; i <= from.length; i++) {
    const row = [i];
    for (let j = 1; j <= to.length; j++) {
      const isSame = from[i - 1] === to[j - 1];
      let cost = Math.min(
        (last[j] ?? 0) + 1,
        (row[j - 1] ?? 0) + 1,
        (last[j - 1] ?? 0) + (isSame ? 0 : 1),
      );
      if (i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1]) {
        cost = Math.min(cost, (beforeLast[j - 2] ?? 0) + 1);
      }
      row.push(cost);
    }
    beforeLast = last;
    last = row;
  }
  return last[to.length] ?? 0;
}
