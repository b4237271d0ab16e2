package dev.clade.run;

import dev.clade.population.Member;
import dev.clade.population.Population;
import dev.clade.population.Specification;
import java.util.Optional;

/// How long a member keeps its slot, where members are more than slots (`turn:` in files). Nothing that is decided
/// depends on it but who is ready first.
public sealed interface Turn {

    /// The switch's share of a segment's time from which on it is worth staying. Ours.
    double WORTH_STAYING = 0.05;

    /// How many ready points ahead of the slowest a member may be at the end of a turn.
    int AHEAD = 2;

    /// Whether a member leaves its slot.
    ///
    /// @param begun segments that it has begun in this turn
    boolean over(int begun, Population seen, Member member);

    /// Every member has a slot of its own.
    record ForEver() implements Turn {
        @Override
        public boolean over(int begun, Population seen, Member member) {
            return false;
        }
    }

    /// A number of segments that the file names.
    record Fixed(int segments) implements Turn {
        @Override
        public boolean over(int begun, Population seen, Member member) {
            return begun >= segments;
        }
    }

    /// One segment; while switching costs more than 5 % of the time, one more where that does not lead the member too
    /// far ahead.
    record Auto() implements Turn {
        @Override
        public boolean over(int begun, Population seen, Member member) {
            return begun > 0 && (member.decided() + 1 - seen.slowest() > AHEAD || seen.switching() < WORTH_STAYING);
        }
    }

    /// The turn that an experiment asks for, on this many slots.
    ///
    /// @throws dev.clade.fault.Fault 1012 for a word that is neither `auto` nor a count
    static Turn of(Specification specification, int slots) {
        return specification.population() <= slots
                ? new ForEver()
                : Optional.ofNullable(specification.settings().entries().get("turn"))
                        .filter(s -> !s.asText().equals("auto"))
                        .<Turn>map(s -> new Fixed(s.asCount(1)))
                        .orElseGet(Auto::new);
    }
}
