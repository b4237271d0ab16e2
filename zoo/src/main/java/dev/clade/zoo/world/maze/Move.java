package dev.clade.zoo.world.maze;

/// The eight actions, by their numbers.
enum Move {
    AHEAD(0, 1, 0, 0),
    BACK(1, -1, 0, 0),
    LEFT(2, 0, -1, 0),
    RIGHT(3, 0, 1, 0),
    TURN_LEFT(4, 0, 0, -1),
    TURN_RIGHT(5, 0, 0, 1),
    AHEAD_LEFT(6, 1, 0, -1),
    AHEAD_RIGHT(7, 1, 0, 1);

    private static final Move[] MOVES = values();

    private final int number;
    private final int ahead;
    private final int aside;
    private final int turn;

    Move(int number, int ahead, int aside, int turn) {
        this.number = number;
        this.ahead = ahead;
        this.aside = aside;
        this.turn = turn;
    }

    static int count() {
        return MOVES.length;
    }

    static Move of(int action) {
        return MOVES[action];
    }

    /// The action that it is.
    int number() {
        return number;
    }

    /// 1 forwards, -1 backwards.
    int ahead() {
        return ahead;
    }

    /// 1 to the right, -1 to the left.
    int aside() {
        return aside;
    }

    /// Headings in a frame, clockwise.
    int turn() {
        return turn;
    }
}
