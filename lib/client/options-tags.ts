import { distinctTags } from '../domain/tag.ts';

/** Tags as a person types them, between commas: trimmed, without repeats whatever their case. */
export function tagsOf(text: string): string[] {
  const typed = text.split(',').map((tag) => tag.trim());
  return distinctTags(typed.filter(Boolean));
}
