package dev.clade.space;

import dev.clade.random.Randomness;
import dev.clade.space.Parameter.Change;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.ToDoubleBiFunction;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;

/// A search space: parameters, parents before the children that depend on them.
///
/// Every value it makes is complete and consistent: each active parameter has a value in its domain, no other has
/// one.
public final class Space {

    private final SequencedMap<String, Parameter> parameters;

    /// Parts that were dealt before, the same whoever asks: each member takes one of as many as there are members. Who
    /// does not see what another has just dealt deals it again.
    private PMap<Deal, int[]> dealt = HashTreePMap.empty();

    /// What tells one deal from another: the first numbers of its stream.
    private record Deal(String purpose, int count, long first, long second) {}

    /// @param parameters in any order; they are kept parents first, else as given
    /// @throws IllegalArgumentException for a name twice, an unknown parent or a circle of conditions
    public Space(List<Parameter> parameters) {
        this.parameters = ordered(parameters);
    }

    private static SequencedMap<String, Parameter> ordered(List<Parameter> parameters) {
        var waiting = new ArrayList<>(parameters);
        var placed = new LinkedHashMap<String, Parameter>();
        while (!waiting.isEmpty()) {
            var next = waiting.stream()
                    .filter(p -> p.when().stream()
                            .allMatch(w -> placed.keySet().containsAll(w.tests().keySet())))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("unknown parent or circle in `when` of "
                            + waiting.getFirst().name()));
            waiting.remove(next);
            if (placed.put(next.name(), next) != null) {
                throw new IllegalArgumentException("two parameters are called " + next.name());
            }
        }
        return java.util.Collections.unmodifiableSequencedMap(placed);
    }

    public List<Parameter> parameters() {
        return List.copyOf(parameters.values());
    }

    public Optional<Parameter> find(String name) {
        return Optional.ofNullable(parameters.get(name));
    }

    /// Values from the prior, each parameter from a stream of its own.
    public Hyperparameters draw(Randomness random) {
        return complete(Map.of(), p -> fresh(p, random));
    }

    /// The `place`-th of `count` stratified draws: for each parameter, the prior is cut into `count` parts of equal
    /// probability and each draw takes another part (Latin hypercube; McKay, Beckman, Conover 1979). The parts are
    /// dealt by `deal`, which all members share; the point within a part comes from `random`.
    public Hyperparameters draw(int place, int count, Randomness deal, Randomness random) {
        return complete(
                Map.of(),
                p -> p.at(IntStream.range(0, p.width())
                        .mapToObj(i -> {
                            var purpose = purpose("stratum", p, i);
                            int part = parts(deal, purpose, count)[place];
                            return (part + random.of(purpose("draw", p, i)).nextDouble()) / count;
                        })
                        .toList()));
    }

    /// The values at quantiles of the priors.
    ///
    /// @param quantile of an element of an active parameter, in `[0, 1]`; a plain value is element 0
    public Hyperparameters at(ToDoubleBiFunction<Parameter, Integer> quantile) {
        return complete(
                Map.of(),
                p -> p.at(IntStream.range(0, p.width())
                        .mapToObj(i -> quantile.applyAsDouble(p, i))
                        .toList()));
    }

    private int[] parts(Randomness deal, String purpose, int count) {
        var first = deal.of(purpose);
        var key = new Deal(purpose, count, first.nextLong(), first.nextLong());
        var known = dealt;
        var parts = known.get(key);
        if (parts == null) {
            parts = permuted(deal.of(purpose), count);
            dealt = known.plus(key, parts);
        }
        return parts;
    }

    private static int[] permuted(RandomGenerator random, int count) {
        int[] order = IntStream.range(0, count).toArray();
        for (int i = count - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int swapped = order[i];
            order[i] = order[j];
            order[j] = swapped;
        }
        return order;
    }

    /// `given` made whole: active parameters that it lacks are drawn, others are dropped, and what lies outside a
    /// domain (that was changed, or across whose bound a receipt was rounded) is brought inside.
    public Hyperparameters completed(Map<String, Value> given, Randomness random) {
        var inside = new TreeMap<>(given);
        inside.replaceAll(
                (name, value) -> find(name).map(p -> inside(p, value, random)).orElse(value));
        return complete(inside, p -> fresh(p, random));
    }

    /// `values` with the structure (`change: never`) of others: what weights that are kept were built with.
    public Hyperparameters structured(Hyperparameters values, Hyperparameters structure, Randomness random) {
        var taken = new TreeMap<>(values.active());
        for (var parameter : parameters.values()) {
            if (parameter.change() == Change.NEVER) {
                structure
                        .find(parameter.name())
                        .ifPresentOrElse(v -> taken.put(parameter.name(), v), () -> taken.remove(parameter.name()));
            }
        }
        return completed(taken, random);
    }

    /// A value from before its domain was changed: a number moves to the nearest bound, an option that is no longer
    /// one is drawn anew.
    private Value inside(Parameter parameter, Value value, Randomness random) {
        return parameter.accepts(value)
                ? value
                : eachElement(
                        parameter,
                        value,
                        (element, index) -> parameter
                                .domain()
                                .nearest(element)
                                .orElseGet(
                                        () -> parameter.domain().draw(random.of(purpose("inside", parameter, index)))));
    }

    /// Each active value, brought inside its domain, through `move`, parents first; a branch that opens
    /// is drawn from its prior, one that closes is dropped. Parameters that never change are left as
    /// they are.
    public Hyperparameters moved(Hyperparameters values, BiFunction<Parameter, Value, Value> move, Randomness random) {
        var result = new TreeMap<String, Value>();
        for (var parameter : parameters.values()) {
            if (active(parameter, result)) {
                var value = values.find(parameter.name());
                result.put(
                        parameter.name(),
                        value.isEmpty()
                                ? fresh(parameter, random)
                                : parameter.change() == Change.NEVER
                                        ? value.get()
                                        : move.apply(parameter, inside(parameter, value.get(), random)));
            }
        }
        return new Hyperparameters(result);
    }

    /// Each element of a parameter's value through `move`, which also gets the element's own stream purpose suffix.
    public static Value eachElement(Parameter parameter, Value value, BiFunction<Value, Integer, Value> move) {
        var count = new int[1];
        return parameter.each(value, element -> move.apply(element, count[0]++));
    }

    private Hyperparameters complete(Map<String, Value> given, java.util.function.Function<Parameter, Value> draw) {
        var result = new TreeMap<String, Value>();
        for (var parameter : parameters.values()) {
            if (active(parameter, result)) {
                var value = given.get(parameter.name());
                result.put(parameter.name(), value != null ? value : draw.apply(parameter));
            }
        }
        return new Hyperparameters(result);
    }

    /// A value from a parameter's prior, from the stream `draw/NAME`.
    public Value fresh(Parameter parameter, Randomness random) {
        return parameter.at(IntStream.range(0, parameter.width())
                .mapToObj(i -> random.of(purpose("draw", parameter, i)).nextDouble())
                .toList());
    }

    /// The stream of one element of a parameter.
    public static String purpose(String what, Parameter parameter, int element) {
        return what + "/" + parameter.name() + (parameter.size() == 0 ? "" : "/" + element);
    }

    private static boolean active(Parameter parameter, SortedMap<String, Value> values) {
        return parameter.when().stream().allMatch(when -> when.holds(values));
    }

    /// Whether values are complete, consistent and inside.
    public boolean contains(Hyperparameters values) {
        return flaws(values).isEmpty();
    }

    /// What keeps values from being inside: one line per flaw.
    public List<String> flaws(Hyperparameters values) {
        var flaws = new ArrayList<String>();
        var known = new TreeMap<String, Value>();
        for (var parameter : parameters.values()) {
            var value = values.find(parameter.name());
            boolean active = active(parameter, known);
            value.ifPresent(v -> known.put(parameter.name(), v));
            if (active && value.isEmpty()) {
                flaws.add(parameter.name() + " is missing");
            } else if (!active && value.isPresent()) {
                flaws.add(parameter.name() + " is not active here");
            } else if (value.isPresent() && !parameter.accepts(value.get())) {
                flaws.add(parameter.name() + " = " + value.get() + " is outside " + parameter.domain());
            }
        }
        values.active().keySet().stream()
                .filter(name -> !parameters.containsKey(name))
                .forEach(name -> flaws.add(name + " is no parameter"));
        return List.copyOf(flaws);
    }

    /// The names, among `names`, of parameters that change in this way.
    public boolean anyChange(Iterable<String> names, Change change) {
        for (var name : names) {
            if (find(name).filter(p -> p.change() == change).isPresent()) {
                return true;
            }
        }
        return false;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Space that && parameters().equals(that.parameters());
    }

    @Override
    public int hashCode() {
        return parameters.hashCode();
    }

    @Override
    public String toString() {
        return parameters.values().toString();
    }
}
