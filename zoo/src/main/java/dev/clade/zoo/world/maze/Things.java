package dev.clade.zoo.world.maze;

/// What stands in a maze: up to so many things, each of a kind in the middle of a cell, there or not.
final class Things {

    static final int MOST = 16;

    private final Thing[] kinds = new Thing[MOST];
    private final int[] cells = new int[MOST];
    private final boolean[] there = new boolean[MOST];
    private int count;

    void clear() {
        count = 0;
    }

    /// Adds one that is there.
    void add(Thing kind, int cell) {
        kinds[count] = kind;
        cells[count] = cell;
        there[count++] = true;
    }

    int count() {
        return count;
    }

    Thing kind(int thing) {
        return kinds[thing];
    }

    int cell(int thing) {
        return cells[thing];
    }

    boolean there(int thing) {
        return there[thing];
    }

    void put(int thing, int cell) {
        cells[thing] = cell;
        there[thing] = true;
    }

    void remove(int thing) {
        there[thing] = false;
    }

    /// Whether one of them is in a cell.
    boolean in(int cell) {
        for (int thing = 0; thing < count; thing++) {
            if (there[thing] && cells[thing] == cell) {
                return true;
            }
        }
        return false;
    }
}
