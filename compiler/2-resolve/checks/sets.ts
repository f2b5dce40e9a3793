/** What is in either set. */
export function unite<Item>(left: ReadonlySet<Item>, right: ReadonlySet<Item>): ReadonlySet<Item> {
  if (right.size === 0) return left;
  return left.size === 0 ? right : new Set([...left, ...right]);
}

/** What is in both sets. */
export function intersect<Item>(
  left: ReadonlySet<Item>,
  right: ReadonlySet<Item>,
): ReadonlySet<Item> {
  return new Set([...left].filter((item) => right.has(item)));
}
