package dev.clade.zoo.world.maze;

import dev.clade.zoo.world.World;
import java.util.random.RandomGenerator;

/// A maze at a moment: its plan, its things, and the agent's body.
final class Scene {

    private final Plan plan;
    private final Things things = new Things();
    private final Body body = new Body();
    private final int[] free;
    private RandomGenerator random = World.NONE;

    Scene(Plan plan) {
        this.plan = plan;
        free = new int[plan.cells()];
    }

    Plan plan() {
        return plan;
    }

    Things things() {
        return things;
    }

    Body body() {
        return body;
    }

    RandomGenerator random() {
        return random;
    }

    void draw(RandomGenerator random) {
        this.random = random;
    }

    /// Takes all things and the body out, so that nothing of an episode is left for the next.
    void clear() {
        things.clear();
        body.put(0, 0, 0);
    }

    /// The cell that the body's middle is in.
    int cell() {
        return plan.cell(body.x(), body.y());
    }

    /// A random cell of the floor without a thing and without the body.
    int free() {
        int count = 0;
        int here = cell();
        for (int cell = 0; cell < plan.cells(); cell++) {
            if (plan.kind(cell) == Plan.FLOOR && cell != here && !things.in(cell)) {
                free[count++] = cell;
            }
        }
        return free[random.nextInt(count)];
    }

    /// One of some cells.
    int oneOf(int[] cells) {
        return cells[random.nextInt(cells.length)];
    }

    /// The body appears in the middle of a cell and looks somewhere.
    void appear(int cell) {
        body.put(plan.x(cell), plan.y(cell), random.nextInt(Body.HEADINGS));
    }

    /// The thing that the body touches: one whose middle is less than half a cell away, or -1.
    int touched() {
        for (int thing = 0; thing < things.count(); thing++) {
            if (things.there(thing)) {
                double awayX = plan.x(things.cell(thing)) - body.x();
                double awayY = plan.y(things.cell(thing)) - body.y();
                if (awayX * awayX + awayY * awayY < 0.25) {
                    return thing;
                }
            }
        }
        return -1;
    }
}
