package dev.clade.zoo.translation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/// Many sentences, some together with others of their length, so that little is filled up: enough for large
/// products, few enough for the cache.
final class Groups {

    private static final int SIZE = 50;

    private Groups() {}

    /// What comes of each sentence, in their order.
    ///
    /// @param some what comes of the sentences at these places, in the order of the places
    static <T> List<T> of(List<int[]> sentences, Function<List<Integer>, List<T>> some) {
        var order = IntStream.range(0, sentences.size())
                .boxed()
                .sorted(Comparator.comparingInt(i -> sentences.get(i).length))
                .toList();
        var found = new ArrayList<T>();
        for (int from = 0; from < order.size(); from += SIZE) {
            found.addAll(some.apply(order.subList(from, Math.min(order.size(), from + SIZE))));
        }
        var inOrder = new ArrayList<T>(found);
        for (int i = 0; i < found.size(); i++) {
            inOrder.set(order.get(i), found.get(i));
        }
        return Collections.unmodifiableList(inOrder);
    }
}
