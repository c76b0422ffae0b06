// Who wants to know of changes to which conversation, within this process.

export class Watchers {
  private readonly byId = new Map<string, Set<() => void>>();

  has(id: string): boolean {
    return this.byId.has(id);
  }

  ids(): IterableIterator<string> {
    return this.byId.keys();
  }

  add(id: string, listener: () => void): () => void {
    let set = this.byId.get(id);
    if (set === undefined) this.byId.set(id, (set = new Set()));
    set.add(listener);
    return () => {
      set.delete(listener);
      if (set.size === 0 && this.byId.get(id) === set) this.byId.delete(id);
    };
  }

  notify(id: string): void {
    for (const listener of this.byId.get(id) ?? []) listener();
  }
}
