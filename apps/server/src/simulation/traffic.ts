import { visit, type Visited, type Visitors } from './visitors.js';

/** Visits side by side: enough to keep a server busy, few enough that none takes long. */
const AT_ONCE = 32;

/** Visits one after the other, told in the order in which they began. */
export class Traffic {
  private next = 0;
  private told = 0;
  private readonly over = new Map<number, Visited>();

  constructor(
    private readonly visitors: Visitors,
    private readonly onVisit: (visited: Visited) => void,
  ) {}

  /** Goes on for so many visits, or until it is said that these are enough, which is asked before each. */
  async go(visits: number, isEnough: () => boolean = () => false): Promise<void> {
    const end = this.next + visits;
    const one = async () => {
      while (this.next < end && !isEnough()) {
        const visited = await visit(this.visitors, this.next++);
        this.over.set(visited.visit, visited);
        this.tell();
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, one));
  }

  private tell(): void {
    for (let each; (each = this.over.get(this.told)) !== undefined; this.told++) {
      this.over.delete(this.told);
      this.onVisit(each);
    }
  }
}
