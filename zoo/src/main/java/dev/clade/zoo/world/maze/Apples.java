package dev.clade.zoo.world.maze;

/// Apples in a plan that stays; for one that is eaten another grows at a random place.
final class Apples implements Rules {

    private static final int COUNT = 8;

    @Override
    public void begin(Scene scene) {
        scene.clear();
        scene.appear(scene.free());
        for (int i = 0; i < COUNT; i++) {
            scene.things().add(Thing.APPLE, scene.free());
        }
    }

    @Override
    public double touch(Scene scene, int thing) {
        int cell = scene.free();
        scene.things().put(thing, cell);
        return APPLE;
    }

    @Override
    public double worth(Scene scene, int thing) {
        return APPLE;
    }
}
