/**
 * The compiled kernels. Every address is in bytes, in the memory of TensorFlow.js's WebAssembly backend;
 * all matrices are float32, row by row without gaps unless a stride says otherwise.
 */
export interface KernelExports {
  /**
   * C = f(op(A) · op(B) + bias); rows of A, as they lie, begin `aStride` numbers apart; `bias` `[columns]` or 0
   * for none; f, slope and slopes as `activate` has them; `scratch` as large as `scratchBytes` says.
   */
  matMul(
    transposeA: number,
    transposeB: number,
    rows: number,
    columns: number,
    depth: number,
    a: number,
    aStride: number,
    b: number,
    c: number,
    bias: number,
    kind: number,
    slope: number,
    slopes: number,
    scratch: number,
  ): void;
  /** x ← f(x + bias) in place; `x` `[rows, columns]`, `bias` `[columns]` or 0 for none. */
  activate(
    x: number,
    rows: number,
    columns: number,
    bias: number,
    kind: number,
    slope: number,
    slopes: number,
  ): void;
  /** dx = dy · f'(x), from y = f(x); of none, ReLU, sigmoid and tanh. */
  activationGradient(dy: number, y: number, dx: number, length: number, kind: number): void;
  /** The sum of each column of `x` `[rows, columns]`. */
  columnSum(x: number, out: number, rows: number, columns: number): void;
  /** One step of Adam in place. */
  adam(
    parameter: number,
    mean: number,
    square: number,
    gradient: number,
    length: number,
    beta1: number,
    beta2: number,
    rate: number,
    epsilon: number,
    scale: number,
  ): void;
  /** target ← target + τ (source − target) in place. */
  softUpdate(target: number, source: number, length: number, tau: number): void;
  squareSum(x: number, length: number): number;
  /** Copies rows of `bytes` bytes; the place of the first index outside the table, or −1. */
  gather(table: number, rows: number, indices: number, count: number, bytes: number, out: number): number;
  /** Adds rows of `bytes` bytes to their segments. */
  segmentSum(
    x: number,
    segments: number,
    count: number,
    bytes: number,
    out: number,
    segmentCount: number,
  ): void;
  /** Copies a run of `bytes` bytes from each row to each row; strides in bytes. */
  copyColumns(
    from: number,
    fromStride: number,
    to: number,
    toStride: number,
    rows: number,
    bytes: number,
  ): void;
  /** out_i = W0_i + Σ v_i · W_i: rows `[size, columns]` of several matrices, mixed by `terms` vectors `[size]`. */
  mixRows(matrices: number, vectors: number, terms: number, out: number, size: number, columns: number): void;
  /** The products of all pairs of the `length` vectors of each row: `[batch, length · (length − 1) / 2, size]`. */
  pairwiseProducts(x: number, out: number, batch: number, length: number, size: number): void;
  /** The gradient of `pairwiseProducts`, `[batch, length, size]`. */
  pairwiseProductsGradient(
    x: number,
    dy: number,
    dx: number,
    batch: number,
    length: number,
    size: number,
  ): void;
  /** DRR-ave's state `[batch, 3 · size]`. */
  pooledState(
    users: number,
    userRows: number,
    items: number,
    itemRows: number,
    mask: number,
    weights: number,
    out: number,
    batch: number,
    length: number,
    size: number,
  ): void;
  /**
   * The gradient of `pooledState` for its weights `[length]`, from those of u ⊗ g and g `[batch, 2 · size]`,
   * whose rows lie `gradientStride` bytes apart; `pooled` is scratch `[size]`.
   */
  pooledStateGradient(
    users: number,
    userRows: number,
    items: number,
    itemRows: number,
    mask: number,
    gradient: number,
    gradientStride: number,
    pooled: number,
    out: number,
    batch: number,
    length: number,
    size: number,
  ): void;
  /**
   * x · `kept` where a random word is `dropped` at least, else 0, at each place; `seed` is 16 words, which are
   * overwritten.
   */
  dropout(x: number, out: number, length: number, kept: number, dropped: number, seed: number): void;
  /** (x − mean) / deviation, clipped to ±limit; `x` `[rows, columns]`, the others `[columns]`. */
  standardize(
    x: number,
    mean: number,
    deviation: number,
    y: number,
    rows: number,
    columns: number,
    limit: number,
  ): void;
  /** The gradient of `standardize` for x, from its result y. */
  standardizeGradient(
    dy: number,
    y: number,
    deviation: number,
    dx: number,
    rows: number,
    columns: number,
    limit: number,
  ): void;
  /** sum ← sum + scale · x in place, both of `bytes` bytes. */
  addScaled(x: number, scale: number, sum: number, bytes: number): void;
  /**
   * Layer normalization with ε = 1e-5, scale ⊗ x̂ + offset; `x` `[rows, columns]`, like `normal`, which becomes x̂, and y, `inverses` `[rows]`
   * becomes 1 / √(variance + ε), the others are `[columns]`.
   */
  layerNorm(
    x: number,
    scale: number,
    offset: number,
    normal: number,
    y: number,
    inverses: number,
    rows: number,
    columns: number,
  ): void;
  /** The gradients of `layerNorm`, from what it wrote; dx may be dy. */
  layerNormGradient(
    dy: number,
    normal: number,
    inverses: number,
    scale: number,
    dx: number,
    scaleGradient: number,
    offsetGradient: number,
    rows: number,
    columns: number,
  ): void;
  /**
   * What several queries a user find in the user's rows, Σ softmax(scale · q · x) x, 0 without any: `queries` `[batch, terms, size]`, like
   * `out`, `rows` `[batch, length, size]`, which are not read where the mask `[batch, length]` is 0; `shares` `[batch, terms, length]` becomes
   * the softmax.
   */
  attention(
    queries: number,
    rows: number,
    mask: number,
    scale: number,
    shares: number,
    out: number,
    batch: number,
    terms: number,
    length: number,
    size: number,
  ): void;
  /** The gradients of `attention`, from that of what it wrote to out, here `attended`, and its shares. */
  attentionGradient(
    gradient: number,
    attended: number,
    queries: number,
    rows: number,
    scale: number,
    shares: number,
    queriesGradient: number,
    rowsGradient: number,
    batch: number,
    terms: number,
    length: number,
    size: number,
  ): void;
  /** z, r = σ(projected + product), `[rows, 2 · units]`, and r ⊗ h; `projected` is `[rows, 3 · units]`, units a multiple of 4. */
  gruGates(
    projected: number,
    product: number,
    before: number,
    gates: number,
    reset: number,
    rows: number,
    units: number,
  ): void;
  /** c = tanh(projected + product), of the last third, and h' = h + z (c − h). */
  gruAdvance(
    projected: number,
    product: number,
    before: number,
    gates: number,
    candidates: number,
    after: number,
    rows: number,
    units: number,
  ): void;
  /** The gradients of `gruAdvance` for what z and c were made of; h's is written to `carried`. */
  gruAdvanceGradient(
    given: number,
    carried: number,
    product: number,
    before: number,
    gates: number,
    candidates: number,
    gatesGradient: number,
    candidatesGradient: number,
    rows: number,
    units: number,
  ): void;
  /** The gradients of `gruGates` for what r was made of; h's is added to `carried`, and r ⊗ h made again. */
  gruGatesGradient(
    resetGradient: number,
    before: number,
    gates: number,
    gatesGradient: number,
    reset: number,
    carried: number,
    rows: number,
    units: number,
  ): void;
  /** Each row's softmax over its own score and others: its maximum and sum, and the gradients of its weighted cross-entropy. */
  softmaxLoss(
    own: number,
    others: number,
    hidden: number,
    weights: number,
    ownGradient: number,
    gradient: number,
    maxima: number,
    sums: number,
    rows: number,
    columns: number,
  ): void;
  /** Weighted sums over the items of each row, Σ_a c_a w_ta i_a: `[terms, size]` a row; strides in bytes. */
  itemSums(
    items: number,
    rows: number,
    coefficients: number,
    weights: number,
    out: number,
    outStride: number,
    batch: number,
    length: number,
    terms: number,
    size: number,
  ): void;
  /** The gradient of `itemSums` for its weights `[terms, length]`. */
  itemSumsGradient(
    items: number,
    rows: number,
    coefficients: number,
    gradient: number,
    gradientStride: number,
    out: number,
    batch: number,
    length: number,
    terms: number,
    size: number,
  ): void;
  /** Each row's vector times several `[terms, size]`; where `adds` is 1 they are added to out. */
  vectorProducts(
    vectors: number,
    x: number,
    xStride: number,
    out: number,
    outStride: number,
    batch: number,
    terms: number,
    size: number,
    adds: number,
  ): void;
  /** scale ⊗ x + offset; `x` `[rows, columns]`, the others `[columns]`. */
  scaleColumns(x: number, scale: number, offset: number, y: number, rows: number, columns: number): void;
  /** The inner products of two vectors a row, block by block: block b is the dimensions from `starts[b]` up to `starts[b + 1]`. */
  blockSums(
    x: number,
    xStride: number,
    y: number,
    yStride: number,
    starts: number,
    out: number,
    outStride: number,
    batch: number,
    blocks: number,
  ): void;
  /** Adds a vector a row with each of its blocks times a number of its own, `[blocks]` a row. */
  addBlockProducts(
    x: number,
    xStride: number,
    values: number,
    valuesStride: number,
    starts: number,
    out: number,
    outStride: number,
    batch: number,
    blocks: number,
  ): void;
  /** out_d = Σ_t v_td W_t,b for d in block b: `mixRows` of matrices `[blocks, columns]`. */
  mixBlockRows(
    matrices: number,
    vectors: number,
    terms: number,
    starts: number,
    out: number,
    blocks: number,
    columns: number,
  ): void;
  /** The scores `[batch, count]` of each row's items by its action `[size]`; far below all others where the mask is 0. */
  candidateScores(
    actions: number,
    items: number,
    rows: number,
    mask: number,
    out: number,
    batch: number,
    count: number,
    size: number,
  ): void;
  /** Writes the scores `[count]` of items `rows` by one action `[size]`, added up in float64 as JavaScript would. */
  itemScores(action: number, items: number, rows: number, out: number, count: number, size: number): void;
  /** Each row's −Σ π Q with π a softmax of scores divided by a temperature, and the gradient of their mean for the scores. */
  softmaxPolicyLoss(
    scores: number,
    values: number,
    gradient: number,
    losses: number,
    batch: number,
    count: number,
    temperature: number,
  ): void;
  /**
   * The first layer, ReLU, of a network that values `[batch, count]` items: x `[batch, count, 2 · size]` are items standardized and as they
   * are, `scaled` and `vectors` `[batch, 2 · size]` two vectors of each row, `ofItems` `[3 · size, units]` the weights of standardized items and of
   * their products with the scaled vectors, `ofSums` `[2 · blocks, units]` those of inner products block by block, `ofRow` `[batch, units]` what a
   * row adds; `mixed` is room for `[2 · size, units]`, and `scratch` as large as `scratchBytes` says.
   */
  itemLayer(
    x: number,
    scaled: number,
    vectors: number,
    ofItems: number,
    ofSums: number,
    ofRow: number,
    starts: number,
    mixed: number,
    out: number,
    scratch: number,
    batch: number,
    count: number,
    size: number,
    blocks: number,
    units: number,
  ): void;
  /** Adds to scores `[batch, count]` what blocks say of each, z `[batch, count, blocks]`, times weights `[blocks]` a row. */
  addBlockScores(
    weights: number,
    weightsStride: number,
    scores: number,
    out: number,
    batch: number,
    count: number,
    blocks: number,
  ): void;
  /** The gradient of `addBlockScores` for its weights, from that of the scores `[batch, count]`. */
  blockScoresGradient(
    gradient: number,
    scores: number,
    out: number,
    outStride: number,
    batch: number,
    count: number,
    blocks: number,
  ): void;
  /** Brings the scores `[batch, count]` of each row's candidates to mean 0 and deviation 1 in place; far below where the mask is 0. */
  spreadScores(scores: number, mask: number, deviations: number, batch: number, count: number): void;
  /** The gradient of `spreadScores` in place, from its result and the deviations `[batch]` that it wrote. */
  spreadScoresGradient(
    gradient: number,
    spread: number,
    mask: number,
    deviations: number,
    batch: number,
    count: number,
  ): void;
  /**
   * v · max(0, r + z W) + b for each row's candidates z `[batch, count, blocks]`, 0 where the mask is: r `[batch, units]`, and for each of
   * the `kinds` `[batch]` W `[blocks, units]`, v `[units]` and b; units a multiple of 8.
   */
  blockValues(
    scores: number,
    mask: number,
    kinds: number,
    ofRow: number,
    weights: number,
    heads: number,
    biases: number,
    out: number,
    batch: number,
    count: number,
    blocks: number,
    units: number,
  ): void;
}
