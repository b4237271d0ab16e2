package dev.clade.zoo.world.maze;

/// A hall and four rooms behind doors of four colours. A key lies in the hall; in the room that it opens lies the key
/// of
/// another room, and there is the goal. Whoever reaches it is in the hall again, doors are shut, and everything lies in
/// other rooms.
final class Doors implements Rules {

    /// Cells of the hall, and of the rooms in the order of the colours.
    private final int[] hall;

    private final int[][] rooms = new int[Colour.COUNT][];

    /// @param plan cells of the hall are marked `h`, those of the rooms `a` to `d`
    Doors(Plan plan) {
        hall = plan.marked('h');
        for (int colour = 0; colour < Colour.COUNT; colour++) {
            rooms[colour] = plan.marked((char) ('a' + colour));
        }
    }

    @Override
    public void begin(Scene scene) {
        var random = scene.random();
        var things = scene.things();
        things.clear();
        scene.plan().shut();
        int first = random.nextInt(Colour.COUNT);
        int second = (first + 1 + random.nextInt(Colour.COUNT - 1)) % Colour.COUNT;
        things.add(Thing.key(first), scene.oneOf(hall));
        things.add(Thing.key(second), scene.oneOf(rooms[first]));
        things.add(Thing.GOAL, scene.oneOf(rooms[second]));
        int start = random.nextInt(hall.length);
        scene.appear(hall[things.cell(0) == hall[start] ? (start + 1) % hall.length : start]);
    }

    @Override
    public double touch(Scene scene, int thing) {
        var kind = scene.things().kind(thing);
        if (kind == Thing.GOAL) {
            begin(scene);
            return GOAL;
        }
        scene.things().remove(thing);
        scene.plan().unlock(kind.colour());
        return KEY;
    }

    @Override
    public double worth(Scene scene, int thing) {
        return scene.things().kind(thing) == Thing.GOAL ? GOAL : KEY;
    }
}
