package dev.clade.zoo.world.maze;

/// Where the agent is and looks: a square of side 1/2 that walks, turns, and slides along what blocks it.
final class Body {

    /// Half the side.
    static final double RADIUS = 0.25;

    /// Cells in a frame.
    static final double SPEED = 0.125;

    /// Headings in a full turn, clockwise from the east; a frame's turn is one.
    static final int HEADINGS = 64;

    private static final double[] COSINES = cosines();

    private double x;
    private double y;
    private int heading;

    /// Exact along the axes.
    private static double[] cosines() {
        int quarter = HEADINGS / 4;
        var cosines = new double[HEADINGS];
        for (int i = 0; i < quarter; i++) {
            double cosine = i == 0 ? 1 : StrictMath.cos(2 * StrictMath.PI * i / HEADINGS);
            double sine = i == 0 ? 0 : StrictMath.sin(2 * StrictMath.PI * i / HEADINGS);
            cosines[i] = cosine;
            cosines[i + quarter] = -sine;
            cosines[i + 2 * quarter] = -cosine;
            cosines[i + 3 * quarter] = sine;
        }
        return cosines;
    }

    static double cosine(int heading) {
        return COSINES[heading & (HEADINGS - 1)];
    }

    static double sine(int heading) {
        return COSINES[(heading - HEADINGS / 4) & (HEADINGS - 1)];
    }

    double x() {
        return x;
    }

    double y() {
        return y;
    }

    int heading() {
        return heading;
    }

    void put(double x, double y, int heading) {
        this.x = x;
        this.y = y;
        this.heading = heading & (HEADINGS - 1);
    }

    void put(Body other) {
        put(other.x, other.y, other.heading);
    }

    /// One frame of an action: the turn first, then the walk, its part along x first.
    void move(Plan plan, Move action) {
        heading = (heading + action.turn()) & (HEADINGS - 1);
        double ahead = action.ahead() * SPEED;
        double aside = action.aside() * SPEED;
        double cosine = cosine(heading);
        double sine = sine(heading);
        x = slid(plan, ahead * cosine - aside * sine, true);
        y = slid(plan, ahead * sine + aside * cosine, false);
    }

    /// One coordinate after a way along its axis: beside the first cell that blocks it.
    private double slid(Plan plan, double way, boolean alongX) {
        double from = alongX ? x : y;
        if (way == 0) {
            return from;
        }
        double across = alongX ? y : x;
        int first = (int) (across - RADIUS);
        int last = (int) Math.ceil(across + RADIUS) - 1;
        double edge = from + way + (way > 0 ? RADIUS : -RADIUS);
        int line = way > 0 ? (int) Math.ceil(edge) - 1 : (int) edge;
        for (int i = first; i <= last; i++) {
            int cell = alongX ? i * plan.columns() + line : line * plan.columns() + i;
            if (plan.blocked(cell)) {
                return way > 0 ? line - RADIUS : line + 1 + RADIUS;
            }
        }
        return from + way;
    }

    /// Whether a square at a place touches neither what blocks nor a pit.
    ///
    /// @param radius half its side
    static boolean fits(Plan plan, double x, double y, double radius) {
        for (int row = (int) (y - radius); row < y + radius; row++) {
            for (int column = (int) (x - radius); column < x + radius; column++) {
                if (!plan.passable(row * plan.columns() + column)) {
                    return false;
                }
            }
        }
        return true;
    }
}
