export interface KnowledgeSearch {
  /** the article that is open; 'new' for one that is being written */
  open?: string
  text?: string
}

export function parseKnowledgeSearch(search: Record<string, unknown>): KnowledgeSearch {
  const { open, text } = search
  return {
    ...(typeof open === 'string' && open && { open }),
    ...(typeof text === 'string' && text && { text }),
  }
}
