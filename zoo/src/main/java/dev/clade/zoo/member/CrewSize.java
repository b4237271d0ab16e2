package dev.clade.zoo.member;

import dev.clade.space.Hyperparameters;
import dev.clade.trainer.Lanes;
import dev.clade.trainer.Origin;
import dev.clade.trainer.Start;
import dev.clade.trainer.Stretch;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;

/// How many members a program trains fastest: found by training some, for about a second. What comes out depends on the
/// machine and on what else it does; what is learned does not, but for rounding.
public final class CrewSize {

    private static final List<Integer> CANDIDATES = List.of(1, 2, 4, 8, 16, 32, 64, 128, 256);

    /// The first warms up and does not count.
    private static final int ROUNDS = 4;

    /// Steps of members in a round.
    private static final int STEPS = 64;

    /// A larger crew has to be that much faster: it makes a population's decisions coarser in time.
    private static final double WORTH = 1.05;

    private CrewSize() {}

    /// Makes lanes of a width.
    @FunctionalInterface
    public interface Making {
        Lanes lanes(int width) throws IOException;
    }

    /// @param most no crew is larger
    public static int fastest(Making making, int most) throws IOException {
        var widths = CANDIDATES.stream().filter(width -> width <= most).toList();
        var crews = new ArrayList<Lanes>();
        try {
            for (int width : widths) {
                crews.add(begun(making, width));
            }
            var times = new double[widths.size()];
            Arrays.fill(times, Double.POSITIVE_INFINITY);
            for (int round = 0; round < ROUNDS; round++) {
                for (int i = 0; i < times.length; i++) {
                    double time = time(crews.get(i));
                    times[i] = round == 0 ? times[i] : Math.min(times[i], time);
                }
            }
            return widths.get(chosen(times));
        } finally {
            crews.forEach(Lanes::close);
        }
    }

    /// The smallest that no larger one outdoes by much.
    ///
    /// @param times of a member's step, the smallest crew's first
    static int chosen(double[] times) {
        int best = 0;
        for (int i = 1; i < times.length; i++) {
            if (times[i] * WORTH < times[best]) {
                best = i;
            }
        }
        return best;
    }

    private static Lanes begun(Making making, int width) throws IOException {
        var lanes = making.lanes(width);
        var starts = new TreeMap<Integer, Start>();
        IntStream.range(0, width)
                .forEach(lane ->
                        starts.put(lane, new Start(new Origin.Fresh(), lane, Hyperparameters.NONE, new TreeSet<>())));
        lanes.begin(starts);
        return lanes;
    }

    /// Of a member's step [ns].
    private static double time(Lanes lanes) {
        long steps = Math.max(2, STEPS / lanes.width());
        var moving = new TreeMap<Integer, Stretch>();
        IntStream.range(0, lanes.width()).forEach(lane -> moving.put(lane, Stretch.of(steps)));
        long began = System.nanoTime();
        lanes.train(moving);
        return (double) (System.nanoTime() - began) / steps / lanes.width();
    }
}
