package dev.clade.run;

import dev.clade.population.Specification;
import java.util.Optional;

/// How many segments a member keeps its slot for, where members are more than slots.
///
/// @param segments none where nobody waits for a slot
public record Turn(Optional<Integer> segments) {

    /// Every member has a slot of its own.
    public static final Turn FOR_EVER = new Turn(Optional.empty());

    /// Whose place is taken after each segment.
    public static final Turn SHORT = new Turn(Optional.of(1));

    /// The turn that an experiment asks for (`turn`), on this many slots.
    ///
    /// @throws dev.clade.fault.Fault 1012 for a word that is neither `auto` nor a count
    public static Turn of(Specification specification, int slots) {
        if (specification.population() <= slots) {
            return FOR_EVER;
        }
        return Optional.ofNullable(specification.settings().entries().get("turn"))
                .filter(s -> !s.asText().equals("auto"))
                .map(s -> new Turn(Optional.of(s.asCount(1))))
                .orElse(SHORT);
    }

    boolean over(int begun) {
        return segments.filter(s -> begun >= s).isPresent();
    }
}
