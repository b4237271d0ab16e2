package dev.clade.zoo.tensor;

import dev.clade.zoo.safetensors.Array;
import dev.clade.zoo.safetensors.Type;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;

/// Adam (Kingma, Ba 2015, arXiv 1412.6980, algorithm 1), with `eps` outside the root as in PyTorch. Its state is
/// the two moments and the number of updates, all 0 at first; the rate and both decay rates may change at every
/// update.
public final class Adam implements Checkpoint.Part, AutoCloseable {

    /// Kingma, Ba 2015, section 2.
    public static final double EPSILON = 1e-8;

    private static final ValueLayout.OfLong LITTLE = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final Parameters parameters;
    private final Flat first;
    private final Flat second;
    private long updates;

    public Adam(Parameters parameters) {
        this.parameters = parameters;
        first = parameters.alike();
        second = parameters.alike();
    }

    /// Updates all parameters by their gradients, which are 0 then.
    ///
    /// @param rate the learning rate
    /// @param beta1 the decay rate of the first moment, in `[0, 1)`
    /// @param beta2 the decay rate of the second moment, in `[0, 1)`
    public void step(double rate, double beta1, double beta2) {
        updates++;
        double correction1 = 1 - Math.pow(beta1, updates);
        double correction2 = 1 - Math.pow(beta2, updates);
        try (var _ = Scope.still()) {
            var gradients = parameters.gradients();
            first.all().towardsHere(gradients, 1 - beta1);
            second.all().timesHere(beta2).plusProductHere(gradients, gradients, 1 - beta2);
            var scale =
                    second.all().sqrt().timesHere(1 / Math.sqrt(correction2)).plus(EPSILON);
            parameters.all().plusQuotientHere(first.all(), scale, -rate / correction1);
            gradients.zeroHere();
        }
    }

    /// Forgets both moments and the number of updates.
    public void reset() {
        try (var _ = Scope.still()) {
            first.all().zeroHere();
            second.all().zeroHere();
            parameters.gradients().zeroHere();
        }
        updates = 0;
    }

    @Override
    public void save(String prefix, Map<String, Array> arrays) {
        first.save(prefix + "first.", arrays);
        second.save(prefix + "second.", arrays);
        save(updates, prefix, arrays);
    }

    static void save(long updates, String prefix, Map<String, Array> arrays) {
        var count = MemorySegment.ofArray(new byte[Long.BYTES]);
        count.set(LITTLE, 0, updates);
        arrays.put(prefix + "updates", new Array(Type.I64, List.of(), count));
    }

    @Override
    public void load(String prefix, Checkpoint from) {
        reset();
        first.load(prefix + "first.", from);
        second.load(prefix + "second.", from);
        updates = count(prefix, from);
    }

    static long count(String prefix, Checkpoint from) {
        return from.need(prefix + "updates", Type.I64, List.of()).bytes().get(LITTLE, 0);
    }

    @Override
    public void close() {
        first.close();
        second.close();
    }
}
