package dev.clade.zoo.world.maze;

import dev.clade.zoo.world.Player;

/// Plays any level knowing its plan and where everything is: it chooses the thing that is worth most for its way, and
/// turns and walks towards it on a shortest way. It neither strafes nor walks backwards.
final class Walker implements Player {

    /// How far it looks along its way, in cells.
    private static final int AHEAD = 12;

    /// Added to ways, in cells: turning costs too.
    private static final double TURNING = 1;

    /// It passes corners at a distance, as it does not walk quite where it aims.
    private static final double CLEAR = Body.RADIUS + Body.SPEED / 2;

    private final Scene scene;
    private final Rules rules;
    private final int repeat;
    private final int[] distances;
    private final Body tried = new Body();

    Walker(Scene scene, Rules rules, int repeat) {
        this.scene = scene;
        this.rules = rules;
        this.repeat = repeat;
        distances = new int[scene.plan().cells()];
    }

    @Override
    public int act() {
        int thing = chosen();
        if (thing < 0) {
            return Move.TURN_RIGHT.number();
        }
        var plan = scene.plan();
        int target = scene.things().cell(thing);
        plan.distances(target, distances);
        int cell = scene.cell();
        int aim = plan.nearer(cell, distances);
        int farther = aim;
        for (int i = 0; i < AHEAD && farther != target; i++) {
            farther = plan.nearer(farther, distances);
            aim = clear(farther) ? farther : aim;
        }
        return towards(
                plan.x(aim) - scene.body().x(), plan.y(aim) - scene.body().y());
    }

    private int chosen() {
        var things = scene.things();
        int best = -1;
        double most = 0;
        for (int thing = 0; thing < things.count(); thing++) {
            double worth = things.there(thing) ? rules.worth(scene, thing) : 0;
            if (worth > 0) {
                scene.plan().distances(things.cell(thing), distances);
                int way = distances[scene.cell()];
                if (way < Integer.MAX_VALUE && worth / (way + TURNING) > most) {
                    most = worth / (way + TURNING);
                    best = thing;
                }
            }
        }
        return best;
    }

    /// Whether the straight way to the middle of a cell is free.
    private boolean clear(int cell) {
        var body = scene.body();
        double awayX = scene.plan().x(cell) - body.x();
        double awayY = scene.plan().y(cell) - body.y();
        int parts = (int) Math.ceil(Math.sqrt(awayX * awayX + awayY * awayY) / Body.SPEED);
        for (int part = 1; part <= parts; part++) {
            double share = (double) part / parts;
            if (!Body.fits(scene.plan(), body.x() + share * awayX, body.y() + share * awayY, CLEAR)) {
                return false;
            }
        }
        return true;
    }

    private int towards(double awayX, double awayY) {
        double angle = StrictMath.atan2(awayY, awayX) * Body.HEADINGS / (2 * StrictMath.PI);
        double turn = Math.IEEEremainder(angle - scene.body().heading(), Body.HEADINGS);
        boolean right = turn > 0;
        var action = right ? Move.TURN_RIGHT : Move.TURN_LEFT;
        if (Math.abs(turn) <= repeat / 2.0) {
            action = Move.AHEAD;
        } else if (Math.abs(turn) <= 1.5 * repeat) {
            action = right ? Move.AHEAD_RIGHT : Move.AHEAD_LEFT;
        }
        return (falls(action) ? (right ? Move.TURN_RIGHT : Move.TURN_LEFT) : action).number();
    }

    private boolean falls(Move action) {
        tried.put(scene.body());
        for (int frame = 0; frame < repeat; frame++) {
            tried.move(scene.plan(), action);
            if (scene.plan().kind(scene.plan().cell(tried.x(), tried.y())) == Plan.PIT) {
                return true;
            }
        }
        return false;
    }
}
