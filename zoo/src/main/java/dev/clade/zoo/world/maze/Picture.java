package dev.clade.zoo.world.maze;

import dev.clade.zoo.world.Frame;

/// Pictures for people: the first-person view, and a map from above.
final class Picture {

    private static final int BACKGROUND = 0x14161C;
    private static final int GROUND = 0x3A3D45;
    private static final int SEEN = 0x565A66;
    private static final int ARROW = 0xFFFFFF;
    private static final int ABYSS = 0x000000;

    /// On the map, for each column of the view.
    private static final int RAYS = 4;

    private final Scene scene;
    private final int scale;
    private final Frame frame;
    private final int left;
    private final int top;

    /// @param side of the view, and of the square that the map is in the middle of
    private Picture(Scene scene, int scale, int side) {
        this.scene = scene;
        this.scale = scale;
        int gap = Math.max(1, scale / 2);
        frame = new Frame(2 * side + gap, side);
        frame.fill(0, 0, frame.width(), side, BACKGROUND);
        left = side + gap + (side - scene.plan().columns() * scale) / 2;
        top = (side - scene.plan().rows() * scale) / 2;
    }

    static Frame of(Scene scene, Look look, int scale) {
        int side = Math.max(scene.plan().columns(), scene.plan().rows()) * scale;
        var picture = new Picture(scene, scale, side);
        var eye = new Eye(side, look);
        picture.view(eye, side);
        picture.ground();
        picture.sight(eye, side);
        picture.things();
        picture.arrow();
        return picture.frame;
    }

    private void view(Eye eye, int side) {
        var seen = new float[3 * side * side];
        eye.see(scene.plan(), scene.things(), scene.body(), seen, 0);
        for (int i = 0; i < side * side; i++) {
            int colour = byteOf(seen[i]) << 16 | byteOf(seen[i + side * side]) << 8 | byteOf(seen[i + 2 * side * side]);
            frame.fill(i % side, i / side, 1, 1, colour);
        }
    }

    private static int byteOf(float part) {
        return (int) (part * 255 + 0.5f);
    }

    private void ground() {
        var plan = scene.plan();
        for (int cell = 0; cell < plan.cells(); cell++) {
            square(plan.x(cell) - 0.5, plan.y(cell) - 0.5, 1, colour(cell));
        }
    }

    /// Lights the ground along the rays of the view.
    private void sight(Eye eye, int side) {
        var body = scene.body();
        double aheadX = Body.cosine(body.heading());
        double aheadY = Body.sine(body.heading());
        for (int ray = 0; ray < RAYS * side; ray++) {
            double slope = (2 * ray + 1.0) / (RAYS * side) - 1;
            double rayX = aheadX - slope * aheadY;
            double rayY = aheadY + slope * aheadX;
            for (double depth = 0; depth < eye.depth(ray / RAYS); depth += 0.4 / scale) {
                double x = body.x() + depth * rayX;
                double y = body.y() + depth * rayY;
                if (scene.plan().kind(scene.plan().cell(x, y)) != Plan.PIT) {
                    dot((int) (x * scale), (int) (y * scale), SEEN);
                }
            }
        }
    }

    private void things() {
        var plan = scene.plan();
        for (int cell = 0; cell < plan.cells(); cell++) {
            if (plan.kind(cell) == Plan.DOOR) {
                door(cell);
            }
        }
        var things = scene.things();
        for (int thing = 0; thing < things.count(); thing++) {
            if (things.there(thing)) {
                int cell = things.cell(thing);
                disc(plan.x(cell), plan.y(cell), 0.3, things.kind(thing).rgb());
            }
        }
    }

    /// A triangle around the body's middle.
    private void arrow() {
        var body = scene.body();
        double aheadX = Body.cosine(body.heading());
        double aheadY = Body.sine(body.heading());
        for (int row = (int) ((body.y() - 0.6) * scale); row <= (body.y() + 0.6) * scale; row++) {
            for (int column = (int) ((body.x() - 0.6) * scale); column <= (body.x() + 0.6) * scale; column++) {
                double awayX = (column + 0.5) / scale - body.x();
                double awayY = (row + 0.5) / scale - body.y();
                double ahead = awayX * aheadX + awayY * aheadY;
                double aside = awayY * aheadX - awayX * aheadY;
                if (ahead > -0.35 && Math.abs(aside) < 0.45 * (0.5 - ahead)) {
                    dot(column, row, ARROW);
                }
            }
        }
    }

    private int colour(int cell) {
        return switch (scene.plan().kind(cell)) {
            case Plan.WALL -> Textures.colour(scene.plan().skin(cell));
            case Plan.PIT -> ABYSS;
            default -> GROUND;
        };
    }

    private void door(int cell) {
        var plan = scene.plan();
        double closed = 1 - plan.openness(cell);
        int colour = Textures.colour(plan.skin(cell));
        for (double along = 0; along < closed; along += 0.1) {
            double x = plan.x(cell) + (plan.alongX(cell) ? -0.15 : 0.2 - along);
            double y = plan.y(cell) + (plan.alongX(cell) ? 0.2 - along : -0.15);
            square(x, y, 0.3, colour);
        }
    }

    private void square(double x, double y, double side, int colour) {
        int pixels = Math.max(1, (int) Math.round(side * scale));
        frame.fill(left + (int) Math.round(x * scale), top + (int) Math.round(y * scale), pixels, pixels, colour);
    }

    private void disc(double x, double y, double radius, int colour) {
        double reach = radius * scale;
        for (int row = (int) Math.floor(y * scale - reach); row <= y * scale + reach; row++) {
            for (int column = (int) Math.floor(x * scale - reach); column <= x * scale + reach; column++) {
                if (Math.hypot(column + 0.5 - x * scale, row + 0.5 - y * scale) <= reach) {
                    dot(column, row, colour);
                }
            }
        }
    }

    private void dot(int column, int row, int colour) {
        frame.fill(left + column, top + row, 1, 1, colour);
    }
}
