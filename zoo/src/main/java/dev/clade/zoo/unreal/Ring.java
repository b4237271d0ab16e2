package dev.clade.zoo.unreal;

/// The last steps in one environment, from the oldest on: `0 .. count - 1`. What was seen is kept as bytes, to
/// 1/255.
final class Ring {

    private final Cells cells;
    private final int size;
    private final int capacity;
    private final byte[] seen;
    private final float[] before;
    private final int width;
    private final int[] actions;
    private final float[] rewards;
    private final boolean[] ended;
    private long added;

    /// @param capacity steps that are kept
    /// @param width numbers of what was before a step: the action and the reward
    Ring(Cells cells, int capacity, int width) {
        this.cells = cells;
        this.capacity = capacity;
        this.width = width;
        size = cells.shape().size();
        seen = new byte[Math.multiplyExact(capacity, size)];
        before = new float[capacity * width];
        actions = new int[capacity];
        rewards = new float[capacity];
        ended = new boolean[capacity];
    }

    /// Adds a step; the oldest goes when there is no room.
    ///
    /// @param seen before acting, numbers in `[0, 1]`
    /// @param at where it begins
    /// @param before what was before it
    /// @param from where that begins
    /// @param reward of the action
    /// @param ended whether the episode was over then
    void add(float[] seen, int at, float[] before, int from, int action, double reward, boolean ended) {
        int slot = (int) (added++ % capacity);
        int place = slot * size;
        for (int i = 0; i < size; i++) {
            this.seen[place + i] = (byte) Math.round(seen[at + i] * 255);
        }
        System.arraycopy(before, from, this.before, slot * width, width);
        actions[slot] = action;
        rewards[slot] = (float) reward;
        this.ended[slot] = ended;
    }

    int count() {
        return (int) Math.min(added, capacity);
    }

    private int slot(int step) {
        return (int) ((added - count() + step) % capacity);
    }

    int action(int step) {
        return actions[slot(step)];
    }

    float reward(int step) {
        return rewards[slot(step)];
    }

    boolean ended(int step) {
        return ended[slot(step)];
    }

    /// Writes what was seen.
    void seen(int step, float[] into, int at) {
        int place = slot(step) * size;
        for (int i = 0; i < size; i++) {
            into[at + i] = (seen[place + i] & 0xFF) / 255f;
        }
    }

    /// Writes what was before.
    void before(int step, float[] into, int at) {
        System.arraycopy(before, slot(step) * width, into, at, width);
    }

    /// Writes how much each cell changed from this step to the next.
    void change(int step, float[] into, int at) {
        cells.change(seen, slot(step) * size, slot(step + 1) * size, into, at);
    }
}
