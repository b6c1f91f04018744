/*
 * A biased matrix factorisation by alternating least squares in C, as fitMatrixFactorization fits it: float32, one
 * thread. Compiled with -DFACTORS=k; arguments: the log's file, λ of the vectors, λ of the biases.
 * It speaks the benchmark's protocol: each request is a fit from the start, the first sweep untimed.
 */
#define _POSIX_C_SOURCE 200809L
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#ifdef __AVX512F__
#define LANES 16
#else
#define LANES 8
#endif
#define ROUND_UP(n) (((n) + LANES - 1) / LANES * LANES)
#define COLUMNS ROUND_UP(FACTORS)
/* The bias is the last unknown; the right-hand side is one more column, so that eliminating solves forward. */
#define UNKNOWNS (FACTORS + 1)
#define WIDTH ROUND_UP(FACTORS + 2)
/* Rows of features that stay in the first cache. */
#define CHUNK (24576 / (4 * COLUMNS))

typedef float lanes __attribute__((vector_size(4 * LANES)));

typedef struct {
  int rows;
  int32_t *offsets, *partners;
  float *ratings;
  float *vectors; /* [rows][COLUMNS], padded by zeros */
  float *biases;
} Side;

static float features[CHUNK][COLUMNS] __attribute__((aligned(64)));
static float targets[CHUNK];
static float equations[ROUND_UP(UNKNOWNS)][WIDTH] __attribute__((aligned(64)));

static void *allocate(size_t bytes) {
  void *memory = aligned_alloc(64, (bytes + 64) / 64 * 64);
  if (!memory) exit(1);
  memset(memory, 0, bytes);
  return memory;
}

/* Adds the upper triangle of Σ xxᵀ in blocks that stay in registers, and Σ x and Σ yx. */
static void add_gram(int count) {
  for (int top = 0; top < COLUMNS; top += LANES) {
    for (int left = top; left < COLUMNS; left += LANES) {
      lanes sums[LANES] = {0};
      for (int row = 0; row < count; row++) {
        const lanes x = *(const lanes *)&features[row][left];
#pragma GCC unroll 16
        for (int i = 0; i < LANES; i++) sums[i] += features[row][top + i] * x;
      }
      for (int i = 0; i < LANES && top + i < FACTORS; i++) {
        for (int j = 0; j < LANES && left + j < FACTORS; j++) equations[top + i][left + j] += sums[i][j];
      }
    }
    lanes sum = {0}, product = {0};
    for (int row = 0; row < count; row++) {
      const lanes x = *(const lanes *)&features[row][top];
      sum += x;
      product += targets[row] * x;
    }
    for (int i = 0; i < LANES && top + i < FACTORS; i++) {
      equations[top + i][FACTORS] += sum[i];
      equations[top + i][UNKNOWNS] += product[i];
    }
  }
  float target = 0;
  for (int row = 0; row < count; row++) target += targets[row];
  equations[FACTORS][FACTORS] += count;
  equations[FACTORS][UNKNOWNS] += target;
}

/* Cholesky's UᵀU = A in place, four rows at a time; whole vectors, so that numbers left of the diagonal are junk. */
static void decompose(void) {
  for (int first = 0; first < UNKNOWNS; first += 4) {
    const int last = first + 4 < UNKNOWNS ? first + 4 : UNKNOWNS;
    for (int row = first; row < last; row++) {
      const int begin = row / LANES * LANES;
      for (int above = first; above < row; above++) {
        const float factor = equations[above][row];
        for (int j = begin; j < WIDTH; j++) equations[row][j] -= factor * equations[above][j];
      }
      const float scale = 1 / sqrtf(equations[row][row]);
      for (int j = begin; j < WIDTH; j++) equations[row][j] *= scale;
    }
    if (last < first + 4) return;
    const float *a = equations[first], *b = equations[first + 1];
    const float *c = equations[first + 2], *d = equations[first + 3];
    for (int row = last; row < UNKNOWNS; row++) {
      const float p = a[row], q = b[row], r = c[row], s = d[row];
      float *restrict out = equations[row];
      for (int j = row / LANES * LANES; j < WIDTH; j++) out[j] -= p * a[j] + q * b[j] + r * c[j] + s * d[j];
    }
  }
}

static void solve_rows(Side *side, const Side *others, float mean, float penalty, float bias_penalty) {
  for (int row = 0; row < side->rows; row++) {
    float *vector = side->vectors + (size_t)row * COLUMNS;
    const int end = side->offsets[row + 1];
    if (side->offsets[row] == end) {
      memset(vector, 0, 4 * COLUMNS);
      side->biases[row] = 0;
      continue;
    }
    memset(equations, 0, sizeof equations);
    for (int i = 0; i < FACTORS; i++) equations[i][i] = penalty;
    equations[FACTORS][FACTORS] = bias_penalty;
    for (int place = side->offsets[row]; place < end; place += CHUNK) {
      const int count = end - place < CHUNK ? end - place : CHUNK;
      for (int i = 0; i < count; i++) {
        const int partner = side->partners[place + i];
        memcpy(features[i], others->vectors + (size_t)partner * COLUMNS, 4 * COLUMNS);
        targets[i] = side->ratings[place + i] - mean - others->biases[partner];
      }
      add_gram(count);
    }
    decompose();
    float unknowns[WIDTH] = {0};
    for (int i = UNKNOWNS - 1; i >= 0; i--) {
      float rest = equations[i][UNKNOWNS];
      for (int j = i + 1; j < UNKNOWNS; j++) rest -= equations[i][j] * unknowns[j];
      unknowns[i] = rest / equations[i][i];
    }
    memcpy(vector, unknowns, 4 * FACTORS);
    side->biases[row] = unknowns[FACTORS];
  }
}

static Side allocate_side(int rows, int count) {
  return (Side){rows,
                allocate(4 * ((size_t)rows + 1)),
                allocate(4 * (size_t)count),
                allocate(4 * (size_t)count),
                allocate(4 * (size_t)rows * COLUMNS),
                allocate(4 * (size_t)rows)};
}

static void read_exactly(void *out, size_t numbers, FILE *file) {
  if (fread(out, 4, numbers, file) != numbers) exit(1);
}

static void group_by_item(const Side *users, Side *items, int count) {
  for (int i = 0; i < count; i++) items->offsets[users->partners[i] + 1]++;
  for (int item = 0; item < items->rows; item++) items->offsets[item + 1] += items->offsets[item];
  int32_t *next = allocate(4 * (size_t)items->rows);
  memcpy(next, items->offsets, 4 * (size_t)items->rows);
  for (int user = 0; user < users->rows; user++) {
    for (int i = users->offsets[user]; i < users->offsets[user + 1]; i++) {
      const int place = next[users->partners[i]]++;
      items->partners[place] = user;
      items->ratings[place] = users->ratings[i];
    }
  }
  free(next);
}

/* About normal numbers: sums of twelve uniform ones. */
static void draw_start(Side *items) {
  uint64_t state = 1;
  for (int item = 0; item < items->rows; item++) {
    items->biases[item] = 0;
    for (int i = 0; i < FACTORS; i++) {
      float sum = -6;
      for (int j = 0; j < 12; j++) {
        state = state * 6364136223846793005u + 1442695040888963407u;
        sum += (float)(state >> 40) / (1 << 24);
      }
      items->vectors[(size_t)item * COLUMNS + i] = 0.1f * sum;
    }
  }
}

static double training_error(const Side *users, const Side *items, float mean) {
  double squares = 0;
  for (int user = 0; user < users->rows; user++) {
    const float *p = users->vectors + (size_t)user * COLUMNS;
    for (int i = users->offsets[user]; i < users->offsets[user + 1]; i++) {
      const int item = users->partners[i];
      const float *q = items->vectors + (size_t)item * COLUMNS;
      float rating = mean + users->biases[user] + items->biases[item];
      for (int j = 0; j < FACTORS; j++) rating += p[j] * q[j];
      squares += (double)(users->ratings[i] - rating) * (users->ratings[i] - rating);
    }
  }
  return sqrt(squares / users->offsets[users->rows]);
}

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return 1e3 * time.tv_sec + 1e-6 * time.tv_nsec;
}

int main(int argc, char **argv) {
  if (argc != 4) return 1;
  FILE *file = fopen(argv[1], "rb");
  if (!file) return 1;
  const float penalty = atof(argv[2]), bias_penalty = atof(argv[3]);
  int32_t sizes[3]; /* users, items, ratings */
  read_exactly(sizes, 3, file);
  Side users = allocate_side(sizes[0], sizes[2]), items = allocate_side(sizes[1], sizes[2]);
  read_exactly(users.offsets, (size_t)sizes[0] + 1, file);
  read_exactly(users.partners, sizes[2], file);
  read_exactly(users.ratings, sizes[2], file);
  fclose(file);
  group_by_item(&users, &items, sizes[2]);
  double mean = 0;
  for (int i = 0; i < sizes[2]; i++) mean += users.ratings[i];
  mean /= sizes[2];

  puts("{\"ready\": {\"compiler\": \"" __VERSION__ "\"}}");
  fflush(stdout);
  char line[1024];
  while (fgets(line, sizeof line, stdin)) {
    const char *field = strstr(line, "\"iterations\":");
    const int iterations = field ? atoi(field + strlen("\"iterations\":")) : 0;
    draw_start(&items);
    printf("{\"times\": [");
    for (int sweep = 0; sweep <= iterations; sweep++) {
      const double started_at = now();
      solve_rows(&users, &items, mean, penalty, bias_penalty);
      solve_rows(&items, &users, mean, penalty, bias_penalty);
      if (sweep > 0) printf("%s%.4f", sweep > 1 ? ", " : "", now() - started_at);
    }
    printf("], \"details\": {\"fits\": 1, \"rmse\": %.6f}}\n", training_error(&users, &items, mean));
    fflush(stdout);
  }
  return 0;
}
