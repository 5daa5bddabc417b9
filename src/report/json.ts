/** Large values as JSON, piece by piece: the text of a comparison of many notices is longer than one string may be. */

const STEP = '  ';

/** The pieces of `JSON.stringify(value, null, 2)`. Arrays and objects are taken apart down to `depth`. */
export function* jsonPieces(value: unknown, depth = 4, indent = ''): Generator<string> {
  const inner = indent + STEP;
  if (depth === 0 || typeof value !== 'object' || value === null) {
    yield JSON.stringify(value, null, 2).replaceAll('\n', `\n${indent}`);
    return;
  }
  const members = Array.isArray(value)
    ? value.map((one: unknown) => ['', one ?? null] as const)
    : Object.entries(value).flatMap(([key, one]) =>
        one === undefined ? [] : [[`${JSON.stringify(key)}: `, one] as const],
      );
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  if (members.length === 0) {
    yield `${open}${close}`;
    return;
  }
  for (const [at, [key, member]] of members.entries()) {
    yield `${at === 0 ? open : ','}\n${inner}${key}`;
    yield* jsonPieces(member, depth - 1, inner);
  }
  yield `\n${indent}${close}`;
}
