package dev.clade.zoo.world.maze;

import java.util.Arrays;
import java.util.stream.IntStream;

/// The walls where one begins show a colour; at the other end of a passage, from where they are not seen, lie three
/// balls
/// of different colours. The ball of that colour is worth as much as a goal, another one costs. After either one is at
/// the beginning again, and all colours are new.
final class Colours implements Rules {

    private final int start;
    private final int[] alcoves;
    private final int[] signs;
    private int wanted;

    /// @param plan the start is marked `s`, the cells of the first room `r`, the balls' `o`
    Colours(Plan plan) {
        start = plan.marked('s')[0];
        alcoves = plan.marked('o');
        signs = IntStream.range(0, plan.cells())
                .filter(cell -> plan.kind(cell) == Plan.WALL && beside(plan, cell))
                .toArray();
    }

    private static boolean beside(Plan plan, int wall) {
        var cells = IntStream.concat(Arrays.stream(plan.marked('r')), IntStream.of(plan.marked('s')[0]));
        return cells.anyMatch(cell -> Math.abs(cell / plan.columns() - wall / plan.columns()) <= 1
                && Math.abs(cell % plan.columns() - wall % plan.columns()) <= 1);
    }

    @Override
    public void begin(Scene scene) {
        var random = scene.random();
        var things = scene.things();
        things.clear();
        int missing = random.nextInt(Colour.COUNT);
        int turn = random.nextInt(alcoves.length);
        int way = random.nextBoolean() ? 1 : alcoves.length - 1;
        for (int i = 0; i < alcoves.length; i++) {
            int colour = (missing + 1 + (turn + i * way) % alcoves.length) % Colour.COUNT;
            things.add(Thing.ball(colour), alcoves[i]);
        }
        wanted = things.kind(random.nextInt(alcoves.length)).colour();
        for (int sign : signs) {
            scene.plan().skin(sign, Textures.sign(wanted));
        }
        scene.appear(start);
    }

    @Override
    public double touch(Scene scene, int thing) {
        double reward = worth(scene, thing);
        begin(scene);
        return reward;
    }

    @Override
    public double worth(Scene scene, int thing) {
        return scene.things().kind(thing).colour() == wanted ? GOAL : WRONG;
    }
}
