package dev.clade.zoo.world.maze;

/// A goal at a random place that stays for the episode. Whoever reaches it appears at a random place, and apples on the
/// way, if there are any, have grown again.
///
/// @param apples how many there are
/// @param loops of a new maze for each episode; none where the plan stays
record Goal(int apples, int loops) implements Rules {

    private static final int STAYS = -1;

    /// A goal in the plan as it is.
    static Goal staying() {
        return new Goal(0, STAYS);
    }

    @Override
    public void begin(Scene scene) {
        var things = scene.things();
        scene.clear();
        if (loops != STAYS) {
            scene.plan().carve(scene.random(), loops);
        }
        things.add(Thing.GOAL, scene.free());
        for (int i = 0; i < apples; i++) {
            things.add(Thing.APPLE, scene.free());
        }
        scene.appear(scene.free());
    }

    @Override
    public double touch(Scene scene, int thing) {
        var things = scene.things();
        if (things.kind(thing) == Thing.APPLE) {
            things.remove(thing);
            return APPLE;
        }
        for (int i = 0; i < things.count(); i++) {
            things.put(i, things.cell(i));
        }
        scene.appear(scene.free());
        return GOAL;
    }

    @Override
    public double worth(Scene scene, int thing) {
        return scene.things().kind(thing) == Thing.APPLE ? APPLE : GOAL;
    }
}
