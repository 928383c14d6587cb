interface Person {
  id: string;
  name: string;
}

/** Who is meant by `@Name` in a text; the longest name that fits is meant. */
export function mentionedIn(text: string, people: readonly Person[]): string[] {
  const longest = [...people].sort((one, other) => other.name.length - one.name.length);
  let rest = text;
  const found: string[] = [];
  for (const { id, name } of longest) {
    if (!rest.includes(`@${name}`)) continue;
    rest = rest.replaceAll(`@${name}`, '');
    found.push(id);
  }
  return found;
}
