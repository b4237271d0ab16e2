package dev.clade.zoo.unreal;

/// Some replayed stretches of episodes, `B` of them, each of up to `T` steps and what was seen after the last.
/// None crosses the end of an episode; one is shorter where the episode, or what is known of it, ends
/// sooner. Rows are steps by windows, `step * B + window`; those beyond the end of a window are 0.
final class Windows {

    private final Cells cells;
    private final int width;
    private final int count;
    private final int steps;
    private final int[] lengths;
    private final boolean[] ended;
    private final float[] seen;
    private final float[] before;
    private final int[] actions;
    private final float[] rewards;
    private final float[] changes;

    /// @param width numbers of what was before a step
    /// @param count `B`
    /// @param steps `T`
    Windows(Cells cells, int width, int count, int steps) {
        this.cells = cells;
        this.width = width;
        this.count = count;
        this.steps = steps;
        lengths = new int[count];
        ended = new boolean[count];
        seen = new float[(steps + 1) * count * cells.shape().size()];
        before = new float[(steps + 1) * count * width];
        actions = new int[steps * count];
        rewards = new float[steps * count];
        changes = new float[steps * count * cells.count()];
    }

    /// Reads a window, which is empty yet.
    ///
    /// @param first the step that it begins with; there is one after it
    void read(int window, Ring ring, int first) {
        int most = Math.min(steps, ring.count() - 1 - first);
        int step = 0;
        boolean end = false;
        while (step < most && !end) {
            end = act(row(step, window), ring, first + step);
            step++;
        }
        if (!end) {
            see(row(step, window), ring, first + step);
        }
        lengths[window] = step;
        ended[window] = end;
    }

    private boolean act(int row, Ring ring, int step) {
        see(row, ring, step);
        actions[row] = ring.action(step);
        rewards[row] = ring.reward(step);
        if (!ring.ended(step)) {
            ring.change(step, changes, row * cells.count());
        }
        return ring.ended(step);
    }

    private void see(int row, Ring ring, int step) {
        ring.seen(step, seen, row * cells.shape().size());
        ring.before(step, before, row * width);
    }

    /// `B`.
    int count() {
        return count;
    }

    /// `T`.
    int steps() {
        return steps;
    }

    /// Steps of all windows.
    int rows() {
        return steps * count;
    }

    int row(int step, int window) {
        return step * count + window;
    }

    /// The steps of a window, 1 to `T`.
    int length(int window) {
        return lengths[window];
    }

    /// Whether the episode was over after a window's last step; nothing was seen after it then.
    boolean ended(int window) {
        return ended[window];
    }

    /// Steps of a window after which something was seen.
    int moves(int window) {
        return ended[window] ? lengths[window] - 1 : lengths[window];
    }

    int action(int row) {
        return actions[row];
    }

    float reward(int row) {
        return rewards[row];
    }

    /// How much a cell changed until what was seen next; 0 where nothing was.
    float change(int row, int cell) {
        return changes[row * cells.count() + cell];
    }

    /// What was seen, `((T + 1) B, pixels)`.
    float[] seen() {
        return seen;
    }

    /// What was before, `((T + 1) B, numbers)`.
    float[] before() {
        return before;
    }
}
