package dev.clade.zoo.actor;

import dev.clade.zoo.world.World;

/// What a convolution sees of a world: for each place of its output a patch of all channels, one behind the
/// other, so that the convolution is a linear layer of patches.
final class Patches {

    static final int KERNEL = 3;
    static final int STRIDE = 2;
    static final int PADDING = 1;

    private final int places;
    private final int patch;
    private final float[] planes;

    /// Where each number comes from; beyond the edge is -1.
    private final int[] sources;

    Patches(World.Shape shape) {
        int rows = along(shape.height());
        int columns = along(shape.width());
        places = rows * columns;
        patch = shape.channels() * KERNEL * KERNEL;
        planes = new float[shape.size()];
        sources = new int[places * patch];
        for (int i = 0; i < sources.length; i++) {
            int place = i / patch;
            int within = i % patch;
            int channel = within / (KERNEL * KERNEL);
            int row = place / columns * STRIDE - PADDING + within / KERNEL % KERNEL;
            int column = place % columns * STRIDE - PADDING + within % KERNEL;
            boolean inside = row >= 0 && row < shape.height() && column >= 0 && column < shape.width();
            sources[i] = inside ? (channel * shape.height() + row) * shape.width() + column : -1;
        }
    }

    /// Places of the output along a side.
    private static int along(int side) {
        return (side + 2 * PADDING - KERNEL) / STRIDE + 1;
    }

    int places() {
        return places;
    }

    /// Numbers of a patch.
    int patch() {
        return patch;
    }

    /// Numbers of all patches.
    int size() {
        return sources.length;
    }

    /// Writes what is seen of a world now.
    void cut(World world, float[] into, int at) {
        world.observe(planes, 0);
        for (int i = 0; i < sources.length; i++) {
            int source = sources[i];
            into[at + i] = source < 0 ? 0 : planes[source];
        }
    }
}
