package dev.clade.zoo.feudal;

import dev.clade.random.Philox;
import dev.clade.zoo.tensor.Tensor;

/// Random goals: with a small probability a step's goal is drawn, normal, in place of the manager's own
/// (Vezhnevets et al. 2017, section 3), here at length 1 as all goals are.
///
/// Whether and which is a function of all that was seen in the episode, kept as a number of 24 bits in
/// memory: so an unroll that is computed again has the goals that were acted upon.
///
/// @param probability in `[0, 1)`
/// @param size of a goal
record Exploration(double probability, int size) {

    private static final int BITS = 24;

    /// What came of chance in some rows.
    ///
    /// @param chance the next numbers in memory, `(N, 1)`
    /// @param own 1 where the goal is the manager's own, 0 where it is drawn, `(N, 1)`
    /// @param drawn goals, zeros where they are the manager's own, `(N, size)`
    record Draw(Tensor chance, Tensor own, Tensor drawn) {

        /// The goals in force, where the manager's own are these.
        Tensor goals(Tensor goals) {
            return goals.times(own).plus(drawn);
        }
    }

    /// Of one step.
    ///
    /// @param seen `(N, ...)`
    /// @param chance in memory, `(N, 1)`
    Draw step(Tensor seen, Tensor chance) {
        return unrolled(
                seen,
                chance,
                new Ends(new boolean[0], Math.toIntExact(seen.shape().getFirst())));
    }

    /// Of all steps of an unroll.
    ///
    /// @param seen `((T + 1) * E, ...)`
    /// @param chance in memory at its beginning, `(E, 1)`
    Draw unrolled(Tensor seen, Tensor chance, Ends ends) {
        int environments = ends.environments();
        int rows = (ends.steps() + 1) * environments;
        var numbers = new float[rows];
        var own = new float[rows];
        var drawn = new float[rows * size];
        var all = probability == 0 ? new float[0] : seen.floats();
        var before = chance.floats();
        for (int row = 0; row < rows; row++) {
            int number = row < environments ? (int) before[row] : (int) numbers[row - environments];
            int next = ends.sameEpisode(row, 1) ? number : 0;
            if (probability > 0) {
                next = mixed(next, all, row * (all.length / rows), all.length / rows);
            }
            numbers[row] = next;
            own[row] = own(next) ? 1 : 0;
            if (own[row] == 0) {
                draw(next, drawn, row * size);
            }
        }
        return new Draw(Tensor.of(numbers, rows, 1), Tensor.of(own, rows, 1), Tensor.of(drawn, rows, size));
    }

    private static int mixed(int number, float[] seen, int at, int count) {
        long mixed = number + 1L;
        for (int i = at; i < at + count; i++) {
            mixed = mixed * 0x5851F42D4C957F2DL + Float.floatToIntBits(seen[i]);
        }
        mixed = (mixed ^ (mixed >>> 33)) * 0xC4CEB9FE1A85EC53L;
        return (int) (mixed >>> (Long.SIZE - BITS));
    }

    private boolean own(int number) {
        return probability == 0 || stream(number).nextDouble() >= probability;
    }

    private void draw(int number, float[] into, int at) {
        var random = stream(number);
        random.nextDouble();
        double squares = 0;
        for (int i = at; i < at + size; i++) {
            into[i] = (float) random.nextGaussian();
            squares += into[i] * into[i];
        }
        for (int i = at; i < at + size; i++) {
            into[i] /= (float) Math.sqrt(squares);
        }
    }

    private static Philox stream(int number) {
        return Philox.keyed(number, 0, 0, "goal");
    }
}
