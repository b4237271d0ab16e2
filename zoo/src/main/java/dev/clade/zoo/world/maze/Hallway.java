package dev.clade.zoo.world.maze;

/// A hallway of three lanes. Every third cell of two lanes is a pit; behind the pits an apple lies somewhere, and at
/// the
/// end is the goal. Whoever reaches it is at the beginning again, and pits and apples are new.
final class Hallway implements Rules {

    private static final int LANES = 3;
    private static final int FIRST = 4;
    private static final int APART = 3;

    @Override
    public void begin(Scene scene) {
        var plan = scene.plan();
        var random = scene.random();
        scene.things().clear();
        int end = plan.columns() - 2;
        for (int column = FIRST; column < end; column += APART) {
            int gap = random.nextInt(LANES);
            for (int lane = 0; lane < LANES; lane++) {
                plan.set((1 + lane) * plan.columns() + column, lane == gap ? Plan.FLOOR : Plan.PIT);
            }
            if (column + 1 < end) {
                scene.things().add(Thing.APPLE, (1 + random.nextInt(LANES)) * plan.columns() + column + 1);
            }
        }
        scene.things().add(Thing.GOAL, (1 + random.nextInt(LANES)) * plan.columns() + end);
        scene.body().put(1.5, 2.5, 0);
    }

    @Override
    public double touch(Scene scene, int thing) {
        if (scene.things().kind(thing) == Thing.GOAL) {
            begin(scene);
            return GOAL;
        }
        scene.things().remove(thing);
        return APPLE;
    }

    @Override
    public double worth(Scene scene, int thing) {
        return scene.things().kind(thing) == Thing.APPLE ? APPLE : GOAL;
    }
}
